package io.drillyard.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.host.lab.Cache;
import io.drillyard.host.lab.LabLauncher;
import io.drillyard.host.lab.LabSession;
import io.drillyard.repository.Credentials;
import io.drillyard.repository.Location;
import io.drillyard.repository.Repositories;
import io.drillyard.repository.Repository;
import io.drillyard.repository.StoreType;
import io.drillyard.restore.launch.RestoreLauncher;
import io.drillyard.restore.play.RestoreOrder;
import io.drillyard.restore.report.RestoreRun;
import io.drillyard.target.RestorePolicyFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A repository that {@link PlainSource} made, in a store on the machine's loopback, with the
 * declarations of a restore test of it that is called {@code ours}.
 */
final class SomebodysStore {
  /** Of its only account. */
  static final String SECRET = "reader-secret-of-the-test";

  private static final String KEY = "reader";
  private static final String BUCKET = "ours-and-nobodys";

  private final Path folder;
  private final Path made;
  private final int port;
  private final Process server;

  private SomebodysStore(Path folder, Path made, int port, Process server) {
    this.folder = folder;
    this.made = made;
    this.port = port;
    this.server = server;
  }

  /**
   * Makes it, serves it and declares it.
   *
   * @param arguments for the source
   */
  static SomebodysStore open(Path folder, List<String> arguments) throws Exception {
    Path made = folder.resolve("made");
    Path log = Files.createFile(folder.resolve("made.log"));
    LabLauncher labs = LabLauncher.here(Path.of("environments"));
    try (LabSession session =
        labs.launch("trixie", PlainSource.class, arguments, log.toFile(), log.toFile())) {
      assertThat(session.await(Duration.ofMinutes(4))).as(Files.readString(log)).hasValue(0);
      PlainSource.copy(session.out(), made);
    }
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    SomebodysStore store = new SomebodysStore(folder, made, port, serve(folder, made, port));
    try {
      store.fill();
      PlainSource.copy(Path.of("environments"), store.environments());
      store.declare("");
      store.credentials("ours.credentials", SECRET);
      store.policy();
      return store;
    } catch (IOException | RuntimeException | Error e) {
      store.away();
      throw e;
    }
  }

  private static Process serve(Path folder, Path out, int port) throws IOException {
    Files.createDirectories(folder.resolve("store").resolve(BUCKET));
    ProcessBuilder builder =
        new ProcessBuilder(
                Cache.ofUser().servers().resolve("versitygw").toString(),
                "--port",
                "127.0.0.1:" + port,
                "--cert",
                out.resolve("server.crt").toString(),
                "--key",
                out.resolve("server.key").toString(),
                "--region",
                "home",
                "--quiet",
                "posix",
                "--nometa",
                folder.resolve("store").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("store.log").toFile());
    builder.environment().putAll(Map.of("ROOT_ACCESS_KEY", KEY, "ROOT_SECRET_KEY", SECRET));
    return builder.start();
  }

  private void fill() throws IOException {
    await();
    Path ours = made.resolve("ours");
    try (Repository view = view();
        Stream<Path> files = Files.walk(ours)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        view.put(ours.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
  }

  private void await() throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(socket.isConnected()).isTrue();
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
  }

  private Repository view() throws IOException {
    return Repositories.open(
        new Location(
            StoreType.S3,
            URI.create("https://localhost:" + port),
            "home",
            BUCKET,
            Files.readString(made.resolve("ca.crt"))),
        new Credentials.Keys(KEY, SECRET));
  }

  /** Where the declarations are. */
  Path environments() {
    return folder.resolve("environments");
  }

  /** The backups' folder in the store's own files. */
  Path backups() {
    return folder.resolve("store").resolve(BUCKET).resolve("backups/db1/backup/shop");
  }

  /** Declares the repository, with further lines. */
  void declare(String more) throws IOException {
    Files.writeString(
        environments().resolve("repositories/ours.yaml"),
        """
        owner: external
        type: s3
        endpoint: s3.ours.test
        address: 127.0.0.1
        port: %d
        region: home
        bucket: ours-and-nobodys
        path: /backups/db1
        stanza: shop
        credentials: ours.credentials
        ca: %s
        """
                .formatted(port, made.resolve("ca.crt"))
            + more);
  }

  /** Writes a file of credentials with that secret. */
  void credentials(String name, String secret) throws IOException {
    Files.writeString(
        environments().resolve("repositories").resolve(name),
        "[default]\naws_access_key_id = %s\naws_secret_access_key = %s\n".formatted(KEY, secret));
  }

  private void policy() throws IOException {
    Files.writeString(
        environments().resolve("restore/ours.yaml"),
        """
        description: Last night's backup of the shop
        repo_state_ref: repositories/ours.yaml
        node:
          image: trixie
          pgbackrest:
            process-max: 2
        serves: [audit-history]
        limit: 5m
        rto: 2m
        heartbeat:
          database: shop
          table: visits
          column: at
        freshness: 30m
        assertions:
          - name: every visit came back
            database: shop
            query: select count(*) from visits
            expect: "600"
          - name: the tablespace came back
            database: shop
            query: select count(*) from heavy
            expect: "2000"
        """);
  }

  /** One restore test, with its report in that folder. */
  RestoreRun test(String name, Path to) {
    List<String> progress = new CopyOnWriteArrayList<>();
    RestoreLauncher launcher = new RestoreLauncher(LabLauncher.here(environments()), progress::add);
    RestoreRun run =
        launcher.run(
            RestorePolicyFile.load(environments(), "ours").orThrow(),
            new RestoreOrder("ours", "latest", "latest", 1, List.of(), 1, 0, 0, name),
            to);
    assertThat(launcher.residue()).isNull();
    assertThat(run.plain()).as("%s%n%s", progress, log(to)).hasSize(1);
    return run;
  }

  private static String log(Path to) {
    try {
      return Files.readString(to.resolve("lab.log"));
    } catch (IOException e) {
      return "no log: " + e;
    }
  }

  /** Every byte that the store keeps, by file. */
  Map<String, byte[]> stored() throws IOException {
    Map<String, byte[]> all = new TreeMap<>();
    Path store = folder.resolve("store");
    try (Stream<Path> files = Files.walk(store)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.put(store.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return all;
  }

  /** The same bytes in the same files as before. */
  void isStill(Map<String, byte[]> before) throws IOException {
    Map<String, byte[]> after = stored();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    before.forEach((name, bytes) -> assertThat(after.get(name)).as(name).isEqualTo(bytes));
  }

  /** No file below that folder names the secret. */
  static void isSecretIn(Path reports) throws IOException {
    try (Stream<Path> files = Files.walk(reports)) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(f -> assertThat(Files.readString(f)).doesNotContain(SECRET));
    }
  }

  /** Switches the store off; what it keeps stays. */
  void away() throws InterruptedException {
    server.destroy();
    assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }
}
