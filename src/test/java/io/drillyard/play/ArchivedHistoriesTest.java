package io.drillyard.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Of which system an archive's folder is stands in its information. */
final class ArchivedHistoriesTest {
  @Test
  void everySystemThatTheStanzaHadIsToldByItsNumber() {
    String information =
        """
        [backrest]
        backrest-format=5
        backrest-version="2.55.1"

        [db]
        db-id=2
        db-system-id=7710588370197213438
        db-version="17"

        [db:history]
        1={"db-id":7710588370197213111,"db-version":"15"}
        2={"db-id":7710588370197213438,"db-version":"17"}

        [backrest]
        backrest-checksum="83e5cde6eb8b4c3b5e4c1f6f0ae0e4bb8b5a9d4c"
        """;
    assertThat(ArchivedHistories.systems(information))
        .isEqualTo(Map.of("1", "7710588370197213111", "2", "7710588370197213438"));
    assertThat(ArchivedHistories.systems("")).isEmpty();
    assertThat(ArchivedHistories.systems("1={\"db-version\":\"15\"}")).isEmpty();
  }
}
