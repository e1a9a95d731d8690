package io.drillyard.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.WriteOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the harness stood still, to the nanosecond. */
class HarnessStallsTest {
  private static final long LONG = HarnessStalls.LONG_NS;

  private static Event.Stalled until(long endNs, long lateNs) {
    return new Event.Stalled(new Interval(endNs - lateNs - 5, endNs), lateNs);
  }

  private static HarnessStalls stalls(Event.Stalled... written) {
    Forge forge = new Forge().opened(0);
    List.of(written).forEach(forge::add);
    return new HarnessStalls(forge.history());
  }

  @Test
  void aStallLiesBeforeItsEnd() {
    HarnessStalls stalls = stalls(until(1000, 100), until(2000, 0), until(1050, 100));
    assertThat(stalls.within(0, 3000)).as("what overlaps counts once").isEqualTo(150);
    assertThat(stalls.within(0, 950)).isEqualTo(50);
    assertThat(stalls.within(1050, 3000)).isZero();
    assertThat(stalls.before(950)).isEqualTo(50);
    assertThat(stalls.before(5000)).isEqualTo(150);
  }

  @Test
  void onlyLongOnesTellOfAStarvedMachine() {
    HarnessStalls stalls =
        stalls(until(LONG * 2, LONG), until(LONG * 4, LONG - 1), until(LONG * 8, LONG + 1));
    assertThat(stalls.longWithin(0, LONG * 9)).isEqualTo(2 * LONG + 1);
    assertThat(stalls.within(0, LONG * 9)).isEqualTo(3 * LONG);
    assertThat(stalls.longWithin(LONG * 3, LONG * 4)).isZero();
  }

  @Test
  void whatTouchesAWindowCountsWhole() {
    HarnessStalls stalls = stalls(until(1000, 100));
    assertThat(stalls.touching(new Interval(950, 960))).isEqualTo(100);
    assertThat(stalls.touching(new Interval(1000, 1200))).as("its end").isEqualTo(100);
    assertThat(stalls.touching(new Interval(1001, 1200))).isZero();
    assertThat(stalls.touching(new Interval(500, 900))).as("its beginning").isEqualTo(100);
    assertThat(stalls.touching(new Interval(500, 899))).isZero();
  }

  @Test
  void aLongStallTouchesAlsoAMoment() {
    HarnessStalls stalls = stalls(until(LONG * 2, LONG), until(LONG * 5, LONG - 1));
    long from = LONG;
    long to = LONG * 2;
    assertThat(stalls.longTouching(new Interval(to, to))).isTrue();
    assertThat(stalls.longTouching(new Interval(to + 1, to + 1))).isFalse();
    assertThat(stalls.longTouching(new Interval(from, from))).isTrue();
    assertThat(stalls.longTouching(new Interval(from - 1, from - 1))).isFalse();
    assertThat(stalls.longTouching(new Interval(LONG * 5, LONG * 5))).as("a short one").isFalse();
  }

  @Test
  void whatIsSeenLateIsLateByLongStallsBetweenAndAllThatTouchTheLook() {
    Interval origin = new Interval(10, 10);
    // A short stall between counts only where it touches the look.
    HarnessStalls small = stalls(until(1000, 100));
    assertThat(small.late(origin, new Interval(2000, 2000))).isZero();
    assertThat(small.late(origin, new Interval(1000, 2000))).isEqualTo(100);
    assertThat(small.late(origin, new Interval(1001, 2000))).isZero();
    assertThat(small.late(origin, new Interval(800, 900))).as("up to the look").isZero();
    assertThat(small.late(origin, new Interval(800, 930))).isEqualTo(30);
    HarnessStalls large = stalls(until(LONG * 2, LONG));
    assertThat(large.late(origin, new Interval(LONG * 3, LONG * 3))).isEqualTo(LONG);
    HarnessStalls nearly = stalls(until(LONG * 2, LONG - 1));
    assertThat(nearly.late(origin, new Interval(LONG * 3, LONG * 3))).isZero();
  }

  @Test
  void idleTimesAreAddedToThem() {
    HarnessStalls stalls = stalls(until(1000, 100));
    assertThat(stalls.and(List.of())).isSameAs(stalls);
    HarnessStalls more = stalls.and(List.of(new Interval(2000, 2500)));
    assertThat(more.within(0, 5000)).isEqualTo(600);
    assertThat(stalls.within(0, 5000)).isEqualTo(100);
  }

  private static List<Interval> idle(Forge forge) {
    LedgerViews history = forge.history();
    return new HarnessStalls(history).idle(history.writes());
  }

  @Test
  void whoSendsNothingForLongIsIdle() {
    assertThat(idle(new Forge().opened(0))).isEmpty();
    assertThat(idle(Drills.powerOff().without(Event.Write.class))).isEmpty();
    assertThat(idle(writesUntil394Then(594))).as("200 ms between").isEmpty();
    assertThat(idle(writesUntil394Then(594.001))).containsExactly(Forge.at(394, 594.001));
    assertThat(idle(writesAt(0, 1000, 2000, 3000))).as("once in a second").isEmpty();
  }

  @Test
  void whatIsStillOnItsWayIsNotIdle() {
    Forge forge = writesUntil394Then(900);
    forge.write(5, 880, "c2", null, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    assertThat(idle(forge)).isEmpty();
  }

  @Test
  void aStallOfTheHarnessIsNoIdleTimeOfTheClients() {
    Forge forge = writesUntil394Then(694);
    assertThat(idle(forge)).containsExactly(Forge.at(394, 694));
    forge.add(until(500_000_000, 100_000_000));
    assertThat(idle(forge)).isEmpty();
  }

  /** Writes every 10 ms, each 4 ms long, and one later. */
  private static Forge writesUntil394Then(double lastMs) {
    double[] starts = new double[41];
    for (int i = 0; i < 40; i++) {
      starts[i] = i * 10;
    }
    starts[40] = lastMs;
    return writesAt(starts);
  }

  private static Forge writesAt(double... starts) {
    Forge forge = new Forge().opened(0);
    for (double start : starts) {
      forge.write(start, start + 4, "c1", null, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    }
    return forge;
  }
}
