package io.drillyard.check;

import static io.drillyard.check.Drills.ALL_ACKS;
import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Finding.Measured;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Event.Standby;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RedundancyAndLoadTest {
  private static Finding redundancy(Forge forge) {
    return Drills.judge("redundancyRestored", forge, Drills.target());
  }

  private static Verdict load(Forge forge) {
    return Drills.judge("loadWasAdequate", forge, Drills.target()).verdict();
  }

  private static boolean standbysFrom(Event event, double ms) {
    return event instanceof Event.Standbys && event.at().startNs() >= ms * Forge.MS;
  }

  private static Forge routedWithout(double fromMs, double toMs) {
    Forge forge = Drills.lostPrimary();
    forge.without(
        e ->
            e instanceof Event.Write
                && e.at().startNs() >= fromMs * Forge.MS
                && e.at().startNs() < toMs * Forge.MS);
    return Drills.readBack(forge, ALL_ACKS);
  }

  @Test
  void redundancyIsMeasuredBetweenTwoLooks() {
    Finding finding = redundancy(Drills.powerOff());
    assertThat(finding.verdict()).isEqualTo(MET);
    // Last without pg1 at 32800, first with it 33000..33001; heal 30000..30010.
    assertThat(finding.measured()).isEqualTo(new Measured(2_790, 3_001, 10_000.0, "ms"));
  }

  @Test
  void aStandbyThatIsBehindTheLeaderDoesNotCount() {
    Forge forge =
        Drills.powerOff()
            .each(
                Event.Standbys.class,
                s ->
                    new Event.Standbys(
                        s.at(),
                        s.member(),
                        s.lsn(),
                        s.standbys().stream()
                            .map(r -> new Standby(r.member(), r.state(), "async", 1, 1))
                            .toList()));
    assertThat(redundancy(forge).verdict()).isEqualTo(MISSED);
  }

  @Test
  void aStandbyThatOnlyCatchesUpDoesNotStream() {
    Forge forge =
        Drills.powerOff()
            .each(
                Event.Standbys.class,
                s ->
                    new Event.Standbys(
                        s.at(),
                        s.member(),
                        s.lsn(),
                        List.of(
                            new Standby("pg1", "catchup", "async", s.lsn(), s.lsn()),
                            new Standby("pg3", "streaming", "async", s.lsn(), s.lsn()))));
    assertThat(redundancy(forge).verdict()).isEqualTo(MISSED);
  }

  /** pg1 streams from the leader and pg3 from pg1; the leader lists pg1 alone. */
  private static Forge cascade(double relayedUntilMs) {
    Forge forge =
        Drills.powerOff()
            .each(
                Event.Standbys.class,
                s ->
                    new Event.Standbys(
                        s.at(),
                        s.member(),
                        s.lsn(),
                        s.standbys().stream().filter(r -> r.member().equals("pg1")).toList()));
    for (double ms = 30_100; ms < relayedUntilMs; ms += 200) {
      forge.add(relayed(ms, "pg1", "pg3", Forge.lsn(ms)));
    }
    return forge;
  }

  private static Event.Relayed relayed(double ms, String from, String to, long lsn) {
    return new Event.Relayed(
        Forge.at(ms, ms + 1), from, lsn, List.of(new Standby(to, "streaming", "async", lsn, lsn)));
  }

  @Test
  void aStandbyBehindAStandbyStreams() {
    Finding finding = redundancy(cascade(45_000));
    assertThat(finding.verdict()).isEqualTo(MET);
    assertThat(finding.measured()).isEqualTo(new Measured(2_790, 3_001, 10_000.0, "ms"));
  }

  @Test
  void aStandbyBehindAStandbyThatFellSilentDoesNotStream() {
    assertThat(redundancy(cascade(33_500)).verdict()).isEqualTo(MISSED);
    assertThat(redundancy(cascade(30_000)).verdict()).isEqualTo(MISSED);
  }

  @Test
  void aStandbyBehindAStandbyThatStandsStillDoesNotStream() {
    Forge forge = cascade(30_000);
    for (double ms = 30_100; ms < 45_000; ms += 200) {
      forge.add(relayed(ms, "pg1", "pg3", Forge.lsn(30_100)));
    }
    assertThat(redundancy(forge).verdict()).isEqualTo(MISSED);
  }

  @Test
  void standbysThatFollowEachOtherFollowNobody() {
    Forge forge = Drills.powerOff();
    forge.each(
        Event.Standbys.class, s -> new Event.Standbys(s.at(), s.member(), s.lsn(), List.of()));
    for (double ms = 30_100; ms < 45_000; ms += 200) {
      forge.add(relayed(ms, "pg1", "pg3", Forge.lsn(ms)));
      forge.add(relayed(ms, "pg3", "pg1", Forge.lsn(ms)));
    }
    assertThat(redundancy(forge).verdict()).isEqualTo(MISSED);
  }

  @Test
  void restoredAndLostAgainIsNotRestored() {
    Forge forge = Drills.powerOff().without(e -> standbysFrom(e, 38_000));
    for (double ms = 38_100; ms < 45_000; ms += 200) {
      forge.standbys(ms, "pg2", "pg3");
    }
    assertThat(redundancy(forge).verdict()).isEqualTo(MISSED);
    // By one look alone nothing is shown to be bad.
    Forge one = Drills.powerOff().without(e -> standbysFrom(e, 44_500));
    assertThat(redundancy(one.standbys(44_900, "pg2", "pg3")).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void aFlapMovesTheLatestMomentToTheLastReturn() {
    Forge forge = Drills.powerOff().standbys(38_100, "pg2", "pg3");
    assertThat(redundancy(forge).measured()).isEqualTo(new Measured(2_790, 8_201, 10_000.0, "ms"));
  }

  @Test
  void redundancyNobodyLookedAtIsUndetermined() {
    assertThat(redundancy(Drills.powerOff().without(Event.Standbys.class)).verdict())
        .isEqualTo(UNDETERMINED);
    assertThat(redundancy(Drills.powerOff().without(e -> standbysFrom(e, 39_000))).verdict())
        .isEqualTo(UNDETERMINED);
    assertThat(redundancy(Drills.powerOff().without(Event.Healed.class)).verdict())
        .isEqualTo(UNDETERMINED);
    assertThat(redundancy(Drills.powerOff().key(44_000, "pg3", 9)).verdict())
        .isEqualTo(UNDETERMINED);
  }

  @Test
  void notYetRestoredWithinTheTargetIsUndetermined() {
    Forge forge = Drills.powerOff().without(e -> standbysFrom(e, 31_000));
    forge.without(e -> e.at().startNs() >= 31_000 * Forge.MS && !(e instanceof Event.Closed));
    assertThat(redundancy(forge).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void steadyLoadOnBothSidesIsMet() {
    assertThat(load(Drills.powerOff())).isEqualTo(MET);
  }

  @Test
  void anIdleRunIsUndetermined() {
    assertThat(load(routedWithout(0, 60_000))).isEqualTo(UNDETERMINED);
    assertThat(load(routedWithout(0, 9_900))).isEqualTo(UNDETERMINED);
    assertThat(load(routedWithout(20_000, 44_900))).isEqualTo(UNDETERMINED);
  }

  @Test
  void loadThatWentIdleJustBeforeTheFaultIsUndetermined() {
    assertThat(load(routedWithout(8_000, 9_900))).isEqualTo(UNDETERMINED);
  }

  @Test
  void aSteadyPhaseThatWasTooShortIsUndetermined() {
    Forge forge =
        Drills.powerOff().without(e -> e instanceof Event.Phase p && p.name().equals("steady"));
    assertThat(load(forge)).isEqualTo(UNDETERMINED);
    assertThat(load(forge.phase(5_001, "steady"))).isEqualTo(UNDETERMINED);
  }

  @Test
  void loadThatEndedTooSoonAfterRecoveryIsUndetermined() {
    assertThat(load(routedWithout(34_900, 60_000))).isEqualTo(UNDETERMINED);
    assertThat(load(routedWithout(35_100, 60_000))).isEqualTo(MET);
  }
}
