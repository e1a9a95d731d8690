package io.drillyard.check;

import static io.drillyard.check.Drills.FAULT;
import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Finding.Measured;
import io.drillyard.declaration.Objective;
import io.drillyard.declaration.OperatorTimes;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.WriteOutcome;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The time that people take is part of a recovery that waited for them, and of no other. */
final class OperatorTimesTest {
  private static final OperatorTimes PEOPLE =
      new OperatorTimes(Duration.ofSeconds(30), Duration.ofSeconds(90));

  /** Service is back 8 s after the fault. */
  private static Finding judge(Forge forge, long rtoMs, boolean declared) {
    Objective o = Drills.target().objective();
    Target target =
        Drills.target(
            new Objective(
                o.disruption(),
                o.failover(),
                Duration.ofMillis(rtoMs),
                o.rpo(),
                o.redundancy(),
                o.servesWhileHeld(),
                null,
                declared ? PEOPLE : null,
                null));
    return Drills.judge(RecoveryTime.NAME, forge, target);
  }

  private static Forge approved() {
    return Drills.powerOff()
        .action(FAULT + 1_000, FAULT + 1_000, "operator", "approve-promotion", "alpha");
  }

  @Test
  void theyAreAddedBeforeTheComparison() {
    Finding met = judge(approved(), 130_000, true);
    assertThat(met.verdict()).as(met.summary()).isEqualTo(MET);
    Measured measured = Objects.requireNonNull(met.measured());
    assertThat(measured.lower()).isBetween(127_000.0, 128_100.0);
    assertThat(met.summary()).contains("of which 120.000 s are declared for people");
    Measured technical = Objects.requireNonNull(met.parts().get("technical"));
    assertThat(technical.upper()).isBetween(7_900.0, 8_200.0);
    assertThat(Objects.requireNonNull(met.parts().get("declared-decision")).lower())
        .isEqualTo(90_000);
    assertThat(Objects.requireNonNull(met.parts().get("declared-detection")).lower())
        .isEqualTo(30_000);
    // 8 s alone would keep it.
    assertThat(judge(approved(), 120_000, true).verdict()).isEqualTo(MISSED);
  }

  @Test
  void anOrderWaitedForThemAsAnApprovalDoes() {
    Forge ordered =
        Drills.powerOff().action(FAULT + 1_000, FAULT + 7_900, "operator", "promote", "alpha");
    assertThat(judge(ordered, 120_000, true).verdict()).isEqualTo(MISSED);
    Forge before = Drills.powerOff().action(2_000, 2_000, "operator", "approve-promotion", "alpha");
    assertThat(judge(before, 20_000, true).verdict()).isEqualTo(MET);
  }

  @Test
  void whoeverWaitedForNobodyOrDeclaresNothingIsTimedAsHeIs() {
    assertThat(judge(Drills.powerOff(), 20_000, true).verdict()).isEqualTo(MET);
    Finding undeclared = judge(approved(), 20_000, false);
    assertThat(undeclared.verdict()).isEqualTo(MET);
    assertThat(undeclared.parts()).doesNotContainKeys("technical", "declared-detection");
    assertThat(undeclared.summary()).doesNotContain("people");
  }

  @Test
  void serviceThatNeverCameBackWaitedForThemToo() {
    Forge gone = new Forge();
    approved().events().stream()
        .filter(
            e ->
                !(e instanceof Event.Write w
                    && w.acknowledged()
                    && w.at().startNs() > FAULT * Forge.MS))
        .forEach(gone::add);
    gone.failing(Drills.BACK, Drills.END, WriteOutcome.REFUSED);
    Finding finding = judge(gone, 140_000, true);
    Measured part =
        Objects.requireNonNull(finding.parts().get("unrecovered-for"), finding.summary());
    assertThat(part.lower()).isBetween(150_000.0, 156_000.0);
    assertThat(finding.verdict()).isEqualTo(MISSED);
    assertThat(judge(gone, 170_000, true).verdict()).isNotEqualTo(MET);
  }

  @Test
  void theyStandInTheWordsThatLedgersKeep() {
    Objective o = Drills.target().objective();
    assertThat(o.toString()).doesNotContain("people");
    assertThat(
            new Objective(
                    o.disruption(),
                    o.failover(),
                    o.rto(),
                    o.rpo(),
                    o.redundancy(),
                    true,
                    null,
                    PEOPLE,
                    null)
                .toString())
        .endsWith(", people=OperatorTimes[detection=PT30S, decision=PT1M30S]]");
    assertThat(PEOPLE.total()).isEqualTo(Duration.ofMinutes(2));
  }
}
