package io.drillyard.check;

import static io.drillyard.check.Drills.FAULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Finding.Measured;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How long nothing of a promoted cluster could be restored. */
final class UnprotectedTimeTest {
  private static final String PART = "without-backup-alpha";

  private static Forge promoted() {
    return Drills.powerOff().action(FAULT + 2_000, FAULT + 5_000, "operator", "restore", "alpha");
  }

  private static Finding judge(Forge forge) {
    return Drills.judge(ArchiveIsContinuous.NAME, forge, Drills.target());
  }

  @Test
  void fromTheOrderUntilTheFirstBackupIsThere() {
    Forge forge =
        promoted()
            // Before the order it is nobody's, and another cluster's is another's.
            .action(FAULT, FAULT + 1_000, "operator", UnprotectedTime.BACKUP, "alpha")
            .action(FAULT + 6_000, FAULT + 7_000, "operator", UnprotectedTime.BACKUP, "beta")
            .action(FAULT + 9_000, FAULT + 12_000, "operator", UnprotectedTime.BACKUP, "alpha")
            .action(FAULT + 20_000, FAULT + 21_000, "operator", UnprotectedTime.BACKUP, "alpha");
    Measured part = Objects.requireNonNull(judge(forge).parts().get(PART));
    assertThat(part.lower()).isEqualTo(4_000);
    assertThat(part.upper()).isEqualTo(10_000);
  }

  @Test
  void aClusterThatWasNeverBackedUpIsNamed() {
    Finding finding = judge(promoted());
    assertThat(finding.parts()).doesNotContainKey(PART);
    assertThat(finding.details())
        .anySatisfy(d -> assertThat(d).contains("no full backup of alpha"));
    assertThat(judge(Drills.powerOff()).details())
        .noneSatisfy(d -> assertThat(d).contains("no full backup"));
  }
}
