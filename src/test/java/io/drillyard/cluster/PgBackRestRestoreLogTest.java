package io.drillyard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the tool's log says of a restore, and when it says nothing that can be relied on. */
class PgBackRestRestoreLogTest {
  private static final String BEGIN =
      "2026-03-01 04:00:00.100 P00   INFO: restore command begin 2.55.1: --stanza=west\n";
  private static final String SET =
      "2026-03-01 04:00:00.140 P00   INFO: repo1: restore backup set 20260301-030000F_20260301-033000I, recovery will start at 2026-03-01 03:30:00\n";
  private static final String END =
      "2026-03-01 04:00:09.990 P00   INFO: restore command end: completed successfully (9890ms)\n";

  @Test
  void itTellsWhatWasRestoredHowLongItTookAndWhenItEnded() {
    assertThat(PgBackRest.lastRestore(BEGIN + SET + END + "ended 1234\n"))
        .isEqualTo(new PgBackRest.LastRestore("20260301-030000F_20260301-033000I", 9890, 1234));
  }

  @Test
  void theLastOfSeveralCounts() {
    String later = SET.replace("20260301-030000F_20260301-033000I", "20260302-030000F");
    assertThat(PgBackRest.lastRestore(BEGIN + SET + END + BEGIN + later + END + "ended 7\n"))
        .isEqualTo(new PgBackRest.LastRestore("20260302-030000F", 9890, 7));
  }

  @Test
  void oneThatDidNotEndIsNone() {
    String failed = "2026-03-01 04:00:02.000 P00   INFO: restore command end: aborted\n";
    assertThat(PgBackRest.lastRestore(BEGIN + SET + "ended 1234\n")).isNull();
    assertThat(PgBackRest.lastRestore(BEGIN + SET + failed + "ended 1234\n")).isNull();
    assertThat(PgBackRest.lastRestore(BEGIN + SET + END + BEGIN + SET + "ended 1234\n")).isNull();
  }

  @Test
  void withoutALogThereIsNone() {
    assertThat(PgBackRest.lastRestore("")).isNull();
    assertThat(PgBackRest.lastRestore("ended 1234\n")).isNull();
  }
}
