package io.drillyard.repository;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.TlsTrustManagersProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An S3 store, by the AWS SDK, path-style, TLS verified against one CA. */
public final class S3Repository implements Repository {
  private static final int DENIED = 403;

  private final URI endpoint;
  private final String region;
  private final String bucket;
  private final TlsTrustManagersProvider trust;
  private final S3Client client;

  /**
   * Connects lazily; nothing is sent yet.
   *
   * @param endpoint {@code https://name:port}; the certificate must be made out to that name
   * @param caCertificate PEM
   */
  public S3Repository(
      URI endpoint, String region, String bucket, Credentials credentials, String caCertificate) {
    this.endpoint = endpoint;
    this.region = region;
    this.bucket = bucket;
    this.trust = trusting(caCertificate);
    this.client = client(credentials);
  }

  private S3Client client(Credentials credentials) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.of(region))
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(credentials.accessKey(), credentials.secretKey())))
        .overrideConfiguration(
            c -> c.apiCallTimeout(Duration.ofSeconds(20)).retryStrategy(RetryMode.STANDARD))
        .httpClient(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(2))
                .socketTimeout(Duration.ofSeconds(5))
                .tlsTrustManagersProvider(trust)
                .build())
        .build();
  }

  private static TlsTrustManagersProvider trusting(String caCertificate) {
    try {
      Certificate ca =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(caCertificate.getBytes(StandardCharsets.UTF_8)));
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry("ca", ca);
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      TrustManager[] managers = factory.getTrustManagers();
      return () -> managers;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("not a usable CA certificate: " + e.getMessage(), e);
    }
  }

  @Override
  public List<String> list(String prefix) {
    try {
      return client.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix)).contents().stream()
          .map(S3Object::key)
          .toList();
    } catch (SdkException e) {
      throw failed(where(prefix) + " cannot be listed: " + e.getMessage(), e);
    }
  }

  @Override
  public List<StoredObject> objects(String prefix) {
    try {
      return client.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix)).contents().stream()
          .map(o -> new StoredObject(o.key(), o.size()))
          .toList();
    } catch (SdkException e) {
      throw failed(where(prefix) + " cannot be listed: " + e.getMessage(), e);
    }
  }

  @Override
  public String digest(String key) {
    try (InputStream content = client.getObject(r -> r.bucket(bucket).key(key))) {
      return Sha256.of(content);
    } catch (SdkException | IOException e) {
      throw failed(where(key) + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void put(String key, byte[] content) {
    try {
      client.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(content));
    } catch (SdkException e) {
      throw failed(where(key) + " cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  public void delete(String key) {
    try {
      client.deleteObject(r -> r.bucket(bucket).key(key));
    } catch (SdkException e) {
      throw failed(where(key) + " cannot be removed: " + e.getMessage(), e);
    }
  }

  @Override
  public byte[] read(String key) {
    try {
      return client.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asByteArray();
    } catch (SdkException e) {
      throw failed(where(key) + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public boolean admits(Credentials credentials) {
    try (S3Client other = client(credentials)) {
      other.listObjectsV2(r -> r.bucket(bucket).maxKeys(1));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == DENIED) {
        return false;
      }
      throw undecided(e);
    } catch (SdkException e) {
      // No TLS, no network: neither admitted nor denied, and never taken for a denial.
      throw undecided(e);
    }
  }

  private RepositoryException undecided(SdkException e) {
    return failed(where("") + " did not say yes or no: " + e.getMessage(), e);
  }

  private static RepositoryException failed(String message, Exception cause) {
    return new RepositoryException(S3Errors.kind(cause), message, cause);
  }

  private String where(String key) {
    return endpoint + "/" + bucket + "/" + key;
  }

  @Override
  public void close() {
    client.close();
  }
}
