package io.drillyard.play.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.Awaiting;
import io.drillyard.HangLimit;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.RestoreRungResult;
import io.drillyard.check.backup.Rung;
import io.drillyard.evidence.Evidence;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
class ExternalRepositoryTestsLabTest {
  private static final int ENDED = 4;
  private static final int ENDED_WITHIN_MS = 9000;
  private static final HangLimit LIMIT = HangLimit.quietSeconds(10);

  private static Path folder = Path.of(".");
  private static @Nullable ExternalStore opened;

  @BeforeAll
  static void somebodysRepository(@TempDir Path given) throws Exception {
    folder = given;
    opened = ExternalStore.open(given, List.of());
  }

  @AfterAll
  static void away() throws InterruptedException {
    ExternalStore store = opened;
    if (store != null) {
      store.away();
    }
  }

  private static ExternalStore store() {
    return Objects.requireNonNull(opened);
  }

  private static Evidence run(String name) {
    return store().test(name, folder.resolve(name));
  }

  private static RestoreRungResult rung(Evidence run, Rung rung) {
    return Objects.requireNonNull(run.plainTests().getFirst().rung(rung));
  }

  /** Killed, or asked to end: the next run is the proof that nothing of it is in the way. */
  @Test
  @Order(0)
  void endedAtAnyMomentItLeavesTheRepositoryAsItIs() throws Exception {
    long seed = Long.getLong("drillyard.seed", System.nanoTime());
    System.out.println("moments of ending: -Ddrillyard.seed=" + seed);
    Random random = new Random(seed);
    Map<String, byte[]> before = store().stored();
    for (int round = 0; round < ENDED; round++) {
      boolean killed = round % 2 == 0;
      Path reports = folder.resolve("ended-" + round);
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  "target/classes:target/lib/*",
                  "io.drillyard.cli.Main",
                  "restore-test",
                  "ours",
                  "--environments",
                  store().environments().toString(),
                  "--reports",
                  reports.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("ended-" + round + ".log").toFile())
              .start();
      // From before the lab is up until the ladder's last rungs.
      boolean early = process.waitFor(300 + random.nextInt(ENDED_WITHIN_MS), TimeUnit.MILLISECONDS);
      List<ProcessHandle> tree = process.descendants().toList();
      if (killed) {
        process.destroyForcibly();
      } else {
        process.destroy();
      }
      assertThat(process.waitFor(LIMIT.duration().toSeconds(), TimeUnit.SECONDS))
          .as("seed %d, %s", seed, LIMIT.words())
          .isTrue();
      Awaiting.within(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(tree.stream().filter(ProcessHandle::isAlive))
                      .as("processes left, seed " + seed)
                      .isEmpty());
      store().isStill(before);
      if (!killed && !early && Files.isDirectory(reports)) {
        try (Stream<Path> files = Files.walk(reports)) {
          assertThat(files.filter(f -> f.endsWith("restore.json")))
              .as("whoever is asked to end says so, seed " + seed)
              .allSatisfy(
                  f -> assertThat(Files.readString(f)).contains("\"end\" : \"interrupted\""));
        }
      }
    }
  }

  @Test
  @Order(1)
  void itIsProvenAndLeftAsItIs() throws IOException {
    Map<String, byte[]> before = store().stored();
    Evidence run = run("proven");
    assertThat(run.plainTests().getFirst().ladder())
        .allSatisfy(
            c -> assertThat(c.verdict() == Verdict.MET || !c.required()).as(c.toString()).isTrue());
    assertThat(run.verdict()).isEqualTo(Verdict.MET);
    assertThat(rung(run, Rung.SETTINGS).verdict()).isEqualTo(Verdict.MET);
    store().isStill(before);
    ExternalStore.isSecretIn(folder.resolve("proven"));
  }

  @Test
  @Order(2)
  void wrongCredentialsAreNoticed() throws IOException {
    store().credentials("ours.credentials", "wrong");
    Evidence run = run("denied");
    store().credentials("ours.credentials", ExternalStore.SECRET);
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
    Evidence run = run("gap");
    assertThat(run.verdict()).isEqualTo(Verdict.MISSED);
    assertThat(rung(run, Rung.CONTINUITY).verdict()).isEqualTo(Verdict.MISSED);
    assertThat(rung(run, Rung.TARGET).verdict()).isEqualTo(Verdict.MISSED);
  }

  /** Whose silence it is, another endpoint tells; without one, nobody can. */
  @Test
  @Order(4)
  void aStoreThatIsAwayIsNoticed() throws Exception {
    away();
    Path file = store().environments().resolve("repositories").resolve("ours.yaml");
    String declared = Files.readString(file);
    assertThat(silent("away").verdict()).isEqualTo(Verdict.UNDETERMINED);
    try (ServerSocket control = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Files.writeString(
          file, declared + "control: 127.0.0.1:" + control.getLocalPort() + System.lineSeparator());
      assertThat(silent("away-alone").verdict()).isEqualTo(Verdict.MISSED);
    }
    assertThat(silent("away-with-the-network").verdict()).isEqualTo(Verdict.UNDETERMINED);
    Files.writeString(file, declared);
  }

  private static Evidence silent(String name) {
    Evidence run = run(name);
    assertThat(rung(run, Rung.REACHABLE).finding().summary()).startsWith("unreachable");
    return run;
  }
}
