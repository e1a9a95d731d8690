package io.drillyard.play.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What of a declaration may reach the command that removes. */
class PurgeOptionsTest {
  @Test
  void nothingThatExpiresMoreOrElsewhere() {
    assertThat(
            BackupPurge.options(
                Map.of(
                    "process-max", "4",
                    "io-timeout", "30",
                    "repo1-retention-full", "1",
                    "repo1-path", "/elsewhere",
                    "repo-s3-bucket", "another",
                    "pg1-path", "/data",
                    "stanza", "other",
                    "compress-level", "3\nrepo1-retention-full=1")))
        .containsOnlyKeys("process-max", "io-timeout");
  }
}
