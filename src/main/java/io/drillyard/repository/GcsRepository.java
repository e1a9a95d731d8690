package io.drillyard.repository;

import com.google.cloud.ReadChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Bucket;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobListOption;
import io.drillyard.ledger.Sha256;
import io.drillyard.repository.RepositoryException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A Google Cloud Storage repository, by Google's client. Its versions are generations. What is read
 * whole is held against the checksum that the store keeps.
 */
final class GcsRepository implements Repository {
  private static final int CHUNK = 1 << 20;

  private final RepositoryLocation location;
  private final String bucket;
  private final Storage client;
  private final StoreRequest ask;

  /** What is done with an object's bytes. */
  private interface Use<T> {
    T of(InputStream content) throws IOException;
  }

  GcsRepository(RepositoryLocation location, Credentials credentials) {
    this.location = location;
    this.bucket = location.bucket();
    this.ask = new StoreRequest(location, credentials, GcsErrors::kind);
    this.client = GcsClient.of(location, credentials);
  }

  @Override
  public List<StoredObject> objects(String prefix) {
    return ask.of(
        prefix,
        "listed",
        () -> {
          List<StoredObject> all = new ArrayList<>();
          for (Blob blob : client.list(bucket, BlobListOption.prefix(prefix)).iterateAll()) {
            all.add(
                new StoredObject(
                    blob.getName(),
                    blob.getSize(),
                    blob.getEtag() + " " + blob.getUpdateTimeOffsetDateTime()));
          }
          return List.copyOf(all);
        });
  }

  private Blob found(BlobId id) {
    Blob blob = client.get(id);
    if (blob == null) {
      throw absent(id.getName());
    }
    return blob;
  }

  private RepositoryException absent(String key) {
    return new RepositoryException(
        Kind.NOT_FOUND, location.where(key) + " cannot be read: there is no such object", null);
  }

  private BlobId id(String key) {
    return BlobId.of(bucket, key);
  }

  private static Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? Instant.EPOCH : time.toInstant();
  }

  @Override
  public ObjectFacts stat(String key) {
    return ask.of(
        key,
        "looked at",
        () -> {
          Blob blob = found(id(key));
          return new ObjectFacts(key, blob.getSize(), instant(blob.getUpdateTimeOffsetDateTime()));
        });
  }

  /** Streams an object, then holds what came against the store's length and checksum. */
  private <T> T streamed(BlobId id, Use<T> use) throws IOException {
    Blob blob = found(id);
    CRC32C sum = new CRC32C();
    try (ReadChannel channel = client.reader(blob.getBlobId())) {
      channel.setChunkSize(CHUNK);
      CountingInputStream counted = new CountingInputStream(Channels.newInputStream(channel));
      T result = use.of(new CheckedInputStream(counted, sum));
      ask.length(id.getName(), counted.bytes(), blob.getSize());
      String kept = blob.getCrc32c();
      if (kept != null && !kept.equals(base64(sum))) {
        throw new RepositoryException(
            Kind.CORRUPT,
            location.where(id.getName()) + ": the bytes have not the checksum that the store keeps",
            null);
      }
      return result;
    }
  }

  private static String base64(CRC32C sum) {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array();
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public String digest(String key) {
    return ask.of(key, "read", () -> streamed(id(key), Sha256::of));
  }

  @Override
  public byte[] read(String key) {
    return ask.of(key, "read", () -> streamed(id(key), InputStream::readAllBytes));
  }

  @Override
  public byte[] read(String key, long from, int length) {
    return ask.of(
        key,
        "read",
        () -> {
          Blob blob = found(id(key));
          if (from >= blob.getSize()) {
            return new byte[0];
          }
          ByteArrayOutputStream all = new ByteArrayOutputStream();
          try (ReadChannel channel = client.reader(blob.getBlobId())) {
            channel.seek(from);
            channel.limit(Math.min(blob.getSize(), from + length));
            Channels.newInputStream(channel).transferTo(all);
          }
          return all.toByteArray();
        });
  }

  @Override
  public void put(String key, byte[] content) {
    ask.to(key, "written", () -> client.create(BlobInfo.newBuilder(id(key)).build(), content));
  }

  @Override
  public boolean create(String key, byte[] content) {
    return ask.create(
        key,
        () ->
            client.create(
                BlobInfo.newBuilder(id(key)).build(),
                content,
                Storage.BlobTargetOption.doesNotExist()));
  }

  @Override
  public void copy(String from, String to) {
    ask.to(
        from,
        "copied",
        () -> client.copy(Storage.CopyRequest.of(bucket, from, id(to))).getResult());
  }

  @Override
  public void delete(String key) {
    ask.to(key, "removed", () -> client.delete(id(key)));
  }

  @Override
  public void revive(String key) {
    List<ObjectVersion> known = versions(key).stream().filter(v -> v.key().equals(key)).toList();
    if (known.stream().anyMatch(ObjectVersion::current)) {
      return;
    }
    // Generations only grow.
    long newest =
        known.stream()
            .mapToLong(v -> Long.parseLong(v.id()))
            .max()
            .orElseThrow(() -> RepositoryException.absent(key, "brought back"));
    ask.to(
        key,
        "brought back",
        () ->
            client
                .copy(Storage.CopyRequest.of(BlobId.of(bucket, key, newest), id(key)))
                .getResult());
  }

  private Bucket bucket() {
    Bucket found = client.get(bucket);
    if (found == null) {
      throw absent("");
    }
    return found;
  }

  @Override
  public Optional<String> lacks(StoreCapability capability) {
    Bucket asked = ask.of("", "asked what it keeps", this::bucket);
    return switch (capability) {
      case VERSIONS ->
          Boolean.TRUE.equals(asked.versioningEnabled())
              ? Optional.empty()
              : Optional.of("the bucket keeps no versions");
      case RETENTION ->
          asked.getObjectRetention() != null || asked.getRetentionPeriodDuration() != null
              ? Optional.empty()
              : Optional.of("the bucket has neither a retention policy nor object retention");
    };
  }

  @Override
  public List<ObjectVersion> versions(String prefix) {
    return ask.of(
        prefix,
        "listed with its versions",
        () -> {
          List<ObjectVersion> all = new ArrayList<>();
          for (Blob blob :
              client
                  .list(bucket, BlobListOption.prefix(prefix), BlobListOption.versions(true))
                  .iterateAll()) {
            all.add(
                new ObjectVersion(
                    blob.getName(),
                    Long.toString(blob.getGeneration()),
                    blob.getSize(),
                    instant(blob.getCreateTimeOffsetDateTime()),
                    blob.getDeleteTimeOffsetDateTime() == null,
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
        () -> streamed(BlobId.of(bucket, key, Long.parseLong(id)), InputStream::readAllBytes));
  }

  @Override
  public Optional<ObjectRetention> retention(String key) {
    return ask.of(
        key,
        "asked for its retention",
        () -> {
          Blob blob = found(id(key));
          var own = blob.getRetention();
          if (own != null && own.getMode() != null) {
            return Optional.of(
                new ObjectRetention(own.getMode().toString(), instant(own.getRetainUntilTime())));
          }
          OffsetDateTime policy = blob.getRetentionExpirationTimeOffsetDateTime();
          return policy == null
              ? Optional.empty()
              : Optional.of(new ObjectRetention("bucket policy", policy.toInstant()));
        });
  }

  @Override
  public void reach() {
    ask.to("", "reached", () -> client.list(bucket, BlobListOption.pageSize(1)));
  }

  @Override
  public boolean admits(Credentials credentials) {
    return Repositories.admits(location, credentials);
  }

  @Override
  public void close() {
    ask.of(
        "",
        "closed",
        () -> {
          client.close();
          return true;
        });
  }
}
