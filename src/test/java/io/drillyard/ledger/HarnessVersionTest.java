package io.drillyard.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The version is what the build wrote, and unknown where it wrote nothing that is one. */
final class HarnessVersionTest {
  private static HarnessVersion told(String text) throws IOException {
    return HarnessVersion.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({
    "0.1.0, 0123456789ab, 0.1.0+0123456789ab",
    "1.12.3-SNAPSHOT, 0123456789ab-dirty, 1.12.3-SNAPSHOT+0123456789ab-dirty",
    "0.1.0, unknown, 0.1.0+unknown",
    "0.1.0, '', 0.1.0+unknown",
    "0.1.0, ${commit}, 0.1.0+unknown",
    "0.1.0, 0123456, 0.1.0+unknown",
    "0.1.0, 0123456789ab-changed, 0.1.0+unknown",
    "${project.version}, 0123456789ab, unknown+0123456789ab",
    "'', '', unknown+unknown"
  })
  void itIsOneWord(String version, String commit, String word) throws IOException {
    assertThat(told("version=%s\ncommit=%s\n".formatted(version, commit)).word()).isEqualTo(word);
  }

  @Test
  void aBuildThatWroteNothingIsUnknown() throws IOException {
    assertThat(HarnessVersion.of(null))
        .isEqualTo(new HarnessVersion(HarnessVersion.UNKNOWN, HarnessVersion.UNKNOWN));
    assertThat(told("")).isEqualTo(HarnessVersion.of(null));
  }

  @Test
  void thisBuildKnowsItsVersion() {
    assertThat(HarnessVersion.ofBuild().word()).matches("\\d+\\.\\d+\\.\\d+\\S*\\+\\S+");
  }
}
