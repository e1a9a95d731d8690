package io.drillyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Verdict;
import io.drillyard.declaration.DeclarationException;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.EvidenceException;
import io.drillyard.host.HostException;
import io.drillyard.launch.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A failure never looks like a target's verdict, and a verdict never like a failure. */
class CommandErrorsTest {
  @Test
  void whatWasGivenIsTwoAndTheHarnessIsFour() {
    EvidenceException stored = new EvidenceException("f", "is bad", "Do");
    assertThat(CommandErrors.status(new UsageException("x"), "run")).isEqualTo(ExitCode.USAGE);
    assertThat(CommandErrors.status(new DeclarationException(List.of()), "run"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(CommandErrors.status(stored, "judge")).isEqualTo(ExitCode.USAGE);
    assertThat(CommandErrors.status(stored, "run")).isEqualTo(ExitCode.BROKEN);
    assertThat(CommandErrors.status(new HostException("x"), "run")).isEqualTo(ExitCode.BROKEN);
    assertThat(CommandErrors.status(new UncheckedIOException(new IOException()), "run"))
        .isEqualTo(ExitCode.BROKEN);
    assertThat(CommandErrors.status(new IllegalStateException(), "judge"))
        .isEqualTo(ExitCode.BROKEN);
  }

  @Test
  void statusOfARun() {
    assertThat(ExitCode.of(run(Verdict.MET, "complete"))).isZero();
    assertThat(ExitCode.of(run(Verdict.MISSED, "complete"))).isEqualTo(1);
    assertThat(ExitCode.of(run(Verdict.UNDETERMINED, "complete"))).isEqualTo(3);
    assertThat(ExitCode.of(run(Verdict.MISSED, "interrupted"))).isEqualTo(130);
    assertThat(List.of(ExitCode.USAGE, ExitCode.BROKEN, ExitCode.RESIDUE)).containsExactly(2, 4, 5);
  }

  private static Evidence run(Verdict verdict, String end) {
    return new Evidence(Evidence.FORMAT, "r", verdict, "", "", end, Map.of(), List.of(), List.of());
  }
}
