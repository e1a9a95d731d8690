package io.drillyard.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Verdict;
import io.drillyard.host.lab.Cache;
import io.drillyard.host.lab.LabLauncher;
import io.drillyard.host.lab.LabSession;
import io.drillyard.repository.Credentials;
import io.drillyard.repository.Location;
import io.drillyard.repository.Repositories;
import io.drillyard.repository.Repository;
import io.drillyard.repository.StoreType;
import io.drillyard.restore.judge.Climbed;
import io.drillyard.restore.judge.Rung;
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
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A repository that Drillyard did not make, in a store outside the lab, is proven through the relay
 * and left as it is; a gap in it, wrong credentials and a store that is away are noticed.
 */
@Tag("lab")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VisitLabTest {
  private static final String KEY = "reader";
  private static final String SECRET = "reader-secret-of-the-test";

  private static Path folder = Path.of(".");
  private static @Nullable Process server;
  private static int port;
  private static Path environments = folder;

  @BeforeAll
  static void somebodysRepository(@TempDir Path given) throws Exception {
    folder = given;
    Path out = folder.resolve("made");
    Path log = Files.createFile(folder.resolve("made.log"));
    LabLauncher labs = LabLauncher.here(Path.of("environments"));
    try (LabSession session =
        labs.launch("trixie", PlainSource.class, List.of(), log.toFile(), log.toFile())) {
      assertThat(session.await(Duration.ofMinutes(4))).as(Files.readString(log)).hasValue(0);
      PlainSource.copy(session.out(), out);
    }
    serve(out);
    environments = declare(out);
  }

  private static void serve(Path out) throws Exception {
    Path objects = Files.createDirectories(folder.resolve("store/ours-and-nobodys").resolve("x"));
    Files.delete(objects);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
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
    server = builder.start();
    await();
    try (Repository view = view(out);
        Stream<Path> files = Files.walk(out.resolve("ours"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        view.put(out.resolve("ours").relativize(file).toString(), Files.readAllBytes(file));
      }
    }
  }

  private static void await() throws IOException {
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

  private static Repository view(Path made) throws IOException {
    return Repositories.open(
        new Location(
            StoreType.S3,
            URI.create("https://localhost:" + port),
            "home",
            "ours-and-nobodys",
            Files.readString(made.resolve("ca.crt"))),
        new Credentials.Keys(KEY, SECRET));
  }

  private static Path declare(Path made) throws IOException {
    Path to = folder.resolve("environments");
    PlainSource.copy(Path.of("environments"), to);
    Files.writeString(
        to.resolve("repositories/ours.yaml"),
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
            .formatted(port, made.resolve("ca.crt")));
    credentials(to, SECRET);
    Files.writeString(
        to.resolve("restore/ours.yaml"),
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
    return to;
  }

  private static void credentials(Path to, String secret) throws IOException {
    Files.writeString(
        to.resolve("repositories/ours.credentials"),
        "[default]\naws_access_key_id = %s\naws_secret_access_key = %s\n".formatted(KEY, secret));
  }

  @AfterAll
  static void away() throws InterruptedException {
    Process running = server;
    if (running != null) {
      running.destroy();
      assertThat(running.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static String log(String name) {
    try {
      return Files.readString(folder.resolve(name).resolve("lab.log"));
    } catch (IOException e) {
      return "no log: " + e;
    }
  }

  private static RestoreRun run(String name) {
    List<String> progress = new CopyOnWriteArrayList<>();
    RestoreLauncher launcher = new RestoreLauncher(LabLauncher.here(environments), progress::add);
    RestoreRun run =
        launcher.run(
            RestorePolicyFile.load(environments, "ours").orThrow(),
            new RestoreOrder("ours", "latest", "latest", 1, List.of(), 1, 0, 0, name),
            folder.resolve(name));
    assertThat(launcher.residue()).isNull();
    assertThat(run.plain()).as("%s%n%s", progress, log(name)).hasSize(1);
    return run;
  }

  private static Climbed rung(RestoreRun run, Rung rung) {
    return Objects.requireNonNull(run.plain().getFirst().rung(rung));
  }

  private static Map<String, byte[]> stored() throws IOException {
    Map<String, byte[]> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder.resolve("store"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return all;
  }

  @Test
  @Order(1)
  void itIsProvenAndLeftAsItIs() throws IOException {
    Map<String, byte[]> before = stored();
    RestoreRun run = run("proven");
    assertThat(run.plain().getFirst().ladder())
        .allSatisfy(
            c -> assertThat(c.verdict() == Verdict.MET || !c.required()).as(c.toString()).isTrue());
    assertThat(run.verdict()).isEqualTo(Verdict.MET);
    assertThat(rung(run, Rung.SETTINGS).verdict()).isEqualTo(Verdict.MET);
    Map<String, byte[]> after = stored();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    before.forEach((name, bytes) -> assertThat(after.get(name)).as(name).isEqualTo(bytes));
    try (Stream<Path> files = Files.walk(folder.resolve("proven"))) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(f -> assertThat(Files.readString(f)).doesNotContain(SECRET));
    }
  }

  @Test
  @Order(2)
  void wrongCredentialsAreNoticed() throws IOException {
    credentials(environments, "wrong");
    RestoreRun run = run("denied");
    credentials(environments, SECRET);
    assertThat(run.verdict()).isEqualTo(Verdict.MISSED);
    assertThat(rung(run, Rung.REACHABLE).finding().summary()).startsWith("denied");
  }

  @Test
  @Order(3)
  void aGapIsNoticed() throws IOException {
    List<Path> segments;
    try (Stream<Path> files = Files.walk(folder.resolve("store"))) {
      segments =
          files
              .filter(f -> f.getFileName().toString().matches("[0-9A-F]{24}-[0-9a-f]{40}\\.gz"))
              .sorted()
              .toList();
    }
    // Behind the newest backup, and before the archive's end.
    Files.delete(segments.get(segments.size() - 3));
    RestoreRun run = run("gap");
    assertThat(run.verdict()).isEqualTo(Verdict.MISSED);
    assertThat(rung(run, Rung.CONTINUITY).verdict()).isEqualTo(Verdict.MISSED);
    assertThat(rung(run, Rung.TARGET).verdict()).isEqualTo(Verdict.MISSED);
  }

  @Test
  @Order(4)
  void aStoreThatIsAwayIsNoticed() throws InterruptedException {
    away();
    RestoreRun run = run("away");
    assertThat(run.verdict()).isEqualTo(Verdict.MISSED);
    assertThat(rung(run, Rung.REACHABLE).finding().summary()).startsWith("unreachable");
  }
}
