package io.drillyard.fault.act;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The look at a second cluster of the same scope: in force only while it is refused. */
final class IntruderTest {
  @TempDir Path folder;

  @BeforeEach
  void refused() throws IOException {
    String pid = Long.toString(ProcessHandle.current().pid());
    write("run.pids", pid + "\n" + pid + "\n");
    write("run.looked", "");
    write(
        "log",
        """
        INFO: No PostgreSQL configuration items changed
        CRITICAL: system ID mismatch, node intruder belongs to a different cluster: 71 != 72
        """);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private record Look(int status, String said) {}

  private Look look() throws IOException, InterruptedException {
    String script =
        SecondClusterInjection.look(
            folder.resolve("run").toString(), folder.resolve("log").toString());
    Process shell = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Look(shell.waitFor(), said.strip());
  }

  @Test
  void aRefusedIntruderIsInForce() throws Exception {
    Look look = look();
    assertThat(look.status()).isZero();
    assertThat(look.said())
        .isEqualTo(
            "refused: system ID mismatch, node intruder belongs to a different cluster: 71 != 72");
  }

  @ParameterizedTest
  @CsvSource({
    "run.accepted, its PostgreSQL accepted clients",
    "run.joined, 'it stood among the members, running'"
  })
  void oneThatWasLetInForAMomentIsNot(String trace, String said) throws Exception {
    write(trace, "running\n");
    assertThat(look()).isEqualTo(new Look(1, "the intruder was not refused: " + said));
  }

  @Test
  void oneWhosePatroniSaysNothingOfTheKindIsNot() throws Exception {
    write("log", "INFO: Lock owner: pg1; I am intruder\n");
    assertThat(look().said())
        .isEqualTo("the intruder is not refused yet: INFO: Lock owner: pg1; I am intruder");
    assertThat(look().status()).isEqualTo(1);
  }

  @Test
  void whatNobodyWatchesIsNot() throws Exception {
    Files.delete(folder.resolve("run.looked"));
    assertThat(look().status()).isEqualTo(1);
    write("run.looked", "");
    write("run.pids", ProcessHandle.current().pid() + "\n");
    assertThat(look()).isEqualTo(new Look(1, "no second Patroni, or nobody who watches it"));
    Files.delete(folder.resolve("run.pids"));
    assertThat(look().status()).isEqualTo(1);
  }
}
