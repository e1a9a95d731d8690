package io.drillyard.check;

import static io.drillyard.check.Drills.ALL_ACKS;
import static io.drillyard.check.Drills.BACK;
import static io.drillyard.check.Drills.END;
import static io.drillyard.check.Drills.FAULT;
import static io.drillyard.check.Drills.HEAL;
import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Finding.Measured;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.WriteOutcome;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** When service counts as back after the last heal, and why that may not be known. */
final class ServiceReturnedTest {
  private static Finding judge(Forge forge, Target target) {
    return Drills.judge(ServiceReturned.NAME, forge, target);
  }

  private static String why(Forge forge) {
    return Drills.why(ServiceReturned.NAME, forge, Drills.target());
  }

  private static Measured measured(Forge forge) {
    return Objects.requireNonNull(judge(forge, Drills.target()).measured());
  }

  private static Forge routedUntil(double ms) {
    return Drills.lostPrimary()
        .without(e -> e instanceof Event.Write && e.at().startNs() >= ms * Forge.MS)
        .renumbered();
  }

  /** Nothing is served from the fault until a write that returns at that moment. */
  private static Forge backAt(double sentMs, double returnedMs) {
    Forge forge = routedUntil(FAULT).failing(FAULT + 20, sentMs - 10, WriteOutcome.REFUSED);
    forge.write(sentMs, returnedMs, "routed@a", null, WriteOutcome.ACKNOWLEDGED, "pg2", 2);
    return Drills.readBack(forge.routed(sentMs + 30, END, "pg2", 2), ALL_ACKS);
  }

  @Test
  void serviceThatWasBackByTheHealIsNoneOfItsDoing() {
    Finding finding = judge(backAt(29_990, HEAL), Drills.target());
    assertThat(finding.summary()).isEqualTo("service was there at the last heal, and stayed");
    assertThat(finding.measured()).isEqualTo(new Measured(0, 0, 20_000.0, "ms"));
    assertThat(finding.parts()).containsKey("longest-gap");
  }

  @Test
  void serviceThatCameBackAfterItIsMeasuredFromIt() {
    Finding finding = judge(backAt(33_000, 33_004), Drills.target());
    assertThat(finding.measured()).isEqualTo(new Measured(2_990, 3_004, 20_000.0, "ms"));
    assertThat(finding.summary()).isEqualTo("service was back 3.004 s after the last heal");
    assertThat(judge(backAt(29_990, HEAL + 0.001), Drills.target()).summary())
        .startsWith("service was back 0.000 s");
  }

  @Test
  void aStallThatTouchesEitherEndWidensTheInterval() {
    assertThat(stalled(32_900, 33_000)).isEqualTo(new Measured(2_890, 3_004, 20_000.0, "ms"));
    assertThat(stalled(32_960, 32_999)).isEqualTo(new Measured(2_990, 3_004, 20_000.0, "ms"));
    assertThat(stalled(32_899, 32_999)).isEqualTo(new Measured(2_890, 3_004, 20_000.0, "ms"));
    assertThat(stalled(33_003, 33_103)).isEqualTo(new Measured(2_989, 3_004, 20_000.0, "ms"));
    assertThat(stalled(33_005, 33_105)).isEqualTo(new Measured(2_990, 3_004, 20_000.0, "ms"));
    assertThat(stalled(30_005, 30_045)).isEqualTo(new Measured(2_990, 3_044, 20_000.0, "ms"));
    Forge two = backAt(33_000, 33_004);
    two.add(new Event.Stalled(Forge.at(32_900, 33_000), 100 * Forge.MS));
    two.add(new Event.Stalled(Forge.at(33_002, 33_052), 50 * Forge.MS));
    two.add(new Event.Stalled(Forge.at(33_003, 33_004), -50 * Forge.MS));
    assertThat(measured(two).lower()).isEqualTo(2_888);
  }

  private static Measured stalled(double from, double to) {
    Forge forge = backAt(33_000, 33_004);
    forge.add(new Event.Stalled(Forge.at(from, to), ((long) (to - from)) * Forge.MS));
    return measured(forge);
  }

  @Test
  void serviceThatNeverReturnedIsMissedOnceMoreThanTheTimeHasPassed() {
    Forge forge = routedUntil(FAULT).failing(FAULT + 20, END, WriteOutcome.REFUSED);
    Drills.readBack(forge, ALL_ACKS);
    // The last try returned at 44 984 ms; the heal ended at 30 010.
    Finding missed = judge(forge, Drills.rto(14_973));
    assertThat(missed.verdict()).isEqualTo(MISSED);
    assertThat(missed.summary())
        .isEqualTo(
            "service had not returned when the load ended, at least 14.974 s after the last heal");
    assertThat(missed.parts())
        .containsEntry("unserved-for", new Measured(14_974, 14_974, 14_973.0, "ms"));
    assertThat(judge(forge, Drills.rto(14_974)).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void whyNothingIsDecided() {
    assertThat(why(Drills.powerOff().without(Event.Write.class)))
        .isEqualTo("no routed client wrote anything");
    assertThat(why(Drills.powerOff().without(Event.Injected.class)))
        .isEqualTo("no fault was injected");
    assertThat(why(Drills.powerOff().without(Event.Healed.class)))
        .isEqualTo("a fault was never healed");
    assertThat(why(Drills.lostPrimary()))
        .isEqualTo(
            "which acknowledgements survive is not known: the surviving rows were not read back");
    assertThat(why(Drills.readBack(Drills.lostPrimary(), w -> false)))
        .isEqualTo("no routed write was acknowledged and survived in the whole run");
    Forge gone =
        Drills.lostPrimary()
            .without(
                e ->
                    e instanceof Event.Write
                        && e.at().startNs() >= 9_000 * Forge.MS
                        && e.at().startNs() < FAULT * Forge.MS)
            .renumbered();
    assertThat(why(Drills.readBack(gone, ALL_ACKS)))
        .isEqualTo("service was not there when the first fault was injected");
  }

  @Test
  void aClientMustTryAfterTheHealAndUntilTheLoadEnds() {
    assertThat(why(only(HEAL + 10)))
        .isEqualTo("writer 'routed@a' tried nothing after the last heal");
    assertThat(judge(only(HEAL + 10.001), Drills.target()).verdict()).isEqualTo(MET);
    assertThat(judge(second(42_984), Drills.target()).verdict()).isEqualTo(MET);
    assertThat(why(second(42_983))).isEqualTo("writer 'routed@b' stopped before the load ended");
  }

  private static Forge only(double lastReturnedMs) {
    Forge forge = routedUntil(29_980);
    forge.write(30_000, lastReturnedMs, "routed@a", null, WriteOutcome.ACKNOWLEDGED, "pg2", 2);
    return Drills.readBack(forge, ALL_ACKS);
  }

  private static Forge second(double lastReturnedMs) {
    Forge forge = Drills.lostPrimary();
    for (double ms = 5; ms < FAULT; ms += 20) {
      forge.write(ms, ms + 4, "routed@b", null, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    }
    for (double ms = BACK; ms < lastReturnedMs - 20; ms += 20) {
      forge.write(ms, ms + 4, "routed@b", null, WriteOutcome.ACKNOWLEDGED, "pg2", 2);
    }
    double last = lastReturnedMs - 4;
    forge.write(last, lastReturnedMs, "routed@b", null, WriteOutcome.ACKNOWLEDGED, "pg2", 2);
    return Drills.readBack(forge, ALL_ACKS);
  }
}
