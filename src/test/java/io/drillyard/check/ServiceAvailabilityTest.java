package io.drillyard.check;

import static io.drillyard.check.Drills.BACK;
import static io.drillyard.check.Drills.END;
import static io.drillyard.check.Drills.FAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.WriteOutcome;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** When clients were served, in numbers: fifty writes a second, the fault at 10 s. */
class ServiceAvailabilityTest {
  private static ServiceAvailability of(Forge forge, Target target) {
    LedgerViews history = forge.history();
    return new ServiceAvailability(history, target, history.faults().injected().getFirst(), null);
  }

  private static ServiceAvailability of(Forge forge) {
    return of(forge, Drills.target());
  }

  private static Forge read(Forge forge) {
    Forge copy = new Forge();
    forge.events().forEach(copy::add);
    return Drills.readBack(copy.renumbered(), Drills.ALL_ACKS);
  }

  private static Forge silentFrom(double ms) {
    return Drills.lostPrimary()
        .without(
            e -> e instanceof Event.Write w && w.routed() && w.at().startNs() >= ms * Forge.MS);
  }

  private static long ns(double ms) {
    return (long) (ms * Forge.MS);
  }

  @Test
  void anOutageBeginsWithTheLastAcknowledgementAndEndsWithTheNext() {
    ServiceAvailability of = of(Drills.powerOff());
    assertThat(of.problem()).isNull();
    assertThat(of.outages()).hasSize(1);
    ServiceAvailability.Outage one = of.outages().getFirst();
    assertThat(one.startNs()).isEqualTo(ns(FAULT - 16));
    assertThat(one.endNs()).isEqualTo(ns(BACK + 4));
    assertThat(of.certainOutages()).isEqualTo(of.outages());
    assertThat(of.stillOut()).isFalse();
    assertThat(of.certainlyStillOut()).isFalse();
    assertThat(of.longestGapNs()).isEqualTo(ns(BACK + 4) - ns(FAULT - 16));
    assertThat(of.lastSeenNs()).isEqualTo(ns(END - 16));
    assertThat(Objects.requireNonNull(of.last()).at().endNs()).isEqualTo(ns(END - 16));
    assertThat(of.lastServed()).isEqualTo(of.last());
    assertThat(Objects.requireNonNull(of.firstAtNewMember()).at().endNs()).isEqualTo(ns(BACK + 4));
    assertThat(Objects.requireNonNull(of.firstFailure()).at().startNs()).isEqualTo(ns(FAULT + 20));
    // Nothing was served of 399 writes, and the one at 18 s was.
    assertThat(Objects.requireNonNull(of.servedShare())).isCloseTo(1.0 / 400, within(1e-9));
  }

  @Test
  void whatFailedLastBeforeAMomentIsFound() {
    ServiceAvailability of = of(Drills.powerOff());
    assertThat(Objects.requireNonNull(of.lastFailureBefore(ns(BACK))).at().endNs())
        .isEqualTo(ns(BACK - 16));
    assertThat(Objects.requireNonNull(of.lastFailureBefore(ns(BACK - 16))).at().endNs())
        .as("it returned at that moment, not before it")
        .isEqualTo(ns(BACK - 36));
    assertThat(of.lastFailureBefore(ns(FAULT + 24))).isNull();
  }

  @Test
  void whereNothingFollowsNothingWasServed() {
    Forge forge = read(silentFrom(BACK).failing(BACK, END, WriteOutcome.REFUSED));
    ServiceAvailability of = of(forge);
    assertThat(of.outages()).isEmpty();
    assertThat(of.stillOut()).isTrue();
    assertThat(of.certainlyStillOut()).isTrue();
    assertThat(of.servedShare()).isZero();
    assertThat(of.unservedUntilNs()).as("until the end").isEqualTo(ns(END - 16));
    assertThat(Objects.requireNonNull(of.lastServed()).at().endNs()).isEqualTo(ns(FAULT - 16));
    // One of the last two seconds may have begun a span of service.
    Forge late =
        read(
            silentFrom(BACK)
                .failing(BACK, END - 2_000, WriteOutcome.REFUSED)
                .routed(END - 2_000, END, "pg2", 2));
    assertThat(of(late).unservedUntilNs()).isEqualTo(ns(END - 16) - ns(3_000));
  }

  @Test
  void whetherAnythingWasServedRightBefore() {
    Forge forge = Drills.powerOff();
    Event.Injected fault = forge.history().faults().injected().getFirst();
    assertThat(of(forge).servedAt(fault)).isTrue();
    long threshold = ServiceAvailability.thresholdNs(Drills.target());
    // The last acknowledgement as long before as the threshold is, and a nanosecond earlier.
    for (long more = 0; more < 2; more++) {
      long startNs = ns(FAULT) - threshold - ns(4) - more;
      Forge gap =
          Drills.lostPrimary()
              .without(e -> e instanceof Event.Write w && w.routed() && w.at().endNs() < ns(FAULT));
      gap.write(
          startNs / 1e6, startNs / 1e6 + 4, "routed@a", null, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
      assertThat(of(read(gap)).servedAt(fault)).isEqualTo(more == 0);
    }
  }

  @Test
  void theHarnesssOwnStallIsNoOutageForCertain() {
    // From 30 s to 34 s nothing was sent, because the harness stood still.
    Forge forge =
        Drills.lostPrimary()
            .without(
                e ->
                    e instanceof Event.Write w
                        && w.routed()
                        && w.at().startNs() >= ns(30_000)
                        && w.at().startNs() < ns(34_000));
    forge.add(new Event.Stalled(new Interval(ns(33_990), ns(34_000)), ns(4_000)));
    ServiceAvailability of = of(read(forge));
    assertThat(of.outages()).hasSize(2);
    assertThat(of.certainOutages()).hasSize(1);
    assertThat(of.stalls().before(ns(END))).isGreaterThanOrEqualTo(ns(4_000));
  }

  @Test
  void whereLessWasTriedLessIsAskedFor() {
    // From 30 s on every third write is sent, and all of them are served.
    Forge forge =
        Drills.lostPrimary()
            .without(
                e ->
                    e instanceof Event.Write w
                        && w.routed()
                        && w.at().startNs() >= ns(30_000)
                        && w.at().startNs() / ns(20) % 3 != 0);
    // A gap of 3 s within that time, in which all fail.
    Forge gap =
        forge.each(
            Event.Write.class,
            w ->
                w.routed() && w.at().startNs() >= ns(34_000) && w.at().startNs() < ns(37_000)
                    ? new Event.Write(
                        w.at(),
                        w.scheduledNs(),
                        w.writer(),
                        w.site(),
                        null,
                        w.sequence(),
                        WriteOutcome.REFUSED,
                        null,
                        0,
                        0,
                        w.xid(),
                        "08006",
                        null)
                    : w);
    ServiceAvailability of = of(read(gap));
    assertThat(of.certainOutages()).hasSize(2);
    ServiceAvailability.Outage second = of.certainOutages().getLast();
    assertThat(second.startNs()).isBetween(ns(33_900), ns(34_010));
    assertThat(second.endNs()).isBetween(ns(37_000), ns(37_070));
    assertThat(of.certainlyStillOut()).isFalse();
  }
}
