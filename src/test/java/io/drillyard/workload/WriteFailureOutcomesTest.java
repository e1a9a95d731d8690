package io.drillyard.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.WriteOutcome;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/** A write is called refused only with proof that nothing was committed. */
final class WriteFailureOutcomesTest {
  private static SQLException fromServer(String severity, String state) {
    return new PSQLException(
        new ServerErrorMessage("S" + severity + "\0V" + severity + "\0C" + state + "\0Mtext\0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "25006", "40001", "40P01", "40002", "40000", "53100", "53200", "53400", "22001", "23505",
        "23502", "42501", "42P01", "0A000", "26000", "55000", "55P03", "54000", "3D000", "25P02",
        "28000", "44000"
      })
  void theServersOwnErrorBeforeTheCommitIsProof(String state) {
    assertThat(WriteFailureOutcomes.afterSending(fromServer("ERROR", state)))
        .isEqualTo(WriteOutcome.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "40003", "57014", "57P01", "57P02", "57P03", "57P05", "08000", "08003", "08006", "08P01",
        "58000", "58030", "58P01", "XX000", "XX001", "XX002", "F0000", "01000", "00000", "P0001",
        "72000", "99999", "", "2"
      })
  void anyOtherStateIsNot(String state) {
    assertThat(WriteFailureOutcomes.afterSending(state, "ERROR")).isEqualTo(WriteOutcome.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({"57P01, FATAL", "25006, FATAL", "53100, PANIC", "42P01, FATAL"})
  void aBackendThatDiesMayHaveCommittedJustBefore(String state, String severity) {
    assertThat(WriteFailureOutcomes.afterSending(fromServer(severity, state)))
        .isEqualTo(WriteOutcome.UNKNOWN);
  }

  @Test
  void theDriversOwnErrorIsNoProofWhateverItsState() {
    // E.g. out of memory (53200) or bad data (22xxx) while it read the answer to a commit.
    for (PSQLState state :
        new PSQLState[] {
          PSQLState.OUT_OF_MEMORY, PSQLState.DATA_ERROR, PSQLState.INVALID_PARAMETER_VALUE
        }) {
      assertThat(WriteFailureOutcomes.afterSending(new PSQLException("local", state)))
          .isEqualTo(WriteOutcome.UNKNOWN);
    }
    assertThat(WriteFailureOutcomes.afterSending(new SQLException("other", "25006")))
        .isEqualTo(WriteOutcome.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({", ERROR", "25006,", ","})
  void withoutStateOrSeverityNothingIsKnown(@Nullable String state, @Nullable String severity) {
    assertThat(WriteFailureOutcomes.afterSending(state, severity)).isEqualTo(WriteOutcome.UNKNOWN);
  }

  @Test
  void aRoutedClientLeavesAReadOnlyServerAndAPinnedOneStays() {
    SQLException readOnly = fromServer("ERROR", "25006");
    assertThat(WriteFailureOutcomes.connectionSurvives(readOnly, true)).isFalse();
    assertThat(WriteFailureOutcomes.connectionSurvives(readOnly, false)).isTrue();
    assertThat(WriteFailureOutcomes.connectionSurvives(fromServer("ERROR", "40001"), true))
        .isTrue();
    assertThat(WriteFailureOutcomes.connectionSurvives(fromServer("FATAL", "57P01"), false))
        .isFalse();
  }
}
