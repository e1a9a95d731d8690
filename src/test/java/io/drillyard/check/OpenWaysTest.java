package io.drillyard.check;

import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static io.drillyard.ledger.Event.ProbeResult.READ_ONLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Event.Standby;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** One look decides nothing by itself, and what was luck is no proof. */
class OpenWaysTest {
  /** pg1 is not listed between these times, the start of a look among them. */
  private static Forge without(double fromMs, double toMs) {
    return Drills.powerOff()
        .each(
            Event.Standbys.class,
            s ->
                s.at().startNs() >= fromMs * Forge.MS && s.at().startNs() < toMs * Forge.MS
                    ? new Event.Standbys(
                        s.at(),
                        s.member(),
                        s.lsn(),
                        s.standbys().stream().filter(r -> !r.member().equals("pg1")).toList())
                    : s);
  }

  private static Finding redundancy(Forge forge) {
    return Drills.judge(RedundancyRestored.NAME, forge, Drills.target());
  }

  @Test
  void aStandbyThatOneLookDidNotListIsNotShownToBeGone() {
    assertThat(redundancy(without(0, 0)).verdict()).isEqualTo(MET);
    Finding blip = redundancy(without(44_000, 44_100));
    assertThat(blip.verdict()).isEqualTo(UNDETERMINED);
    assertThat(Objects.requireNonNull(blip.measured()).lower()).isLessThan(4_000);
    assertThat(Objects.requireNonNull(blip.measured()).upper()).isGreaterThan(14_000);
    assertThat(redundancy(without(44_700, 50_000)).code()).isEqualTo("standbys-left-at-the-end");
  }

  @Test
  void oneThatIsGoneForLongIsMissed() {
    assertThat(redundancy(without(34_000, 41_200)).verdict()).isEqualTo(MISSED);
    assertThat(redundancy(without(38_000, 50_000)).verdict()).isEqualTo(MISSED);
    // Never there at all: however short the looks at the end are.
    assertThat(redundancy(without(0, 50_000)).verdict()).isEqualTo(MISSED);
  }

  @Test
  void twoMomentsAreStillMoments() {
    Forge forge = without(36_000, 36_500);
    forge.each(
        Event.Standbys.class,
        s ->
            s.at().startNs() >= 40_000 * Forge.MS && s.at().startNs() < 40_300 * Forge.MS
                ? new Event.Standbys(s.at(), s.member(), s.lsn(), List.of())
                : s);
    Finding finding = redundancy(forge);
    assertThat(finding.verdict()).isEqualTo(UNDETERMINED);
    assertThat(Objects.requireNonNull(finding.measured()).lower()).isLessThan(4_000);
  }

  /** Before the fault the leader waits for that one, and not for the other. */
  private static Forge waitingFor(String member) {
    return Drills.powerOff()
        .each(
            Event.Standbys.class,
            s ->
                s.member().equals("pg1")
                    ? new Event.Standbys(
                        s.at(),
                        s.member(),
                        s.lsn(),
                        s.standbys().stream()
                            .map(
                                r ->
                                    new Standby(
                                        r.member(),
                                        r.state(),
                                        r.member().equals(member) ? "sync" : "async",
                                        r.flushLsn(),
                                        r.replayLsn()))
                            .toList())
                    : s);
  }

  @Test
  void whoTookOverThoughNobodyWaitedForItLostNothingByLuck() {
    assertThat(Drills.judge(DataLoss.NAME, waitingFor("pg2"), Drills.target()).verdict())
        .isEqualTo(MET);
    assertThat(Drills.why(DataLoss.NAME, waitingFor("pg3"), Drills.target()))
        .contains("pg2 took over, and nobody was seen to wait for it");
  }

  @Test
  void whoBecameSynchronousAfterTheInjectionCounts() {
    Forge forge = waitingFor("pg3");
    // The old leader lived on for a moment, and waited for pg2 by then.
    forge.standbys(Drills.FAULT + 500, "pg1", "pg2", "pg3");
    assertThat(Drills.judge(DataLoss.NAME, forge, Drills.target()).verdict()).isEqualTo(MET);
  }

  @Test
  void aHostWithoutPowerThatAnswersHasPower() {
    assertThat(Drills.judge(FaultTookHold.NAME, Drills.powerOff(), Drills.target()).verdict())
        .isEqualTo(MET);
    Forge forge = Drills.powerOff().probes(20_000, 20_050, "pg1", READ_ONLY, 1);
    assertThat(Drills.why(FaultTookHold.NAME, forge, Drills.target()))
        .contains("holds pg1 still, and it answered");
  }
}
