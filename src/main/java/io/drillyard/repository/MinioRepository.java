package io.drillyard.repository;

import io.minio.CopyObjectArgs;
import io.minio.GetBucketVersioningArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectLockConfigurationArgs;
import io.minio.GetObjectResponse;
import io.minio.GetObjectRetentionArgs;
import io.minio.Http;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.SourceObject;
import io.minio.StatObjectArgs;
import io.minio.credentials.AwsConfigProvider;
import io.minio.credentials.AwsEnvironmentProvider;
import io.minio.credentials.ChainedProvider;
import io.minio.credentials.IamAwsProvider;
import io.minio.credentials.MinioClientConfigProvider;
import io.minio.credentials.MinioEnvironmentProvider;
import io.minio.credentials.Provider;
import io.minio.credentials.StaticProvider;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import io.minio.messages.VersioningConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import okhttp3.OkHttpClient;

/** A MinIO store, by its own client. */
final class MinioRepository implements Repository {
  private static final int BEHIND_THE_END = 416;

  private final RepositoryLocation location;
  private final String bucket;
  private final OkHttpClient http;
  private final MinioClient client;
  private final StoreRequest ask;

  MinioRepository(RepositoryLocation location, Credentials credentials) {
    this.location = location;
    this.bucket = location.bucket();
    this.ask = new StoreRequest(location, credentials, MinioErrors::kind);
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .connectTimeout(Duration.ofSeconds(2))
            .readTimeout(Duration.ofSeconds(5))
            .writeTimeout(Duration.ofSeconds(5));
    if (location.caCertificate() != null) {
      CaTrust trust = CaTrust.in(location.caCertificate());
      builder.sslSocketFactory(trust.context().getSocketFactory(), trust.manager());
    }
    this.http = builder.build();
    this.client =
        MinioClient.builder()
            .endpoint(location.endpoint().toString())
            .region(location.region())
            .credentialsProvider(provider(location, credentials, http))
            .httpClient(http)
            .build();
  }

  private static Provider provider(
      RepositoryLocation location, Credentials credentials, OkHttpClient http) {
    return switch (credentials) {
      case Credentials.Keys keys -> new StaticProvider(keys.accessKey(), keys.secretKey(), null);
      case Credentials.TemporaryKeys lent ->
          new StaticProvider(lent.accessKey(), lent.secretKey(), lent.session());
      case Credentials.InFile in -> new AwsConfigProvider(in.file().toString(), "default");
      case Credentials.Chain chain ->
          new ChainedProvider(
              new MinioEnvironmentProvider(),
              new AwsEnvironmentProvider(),
              new MinioClientConfigProvider(null, null),
              new AwsConfigProvider(null, null),
              new IamAwsProvider(null, http));
      default -> throw Repositories.unfit(location, credentials);
    };
  }

  @Override
  public List<StoredObject> objects(String prefix) {
    return ask.of(
        prefix,
        "listed",
        () -> {
          List<StoredObject> all = new ArrayList<>();
          for (Result<Item> one : client.listObjects(below(prefix).build())) {
            Item item = one.get();
            all.add(
                new StoredObject(
                    item.objectName(), item.size(), item.etag() + " " + item.lastModified()));
          }
          return List.copyOf(all);
        });
  }

  private ListObjectsArgs.Builder below(String prefix) {
    return ListObjectsArgs.builder().bucket(bucket).prefix(prefix).recursive(true);
  }

  @Override
  public ObjectFacts stat(String key) {
    return ask.of(
        key,
        "looked at",
        () -> {
          var head = client.statObject(StatObjectArgs.builder().bucket(bucket).object(key).build());
          return new ObjectFacts(key, head.size(), head.lastModified().toInstant());
        });
  }

  @Override
  public String digest(String key) {
    return ask.of(
        key,
        "read",
        () -> {
          try (GetObjectResponse content = client.getObject(whole(key).build())) {
            return ask.digest(key, content, announced(content));
          }
        });
  }

  private GetObjectArgs.Builder whole(String key) {
    return GetObjectArgs.builder().bucket(bucket).object(key);
  }

  private static long announced(GetObjectResponse content) {
    return Long.parseLong(Objects.requireNonNull(content.headers().get("Content-Length")));
  }

  private byte[] bytes(String key, GetObjectArgs which) throws MinioException, IOException {
    try (GetObjectResponse content = client.getObject(which)) {
      return ask.whole(key, content, announced(content));
    }
  }

  @Override
  public byte[] read(String key) {
    return ask.of(key, "read", () -> bytes(key, whole(key).build()));
  }

  @Override
  public byte[] read(String key, long from, int length) {
    return ask.of(
        key,
        "read",
        () -> {
          try (InputStream content =
              client.getObject(whole(key).offset(from).length((long) length).build())) {
            return content.readAllBytes();
          } catch (ErrorResponseException e) {
            if (e.response().code() == BEHIND_THE_END) {
              return new byte[0];
            }
            throw e;
          }
        });
  }

  @Override
  public void put(String key, byte[] content) {
    ask.of(
        key,
        "written",
        () ->
            client.putObject(
                PutObjectArgs.builder()
                    .bucket(bucket)
                    .object(key)
                    .data(content, content.length)
                    .build()));
  }

  @Override
  public boolean create(String key, byte[] content) {
    return ask.create(
        key,
        () ->
            client.putObject(
                PutObjectArgs.builder()
                    .bucket(bucket)
                    .object(key)
                    .data(content, content.length)
                    .extraHeaders(new Http.Headers("If-None-Match", "*"))
                    .build()));
  }

  @Override
  public void copy(String from, String to) {
    ask.of(
        from,
        "copied",
        () ->
            client.copyObject(
                CopyObjectArgs.builder()
                    .bucket(bucket)
                    .object(to)
                    .source(SourceObject.builder().bucket(bucket).object(from).build())
                    .build()));
  }

  @Override
  public void delete(String key) {
    ask.of(
        key,
        "removed",
        () -> {
          client.removeObject(RemoveObjectArgs.builder().bucket(bucket).object(key).build());
          return true;
        });
  }

  @Override
  public void revive(String key) {
    ObjectVersion.hiding(versions(key), key)
        .ifPresent(
            mark ->
                ask.of(
                    key,
                    "brought back",
                    () -> {
                      client.removeObject(
                          RemoveObjectArgs.builder()
                              .bucket(bucket)
                              .object(key)
                              .versionId(mark.id())
                              .build());
                      return true;
                    }));
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

  private boolean versioned() throws MinioException {
    return client
            .getBucketVersioning(GetBucketVersioningArgs.builder().bucket(bucket).build())
            .status()
        == VersioningConfiguration.Status.ENABLED;
  }

  private boolean lockable() throws MinioException {
    try {
      client.getObjectLockConfiguration(
          GetObjectLockConfigurationArgs.builder().bucket(bucket).build());
      return true;
    } catch (ErrorResponseException e) {
      if (unlocked(e)) {
        return false;
      }
      throw e;
    }
  }

  private static boolean unlocked(ErrorResponseException e) {
    return S3Locks.none(e.errorResponse().code(), String.valueOf(e.errorResponse().message()));
  }

  @Override
  public List<ObjectVersion> versions(String prefix) {
    return ask.of(
        prefix,
        "listed with its versions",
        () -> {
          List<ObjectVersion> all = new ArrayList<>();
          for (Result<Item> one : client.listObjects(below(prefix).includeVersions(true).build())) {
            Item item = one.get();
            all.add(
                new ObjectVersion(
                    item.objectName(),
                    item.versionId(),
                    item.isDeleteMarker() ? 0 : item.size(),
                    item.lastModified().toInstant(),
                    item.isLatest(),
                    item.isDeleteMarker()));
          }
          all.sort(ObjectVersion.ORDER);
          return List.copyOf(all);
        });
  }

  @Override
  public byte[] readVersion(String key, String id) {
    return ask.of(key, "read in version " + id, () -> bytes(key, whole(key).versionId(id).build()));
  }

  @Override
  public Optional<ObjectRetention> retention(String key) {
    return ask.of(
        key,
        "asked for its retention",
        () -> {
          try {
            var set =
                client.getObjectRetention(
                    GetObjectRetentionArgs.builder().bucket(bucket).object(key).build());
            return set == null || set.mode() == null
                ? Optional.empty()
                : Optional.of(
                    new ObjectRetention(set.mode().name(), set.retainUntilDate().toInstant()));
          } catch (ErrorResponseException e) {
            if (unlocked(e)) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  @Override
  public void reach() {
    ask.of(
        "",
        "reached",
        () -> {
          var found = client.listObjects(below("").maxKeys(1).build()).iterator();
          return found.hasNext() && found.next().get() != null;
        });
  }

  @Override
  public boolean admits(Credentials credentials) {
    return Repositories.admits(location, credentials);
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
