package io.drillyard.repository;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockRetention;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** An S3 store, by the AWS SDK, path-style. */
final class S3Repository implements Repository {
  private static final int BEHIND_THE_END = 416;

  private final RepositoryLocation location;
  private final String bucket;
  private final S3Client client;
  private final StoreRequest ask;

  S3Repository(RepositoryLocation location, Credentials credentials) {
    this.location = location;
    this.bucket = location.bucket();
    this.ask = new StoreRequest(location, credentials, S3Errors::kind);
    UrlConnectionHttpClient.Builder http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(Duration.ofSeconds(2))
            .socketTimeout(Duration.ofSeconds(5));
    if (location.caCertificate() != null) {
      CaTrust trust = CaTrust.in(location.caCertificate());
      http.tlsTrustManagersProvider(trust::managers);
    }
    this.client =
        S3Client.builder()
            .endpointOverride(location.endpoint())
            .region(Region.of(location.region()))
            .forcePathStyle(true)
            .credentialsProvider(provider(location, credentials))
            .overrideConfiguration(
                c -> c.apiCallTimeout(Duration.ofSeconds(20)).retryStrategy(RetryMode.STANDARD))
            .httpClient(http.build())
            .build();
  }

  private static AwsCredentialsProvider provider(
      RepositoryLocation location, Credentials credentials) {
    return switch (credentials) {
      case Credentials.Keys keys ->
          StaticCredentialsProvider.create(
              AwsBasicCredentials.create(keys.accessKey(), keys.secretKey()));
      case Credentials.TemporaryKeys lent ->
          StaticCredentialsProvider.create(
              AwsSessionCredentials.create(lent.accessKey(), lent.secretKey(), lent.session()));
      case Credentials.InFile in ->
          ProfileCredentialsProvider.builder()
              .profileFile(
                  ProfileFile.builder()
                      .content(in.file())
                      .type(ProfileFile.Type.CREDENTIALS)
                      .build())
              .profileName("default")
              .build();
      case Credentials.Chain chain -> DefaultCredentialsProvider.builder().build();
      default -> throw Repositories.unfit(location, credentials);
    };
  }

  @Override
  public List<StoredObject> objects(String prefix) {
    return ask.of(
        prefix,
        "listed",
        () ->
            client.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix)).contents().stream()
                .map(o -> new StoredObject(o.key(), o.size(), o.eTag() + " " + o.lastModified()))
                .toList());
  }

  @Override
  public ObjectFacts stat(String key) {
    return ask.of(
        key,
        "looked at",
        () -> {
          var head = client.headObject(r -> r.bucket(bucket).key(key));
          return new ObjectFacts(key, head.contentLength(), head.lastModified());
        });
  }

  @Override
  public String digest(String key) {
    return ask.of(
        key,
        "read",
        () -> {
          try (ResponseInputStream<GetObjectResponse> content =
              client.getObject(r -> r.bucket(bucket).key(key))) {
            return ask.digest(key, content, content.response().contentLength());
          }
        });
  }

  @Override
  public byte[] read(String key) {
    return ask.of(
        key, "read", () -> client.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asByteArray());
  }

  @Override
  public byte[] read(String key, long from, int length) {
    String range = "bytes=%d-%d".formatted(from, from + length - 1);
    return ask.of(
        key,
        "read",
        () -> {
          try {
            return client
                .getObjectAsBytes(r -> r.bucket(bucket).key(key).range(range))
                .asByteArray();
          } catch (S3Exception e) {
            if (e.statusCode() == BEHIND_THE_END) {
              return new byte[0];
            }
            throw e;
          }
        });
  }

  @Override
  public void put(String key, byte[] content) {
    ask.to(
        key,
        "written",
        () -> client.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(content)));
  }

  @Override
  public boolean create(String key, byte[] content) {
    return ask.create(
        key,
        () ->
            client.putObject(
                r -> r.bucket(bucket).key(key).ifNoneMatch("*"), RequestBody.fromBytes(content)));
  }

  @Override
  public void copy(String from, String to) {
    ask.to(
        from,
        "copied",
        () ->
            client.copyObject(
                r ->
                    r.sourceBucket(bucket)
                        .sourceKey(from)
                        .destinationBucket(bucket)
                        .destinationKey(to)));
  }

  @Override
  public void delete(String key) {
    ask.to(key, "removed", () -> client.deleteObject(r -> r.bucket(bucket).key(key)));
  }

  @Override
  public void revive(String key) {
    ObjectVersion.hiding(versions(key), key)
        .ifPresent(
            mark ->
                ask.to(
                    key,
                    "brought back",
                    () ->
                        client.deleteObject(r -> r.bucket(bucket).key(key).versionId(mark.id()))));
  }

  @Override
  public Optional<String> lacks(StoreCapability capability) {
    return switch (capability) {
      case VERSIONS ->
          ask.of("", "asked for versions", this::versioned)
              ? Optional.empty()
              : Optional.of("the bucket keeps no versions");
      case RETENTION ->
          ask.of("", "asked for its lock", this::lockable)
              ? Optional.empty()
              : Optional.of("the bucket was made without object lock");
    };
  }

  private boolean versioned() {
    return client.getBucketVersioning(r -> r.bucket(bucket)).status()
        == BucketVersioningStatus.ENABLED;
  }

  private boolean lockable() {
    try {
      return client
              .getObjectLockConfiguration(r -> r.bucket(bucket))
              .objectLockConfiguration()
              .objectLockEnabled()
          != null;
    } catch (S3Exception e) {
      if (unlocked(e)) {
        return false;
      }
      throw e;
    }
  }

  private static boolean unlocked(S3Exception e) {
    return e.awsErrorDetails() != null
        && S3Locks.none(
            e.awsErrorDetails().errorCode(), String.valueOf(e.awsErrorDetails().errorMessage()));
  }

  @Override
  public List<ObjectVersion> versions(String prefix) {
    return ask.of(
        prefix,
        "listed with its versions",
        () -> {
          List<ObjectVersion> all = new ArrayList<>();
          for (ListObjectVersionsResponse page :
              client.listObjectVersionsPaginator(r -> r.bucket(bucket).prefix(prefix))) {
            page.versions()
                .forEach(
                    v ->
                        all.add(
                            new ObjectVersion(
                                v.key(),
                                v.versionId(),
                                v.size(),
                                v.lastModified(),
                                v.isLatest(),
                                false)));
            page.deleteMarkers()
                .forEach(
                    d ->
                        all.add(
                            new ObjectVersion(
                                d.key(), d.versionId(), 0, d.lastModified(), d.isLatest(), true)));
          }
          all.sort(ObjectVersion.ORDER);
          return List.copyOf(all);
        });
  }

  @Override
  public byte[] readVersion(String key, String id) {
    return ask.of(
        key,
        "read in version " + id,
        () -> client.getObjectAsBytes(r -> r.bucket(bucket).key(key).versionId(id)).asByteArray());
  }

  @Override
  public Optional<ObjectRetention> retention(String key) {
    return ask.of(
        key,
        "asked for its retention",
        () -> {
          try {
            ObjectLockRetention set =
                client.getObjectRetention(r -> r.bucket(bucket).key(key)).retention();
            return set == null || set.modeAsString() == null
                ? Optional.empty()
                : Optional.of(new ObjectRetention(set.modeAsString(), set.retainUntilDate()));
          } catch (S3Exception e) {
            if (unlocked(e)) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  @Override
  public void reach() {
    ask.to("", "reached", () -> client.listObjectsV2(r -> r.bucket(bucket).maxKeys(1)));
  }

  @Override
  public boolean admits(Credentials credentials) {
    return Repositories.admits(location, credentials);
  }

  @Override
  public void close() {
    client.close();
  }
}
