package io.drillyard.check.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceSettingsTest {
  private static SourceSettings.Compared compare(String rows) {
    return SourceSettings.compare(rows, Set.of("port"));
  }

  @Test
  void whatIsTheSameDiffersInNothing() {
    SourceSettings.Compared same =
        compare(
            """
            [["server_version", "17.12 (Debian 17.12-1)", "17.12 (Other 3)"], ["work_mem", "4096", "4096"],
             ["port", "6000", "5432"]]""");
    assertThat(same.differ()).isEmpty();
    assertThat(same.compared()).isEqualTo(2);
    assertThat(same.version()).isEqualTo("17.12");
  }

  @Test
  void anotherValueDiffers() {
    assertThat(compare("[[\"work_mem\", \"4096\", \"65536\"]]").differ())
        .containsExactly("work_mem: '4096' at the source, '65536' here");
  }

  @Test
  void whatIsNotKnownHereDiffers() {
    assertThat(compare("[[\"cron.host\", \"a\", null]]").differ())
        .containsExactly("cron.host: 'a' at the source, not known here");
  }

  @Test
  void anotherMinorVersionDiffers() {
    assertThat(compare("[[\"server_version\", \"17.5\", \"17.12 (Debian)\"]]").differ())
        .singleElement()
        .asString()
        .startsWith("PostgreSQL 17.5 wrote it, 17.12 reads it here");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no JSON", "[[\"a\"]]", "[[1"})
  void whatIsNotOfTheShapeIsNoAgreement(String rows) {
    assertThatThrownBy(() -> compare(rows)).isInstanceOf(IllegalStateException.class);
  }
}
