package io.drillyard.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Fewer labs while the machine does too much at once, and more again when it is quiet. */
class LabSlotsTest {
  private long nowNs;
  private OptionalDouble waiting = OptionalDouble.of(0.1);
  private final LabSlots slots = new LabSlots(3, () -> nowNs, () -> waiting);

  private static Event stall(Duration late) {
    return new Event.Stalled(Interval.instant(1), late.toNanos());
  }

  private void enter(int labs) {
    for (int i = 0; i < labs; i++) {
      assertThat(slots.tryEnter()).isTrue();
    }
  }

  private void passes(Duration time) {
    nowNs += time.toNanos();
  }

  @Test
  void asManyAsWereAskedFor() {
    enter(3);
    assertThat(slots.tryEnter()).isFalse();
    slots.leave();
    assertThat(slots.tryEnter()).isTrue();
  }

  @Test
  void aShortStallChangesNothing() {
    enter(3);
    slots.saw(stall(LabSlots.STALL.minusNanos(1)));
    slots.saw(new Event.Phase(Interval.instant(1), "fault"));
    assertThat(slots.allowed()).isEqualTo(3);
  }

  /** Three stall together: that is one reason to run one fewer, not three. */
  @Test
  void whatRunsGoesOnAndTheNextOneWaits() {
    enter(3);
    slots.saw(stall(LabSlots.STALL));
    slots.saw(stall(LabSlots.STALL));
    slots.saw(stall(LabSlots.STALL));
    assertThat(slots.allowed()).isEqualTo(2);
    slots.leave();
    assertThat(slots.tryEnter()).isFalse();
    // Two run, and it goes on: one is left.
    slots.saw(stall(LabSlots.STALL));
    assertThat(slots.allowed()).isEqualTo(1);
    slots.leave();
    assertThat(slots.tryEnter()).isFalse();
    slots.leave();
    assertThat(slots.tryEnter()).isTrue();
    slots.saw(stall(Duration.ofSeconds(5)));
    assertThat(slots.allowed()).isEqualTo(1);
  }

  @Test
  void oneMoreAfterEachQuietWhile() {
    enter(3);
    slots.saw(stall(LabSlots.STALL));
    slots.leave();
    slots.saw(stall(LabSlots.STALL));
    slots.leave();
    passes(LabSlots.QUIET.minusNanos(1));
    assertThat(slots.tryEnter()).isFalse();
    passes(Duration.ofNanos(1));
    assertThat(slots.tryEnter()).isTrue();
    assertThat(slots.allowed()).isEqualTo(2);
    assertThat(slots.tryEnter()).isFalse();
    passes(LabSlots.QUIET);
    assertThat(slots.tryEnter()).isTrue();
    passes(LabSlots.QUIET);
    assertThat(slots.tryEnter()).as("never more than were asked for").isFalse();
  }

  @Test
  void aMachineOnWhichOthersWaitIsNotQuiet() {
    enter(3);
    slots.saw(stall(LabSlots.STALL));
    slots.leave();
    passes(LabSlots.QUIET);
    waiting = OptionalDouble.of(LabSlots.PRESSURE_MAX + 0.01);
    assertThat(slots.tryEnter()).isFalse();
    waiting = OptionalDouble.empty();
    assertThat(slots.tryEnter()).isTrue();
  }

  @Test
  void theKernelsWordsAreRead() {
    assertThat(
            LabSlots.pressure(
                "some avg10=75.70 avg60=82.24 avg300=90.42 total=4285641345\nfull avg10=0.00\n"))
        .hasValue(0.757);
    assertThat(LabSlots.pressure("nothing")).isEmpty();
  }
}
