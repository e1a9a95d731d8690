package io.drillyard.check.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store's silence is its fault only where somebody else answered meanwhile. */
class StoreSilenceTest {
  private static Finding judged(@Nullable Boolean answered) {
    return new StoreSilence("time.example.test:443", answered)
        .judge(Rung.REACHABLE, "unreachable: s3.example.test: Connection refused");
  }

  @Test
  void withoutAControlNobodyCanTell() {
    Finding finding = judged(null);

    assertThat(finding.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(finding.summary()).startsWith("unreachable:").contains("Remedy:", "'control'");
  }

  @Test
  void itIsTheStoreWhereTheControlAnswers() {
    assertThat(judged(true).verdict()).isEqualTo(Verdict.MISSED);
    assertThat(judged(true).summary()).startsWith("unreachable:");
  }

  @Test
  void itIsTheNetworkHereWhereNeitherAnswers() {
    assertThat(judged(false).verdict()).isEqualTo(Verdict.UNDETERMINED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERROR: [049]: unable to connect to 's3.ours.test:443': [111] Connection refused",
        "ERROR: [041]: unable to get address for 's3.ours.test': [-2] Name or service not known"
      })
  void pgBackRestTellsOfSilence(String said) {
    assertThat(StoreSilence.in(said)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERROR: [029]: HTTP request failed with 403 (Forbidden)",
        "ERROR: [055]: unable to load info file '/backups/db1/backup/shop/backup.info'"
      })
  void anAnswerIsNone(String said) {
    assertThat(StoreSilence.in(said)).isFalse();
  }
}
