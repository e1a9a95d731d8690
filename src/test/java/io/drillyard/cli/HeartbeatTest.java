package io.drillyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.launch.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code heartbeat} refuses before it speaks to anybody, and what it says when nobody answers.
 */
class HeartbeatTest {
  private static final String NOBODY = "jdbc:postgresql://127.0.0.1:1/app";

  @ParameterizedTest
  @ValueSource(strings = {"heartbeat; drop table x", "a.b.c", "\"Beat\"", "", "Beat"})
  void aTableIsAPlainName(String table) {
    Terminal said = Terminal.drillyard("heartbeat", "--url", NOBODY, "--table", table);
    assertThat(said.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err()).contains("no plain table name");
  }

  @Test
  void aPasswordOnTheCommandLineIsRefused() {
    Terminal said = Terminal.drillyard("heartbeat", "--url", NOBODY + "?user=a&password=secret");
    assertThat(said.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err()).contains("~/.pgpass").doesNotContain("secret");
  }

  @Test
  void badInputIsAUsageError() {
    assertThat(Terminal.drillyard("heartbeat", "--url", "db1").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(Terminal.drillyard("heartbeat", "--url", NOBODY, "--keep", "7").exit())
        .isEqualTo(ExitCode.USAGE);
    assertThat(Terminal.drillyard("heartbeat").exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void whereNobodyAnswersNothingWasWritten() {
    Terminal said = Terminal.drillyard("heartbeat", "--url", NOBODY, "--user", "a");
    assertThat(said.exit()).isEqualTo(ExitCode.MISSED);
    assertThat(said.err()).contains("no heartbeat was written");
  }
}
