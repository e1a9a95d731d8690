package io.drillyard.host.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.Awaiting;
import io.drillyard.HangLimit;
import io.drillyard.cluster.HostService;
import io.drillyard.host.Host;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** SIGKILL at any moment leaves nothing behind that a later lab trips over. */
@Tag("lab")
@Isolated("starts or kills labs of its own beside each other")
class KillLabTest {
  private static final int ROUNDS = 4;

  /** From before the first namespace until all hosts are up: about a second and a half. */
  private static final int BOOT_MS = 1500;

  private static final HangLimit BOOT = HangLimit.quietSeconds(3);
  private static final HangLimit SOON = HangLimit.quietSeconds(1);

  /** Boots hosts with a marked service each, then power-cycles one for ever. */
  static final class Program implements LabEntryPoint {
    @Override
    public int run(Inside inside, List<String> arguments) throws Exception {
      LabTestbed yard = LabTestbed.open(TwoSites.inMemory(), inside.image(), inside.disks());
      List<String> line = List.of("/bin/bash", "-c", "sleep 3600; :", arguments.get(0));
      for (Host host : yard.hosts()) {
        new HostService(host, "40-marked", "postgres", line).install();
      }
      TestLab.tell("up", true);
      while (true) {
        yard.host("dr1").power().off();
        yard.host("dr1").power().on();
      }
    }
  }

  /** Boots, and is content. */
  static final class FollowingProgram implements LabEntryPoint {
    @Override
    public int run(Inside inside, List<String> arguments) {
      LabTestbed yard = LabTestbed.open(TwoSites.inMemory(), inside.image(), inside.disks());
      TestLab.tell("hosts", yard.hosts().size());
      yard.close();
      return 0;
    }
  }

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  private final long seed = Long.getLong("drillyard.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private List<String> before = List.of();

  @BeforeEach
  void remember() throws Exception {
    System.out.println("moments of killing: -Ddrillyard.seed=" + seed);
    before = Machine.surroundings();
  }

  @Test
  void killingTheLauncherTakesTheLabAlong() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String token = token();
      Path stdout = Files.createTempFile(folder, "launcher", ".out");
      Process launcher =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  "target/classes:target/test-classes:target/lib/*",
                  TestLab.class.getName(),
                  cache().toString(),
                  stdout.toString(),
                  Program.class.getName(),
                  token)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("launcher.log").toFile())
              .start();
      moment(round, stdout);
      Set<String> spaces = Machine.namespaces(Machine.tree(launcher.pid()));
      launcher.destroyForcibly().waitFor();
      assertNothingLeft(token, spaces);
    }
    assertAFollowingLabStarts();
  }

  @Test
  void killingTheLabsInitTakesTheLabAlong() throws Exception {
    killInside("init", pid -> Machine.depth(pid) == ownDepth() + 1);
  }

  @Test
  void killingTheJvmInsideTakesTheLabAlong() throws Exception {
    killInside("JVM", pid -> Machine.words(pid).startsWith("/mnt/jdk/bin/java"));
  }

  @Test
  void killingTheOutermostProcessTakesTheLabAlong() throws Exception {
    killInside("outermost", pid -> true);
  }

  /** The first process of the lab's tree, from outside to inside, that is the victim. */
  private void killInside(String what, Predicate<Long> victim) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String token = token();
      Path stdout = Files.createTempFile(folder, "lab", ".out");
      Path stderr = Files.createTempFile(folder, "lab", ".err");
      Set<String> spaces;
      try (LabSession session =
          TestLab.launch(TestLab.launcher(cache()), Program.class, stdout, stderr, token)) {
        moment(round, stdout);
        List<Long> found = new ArrayList<>();
        Awaiting.soon()
            .pollInterval(Duration.ofMillis(2))
            .until(
                () -> {
                  Machine.tree(session.pid()).stream()
                      .filter(victim)
                      .findFirst()
                      .ifPresent(found::add);
                  return !found.isEmpty();
                });
        spaces = Machine.namespaces(Machine.tree(session.pid()));
        ProcessHandle.of(found.get(0)).ifPresent(ProcessHandle::destroyForcibly);
        assertThat(session.await(SOON.duration()))
            .as("the lab ends when its " + what + " is killed, " + SOON.words())
            .isPresent();
        assertThat(session.await(Duration.ZERO).orElse(0)).isNotZero();
      }
      assertNothingLeft(token, spaces);
    }
    assertAFollowingLabStarts();
  }

  /** Half of the moments lie in the boot, the others after it. */
  private void moment(int round, Path stdout) throws Exception {
    if (round % 2 == 1) {
      Awaiting.within(BOOT).until(() -> Files.readString(stdout).contains("up=true"));
      Thread.sleep(random.nextInt(300));
    } else {
      Thread.sleep(random.nextInt(BOOT_MS));
    }
  }

  private void assertNothingLeft(String token, Set<String> spaces) throws Exception {
    Awaiting.soon()
        .untilAsserted(
            () ->
                assertThat(Machine.belonging(spaces, token))
                    .as("processes left, seed " + seed)
                    .isEmpty());
    assertThat(Machine.surroundings()).as("seed " + seed).isEqualTo(before);
    LabFolder.removeDead(cache().resolve("labs"));
    if (Files.exists(cache().resolve("labs"))) {
      assertThat(cache().resolve("labs")).as("seed " + seed).isEmptyDirectory();
    }
  }

  private void assertAFollowingLabStarts() throws Exception {
    Path stdout = Files.createTempFile(folder, "following", ".out");
    Path stderr = Files.createTempFile(folder, "following", ".err");
    try (LabSession session =
        TestLab.launch(TestLab.launcher(cache()), FollowingProgram.class, stdout, stderr)) {
      assertThat(session.await(BOOT.duration()))
          .as("%s: %s", BOOT.words(), Files.readString(stderr))
          .hasValue(0);
      assertThat(TestLab.said(stdout)).containsEntry("hosts", "4");
    }
  }

  private Path cache() {
    return folder.resolve("cache");
  }

  private String token() {
    return "marked-" + Long.toHexString(random.nextLong());
  }

  private static int ownDepth() {
    return Machine.depth(ProcessHandle.current().pid());
  }
}
