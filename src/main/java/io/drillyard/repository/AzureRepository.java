package io.drillyard.repository;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobContainerProperties;
import com.azure.storage.blob.models.BlobImmutabilityPolicy;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.DownloadRetryOptions;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An Azure container, by Azure's client over the JDK's HTTP. */
final class AzureRepository implements Repository {
  private static final int BEHIND_THE_END = 416;
  private static final int ATTEMPTS = 3;
  private static final Duration CALL = Duration.ofSeconds(20);
  private static final Duration COPY = Duration.ofMinutes(5);

  private final RepositoryLocation location;
  private final AzureAccount account;
  private final BlobContainerClient client;
  private final StoreRequest ask;

  AzureRepository(RepositoryLocation location, Credentials credentials) {
    this.location = location;
    this.account = AzureAccount.of(location, credentials, System.getenv());
    this.ask = new StoreRequest(location, credentials, AzureErrors::kind, AzureErrors::words);
    this.client = client(location, account);
  }

  /** The SDK's client of a container. */
  static BlobContainerClient client(RepositoryLocation location, AzureAccount account) {
    BlobServiceClientBuilder builder =
        new BlobServiceClientBuilder()
            .endpoint(endpoint(location, account.name()))
            .httpClient(http(location))
            .retryOptions(
                new RequestRetryOptions(
                    RetryPolicyType.EXPONENTIAL,
                    ATTEMPTS,
                    CALL,
                    Duration.ofMillis(200),
                    Duration.ofSeconds(2),
                    null));
    if (account.key() != null) {
      builder.credential(new StorageSharedKeyCredential(account.name(), account.key()));
    } else {
      builder.sasToken(Objects.requireNonNull(account.signature()));
    }
    return builder.buildClient().getBlobContainerClient(location.bucket());
  }

  /** In Azure's cloud the account stands in the name; elsewhere it is the path's first folder. */
  static String endpoint(RepositoryLocation location, String account) {
    String host = location.endpoint().getHost();
    return host != null && host.startsWith(account + ".")
        ? location.endpoint().toString()
        : location.endpoint() + "/" + account;
  }

  private static HttpClient http(RepositoryLocation location) {
    java.net.http.HttpClient.Builder jdk =
        java.net.http.HttpClient.newBuilder()
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2));
    if (location.caCertificate() != null) {
      jdk.sslContext(CaTrust.in(location.caCertificate()).context());
    }
    return new JdkHttpClientBuilder(jdk).build();
  }

  private BlobClient blob(String key) {
    return client.getBlobClient(key);
  }

  @Override
  public List<StoredObject> objects(String prefix) {
    return ask.of(
        prefix,
        "listed",
        () ->
            client.listBlobs(new ListBlobsOptions().setPrefix(prefix), null).stream()
                .map(
                    b ->
                        new StoredObject(
                            b.getName(),
                            b.getProperties().getContentLength(),
                            b.getProperties().getETag()
                                + " "
                                + b.getProperties().getLastModified()))
                .toList());
  }

  @Override
  public ObjectFacts stat(String key) {
    return ask.of(
        key,
        "looked at",
        () -> {
          BlobProperties facts = blob(key).getProperties();
          return new ObjectFacts(key, facts.getBlobSize(), facts.getLastModified().toInstant());
        });
  }

  @Override
  public String digest(String key) {
    return ask.of(
        key,
        "read",
        () -> {
          BlobClient blob = blob(key);
          long bytes = blob.getProperties().getBlobSize();
          try (InputStream content = blob.openInputStream()) {
            return ask.digest(key, content, bytes);
          }
        });
  }

  @Override
  public byte[] read(String key) {
    return ask.of(key, "read", () -> blob(key).downloadContent().toBytes());
  }

  @Override
  public byte[] read(String key, long from, int length) {
    return ask.of(
        key,
        "read",
        () -> {
          ByteArrayOutputStream content = new ByteArrayOutputStream();
          try {
            blob(key)
                .downloadStreamWithResponse(
                    content,
                    new BlobRange(from, (long) length),
                    new DownloadRetryOptions().setMaxRetryRequests(ATTEMPTS),
                    null,
                    false,
                    CALL,
                    null);
          } catch (BlobStorageException e) {
            if (e.getStatusCode() != BEHIND_THE_END) {
              throw e;
            }
          }
          return content.toByteArray();
        });
  }

  @Override
  public void put(String key, byte[] content) {
    ask.to(key, "written", () -> blob(key).upload(BinaryData.fromBytes(content), true));
  }

  @Override
  public boolean create(String key, byte[] content) {
    return ask.create(
        key,
        () -> {
          blob(key).upload(BinaryData.fromBytes(content), false);
          return true;
        });
  }

  @Override
  public void copy(String from, String to) {
    ask.to(
        from,
        "copied",
        () -> blob(to).beginCopy(source(from), Duration.ofMillis(100)).waitForCompletion(COPY));
  }

  /** The copier reads the source by its address alone: a signature has to stand in it. */
  private String source(String key) {
    String address = blob(key).getBlobUrl();
    @Nullable String signature = account.signature();
    return signature == null || address.contains("?") ? address : address + "?" + signature;
  }

  @Override
  public void delete(String key) {
    ask.to(key, "removed", () -> blob(key).deleteIfExists());
  }

  /** Azure's own way, to copy the newest version, has no server here to be tried on. */
  @Override
  public void revive(String key) {
    if (!ask.of(key, "looked for", () -> blob(key).exists())) {
      throw RepositoryException.absent(key, "brought back");
    }
  }

  @Override
  public Optional<String> lacks(StoreCapability capability) {
    return switch (capability) {
      case VERSIONS ->
          ask.of("", "asked for versions", this::versioned)
              ? Optional.empty()
              : Optional.of("no object of the container has a version");
      case RETENTION ->
          account.key() == null
              ? Optional.of("a signature may not ask the container whether it can lock objects")
              : ask.of("", "asked for its lock", this::lockable)
                  ? Optional.empty()
                  : Optional.of("the container was made without immutable storage");
    };
  }

  /** Only the account's manager may ask for the setting; objects show it. */
  private boolean versioned() {
    return client.listBlobs(withVersions("").setMaxResultsPerPage(1), null).stream()
        .findFirst()
        .map(b -> b.getVersionId() != null)
        .orElse(false);
  }

  private boolean lockable() {
    BlobContainerProperties facts = client.getProperties();
    return Boolean.TRUE.equals(facts.isImmutableStorageWithVersioningEnabled())
        || facts.hasImmutabilityPolicy();
  }

  private static ListBlobsOptions withVersions(String prefix) {
    return new ListBlobsOptions()
        .setPrefix(prefix)
        .setDetails(new BlobListDetails().setRetrieveVersions(true));
  }

  @Override
  public List<ObjectVersion> versions(String prefix) {
    return ask.of(
        prefix,
        "listed with its versions",
        () -> {
          List<ObjectVersion> all = new ArrayList<>();
          for (BlobItem item : client.listBlobs(withVersions(prefix), null)) {
            String version = item.getVersionId();
            all.add(
                new ObjectVersion(
                    item.getName(),
                    version == null ? "" : version,
                    item.getProperties().getContentLength(),
                    item.getProperties().getLastModified().toInstant(),
                    version == null || Boolean.TRUE.equals(item.isCurrentVersion()),
                    false));
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
        () -> client.getBlobVersionClient(key, id).downloadContent().toBytes());
  }

  @Override
  public Optional<ObjectRetention> retention(String key) {
    return ask.of(
        key,
        "asked for its retention",
        () -> {
          BlobProperties facts = blob(key).getProperties();
          if (Boolean.TRUE.equals(facts.hasLegalHold())) {
            return Optional.of(new ObjectRetention("LegalHold", null));
          }
          BlobImmutabilityPolicy policy = facts.getImmutabilityPolicy();
          return policy == null || policy.getPolicyMode() == null
              ? Optional.empty()
              : Optional.of(
                  new ObjectRetention(
                      policy.getPolicyMode().toString(), policy.getExpiryTime().toInstant()));
        });
  }

  @Override
  public void reach() {
    ask.of(
        "",
        "reached",
        () ->
            client.listBlobs(new ListBlobsOptions().setMaxResultsPerPage(1), null).stream()
                .findFirst());
  }

  @Override
  public boolean admits(Credentials credentials) {
    return Repositories.admits(location, credentials);
  }

  @Override
  public void close() {
    // The JDK's client ends with its last reference.
  }
}
