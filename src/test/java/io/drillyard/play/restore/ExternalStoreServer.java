package io.drillyard.play.restore;

import io.drillyard.HangLimit;
import io.drillyard.host.lab.BuildCache;
import io.drillyard.repository.AzureOwner;
import io.drillyard.repository.Credentials;
import io.drillyard.repository.Repositories;
import io.drillyard.repository.Repository;
import io.drillyard.repository.RepositoryLocation;
import io.drillyard.repository.StoreType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A store's server on the machine's loopback, outside any lab, with one bucket. Google's stand-in
 * checks nobody: whoever reaches it may do everything.
 *
 * @param folder of its files
 * @param made with its certificate, and the CA's
 */
record ExternalStoreServer(
    StoreType type, Path folder, Path made, int port, Credentials owner, Process process) {
  /** Of its owner; Azure wants it in base 64. */
  static final String SECRET = "reader-secret-of-the-test";

  static final String BUCKET = "ours-and-nobodys";
  static final String ACCOUNT = "oursandnobodys";

  private static final HangLimit LIMIT = HangLimit.quietSeconds(5);
  private static final String KEY = "reader";
  private static final String LOOKS =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
       "Action": ["s3:GetObject", "s3:ListBucket", "s3:GetBucketLocation"],
       "Resource": ["arn:aws:s3:::%1$s", "arn:aws:s3:::%1$s/*"]}]}
      """
          .formatted(BUCKET);

  /** Starts it, and makes the bucket. */
  static ExternalStoreServer start(StoreType type, Path folder, Path made)
      throws IOException, InterruptedException {
    return start(type, folder, made, freePort(), "");
  }

  private static ExternalStoreServer start(
      StoreType type, Path folder, Path made, int port, String option)
      throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("store"));
    Credentials owner =
        switch (type) {
          case S3, MINIO -> new Credentials.Keys(KEY, SECRET);
          case GCS -> new Credentials.Token(SECRET);
          case AZURE -> new Credentials.SharedKey(ACCOUNT, azureKey());
        };
    ProcessBuilder builder = builder(type, folder, made, port, option);
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("store.log").toFile());
    ExternalStoreServer server =
        new ExternalStoreServer(type, folder, made, port, owner, builder.start());
    try {
      server.await();
      server.makeBucket();
      return server;
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      server.away();
      throw e;
    }
  }

  /** The same server again, after it was away. */
  ExternalStoreServer again() throws IOException, InterruptedException {
    return start(type, folder, made, port, "");
  }

  /** The same, but it lets nobody write; for S3. */
  ExternalStoreServer againReading() throws IOException, InterruptedException {
    return start(type, folder, made, port, "--readonly ");
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static String azureKey() {
    return Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.US_ASCII));
  }

  private static ProcessBuilder builder(
      StoreType type, Path folder, Path made, int port, String option) throws IOException {
    Path bin = BuildCache.ofUser().store(type.word());
    String store = folder.resolve("store").toString();
    String certificate = made.resolve("server.crt").toString();
    String key = made.resolve("server.key").toString();
    return switch (type) {
      case S3 -> {
        Files.createDirectories(folder.resolve("store").resolve(BUCKET));
        yield with(
            Map.of("ROOT_ACCESS_KEY", KEY, "ROOT_SECRET_KEY", SECRET),
            "%s/versitygw --port 127.0.0.1:%d --cert %s --key %s --region home --quiet %sposix --nometa %s"
                .formatted(bin, port, certificate, key, option, store));
      }
      case MINIO -> {
        Path certificates = Files.createDirectories(folder.resolve("certificates"));
        Files.write(certificates.resolve("public.crt"), Files.readAllBytes(Path.of(certificate)));
        Files.write(certificates.resolve("private.key"), Files.readAllBytes(Path.of(key)));
        yield with(
            Map.of(
                "MINIO_ROOT_USER",
                KEY,
                "MINIO_ROOT_PASSWORD",
                SECRET,
                "MINIO_REGION",
                "home",
                "MINIO_BROWSER",
                "off",
                "MINIO_UPDATE",
                "off"),
            "%s/minio server --address 127.0.0.1:%d --certs-dir %s --quiet %s"
                .formatted(bin, port, certificates, store));
      }
      case GCS -> {
        Files.createDirectories(folder.resolve("store").resolve(BUCKET));
        yield with(
            Map.of(),
            "%1$s/fake-gcs-server -scheme https -host 127.0.0.1 -port %2$d -cert-location %3$s -private-key-location %4$s -backend filesystem -filesystem-root %5$s -public-host %6$s:%2$d -external-url https://%6$s:%2$d -log-level warn"
                .formatted(bin, port, certificate, key, store, ExternalStore.ENDPOINT));
      }
      case AZURE ->
          with(
              Map.of("AZURITE_ACCOUNTS", ACCOUNT + ":" + azureKey()),
              "%1$s/node %1$s/node_modules/azurite/dist/src/blob/main.js --blobHost 127.0.0.1 --blobPort %2$d --location %3$s --cert %4$s --key %5$s --disableProductStyleUrl --skipApiVersionCheck --disableTelemetry --silent"
                  .formatted(bin, port, store, certificate, key));
    };
  }

  private static ProcessBuilder with(Map<String, String> environment, String line) {
    ProcessBuilder builder = new ProcessBuilder(line.split(" "));
    builder.environment().putAll(environment);
    return builder;
  }

  private void await() throws IOException {
    long end = System.nanoTime() + LIMIT.duration().toNanos();
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw new IOException(Files.readString(folder.resolve("store.log")), e);
        }
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
  }

  /** Where a bucket is no folder of the store's files. */
  private void makeBucket() throws IOException, InterruptedException {
    switch (type) {
      case S3, GCS -> {}
      case MINIO -> {
        mc("ready ours");
        mc("mb --ignore-existing ours/" + BUCKET);
      }
      case AZURE -> new AzureOwner(location(), (Credentials.SharedKey) owner).makeContainer();
    }
  }

  private void mc(String words) throws IOException, InterruptedException {
    Path log = folder.resolve("mc.log");
    String mc = BuildCache.ofUser().store(type.word()).resolve("mc").toString();
    ProcessBuilder builder =
        with(
            Map.of(
                "MC_HOST_ours",
                "https://%s:%s@localhost:%d".formatted(KEY, SECRET, port),
                "SSL_CERT_FILE",
                made.resolve("ca.crt").toString()),
            "%s --config-dir %s --quiet %s".formatted(mc, folder.resolve("mc"), words));
    Process done = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!done.waitFor(LIMIT.duration().toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException(LIMIT.struck("mc " + words));
    }
    if (done.exitValue() != 0) {
      throw new IllegalStateException("mc " + words + ": " + Files.readString(log));
    }
  }

  /** Credentials that may read, and no more. */
  Credentials readsOnly() throws IOException, InterruptedException {
    return switch (type) {
      case MINIO -> {
        Path policy = folder.resolve("looks.json");
        Files.writeString(policy, LOOKS);
        mc("admin policy create ours looks " + policy);
        mc("admin user add ours looker " + SECRET);
        mc("admin policy attach ours looks --user looker");
        yield new Credentials.Keys("looker", SECRET);
      }
      case AZURE -> new AzureOwner(location(), (Credentials.SharedKey) owner).grant("looker", true);
      case S3, GCS -> throw new IllegalStateException(type + " knows its owner alone here");
    };
  }

  /** Of the bucket, from this machine. */
  RepositoryLocation location() throws IOException {
    return new RepositoryLocation(
        type,
        URI.create("https://localhost:" + port),
        region(),
        BUCKET,
        Files.readString(made.resolve("ca.crt")));
  }

  private String region() {
    return type == StoreType.S3 || type == StoreType.MINIO ? "home" : "";
  }

  /** What a repository's declaration has to say of it. */
  String declared() {
    return List.of(
            "type: " + type.word(),
            "port: " + port,
            region().isEmpty() ? "" : "region: home",
            type == StoreType.AZURE ? "account: " + ACCOUNT : "",
            "bucket: " + BUCKET,
            "")
        .stream()
        .filter(line -> !line.isEmpty())
        .collect(java.util.stream.Collectors.joining("\n", "", "\n"));
  }

  /** Its owner's view. */
  Repository view() throws IOException {
    return Repositories.open(location(), owner);
  }

  /** Switches it off; what it keeps stays. */
  void away() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(LIMIT.duration().toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException(LIMIT.struck("the store's server"));
    }
  }
}
