package io.drillyard.check;

import static io.drillyard.ledger.Event.ProbeResult.COMMITTED;
import static io.drillyard.ledger.Event.ProbeResult.READ_ONLY;
import static io.drillyard.ledger.Event.ProbeResult.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.declaration.Disruption;
import io.drillyard.declaration.FailoverMode;
import io.drillyard.declaration.Objective;
import io.drillyard.declaration.Rpo;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.WriteOutcome;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The drills that tests start from: sound in themselves, then spoilt one way each. */
final class Drills {
  static final double FAULT = 10_000;
  static final double BACK = 18_000;
  static final double HEAL = 30_000;
  static final double END = 45_000;
  static final Event.Fork FORK = new Event.Fork(1, Forge.lsn(FAULT));
  static final Predicate<Event.Write> ALL_ACKS = Event.Write::acknowledged;

  private Drills() {}

  /** pg1 loses power at 10 s, pg2 serves from 18 s on timeline 2, power returns at 30 s. */
  static Forge powerOff() {
    return readBack(lostPrimary(), ALL_ACKS);
  }

  /** The same without the read-back, for tests that add writes of their own. */
  static Forge lostPrimary() {
    Forge forge =
        frame().routed(0, FAULT, "pg1", 1).failing(FAULT + 20, BACK, WriteOutcome.UNKNOWN);
    forge.routed(BACK, END, "pg2", 2);
    forge.probes(0, FAULT, "pg1", COMMITTED, 1).probes(FAULT, HEAL, "pg1", UNREACHABLE, 0);
    forge.probes(HEAL, END, "pg1", READ_ONLY, 2);
    return promotedPg2(forge);
  }

  /** Patroni frozen on pg1: the old primary goes on accepting pinned writes until the heal. */
  static Forge frozen(double oldPrimaryUntil) {
    Forge forge =
        frame().routed(0, FAULT, "pg1", 1).failing(FAULT + 20, BACK, WriteOutcome.REFUSED);
    forge.routed(BACK, END, "pg2", 2).pinned(0, oldPrimaryUntil, "pg1", 1);
    forge.probes(0, oldPrimaryUntil, "pg1", COMMITTED, 1);
    forge.probes(oldPrimaryUntil, END, "pg1", READ_ONLY, 2);
    // Its host goes on, as a host without power would not.
    forge.described("freeze-patroni", "Patroni on the primary is frozen (SIGSTOP)", "pg1");
    return promotedPg2(forge);
  }

  /** What both have in common: frame, watchers, and the second member's promotion. */
  private static Forge promotedPg2(Forge forge) {
    forge.probes(0, BACK - 500, "pg2", READ_ONLY, 1).probes(BACK - 500, END, "pg2", COMMITTED, 2);
    forge.probes(0, END, "pg3", READ_ONLY, 1);
    forge.durable(45_100, "pg2").archiveEnded(45_510, "pg2", 2);
    forge.key(0, "pg1", 1).key(16_000, null, 2).key(17_000, "pg2", 3);
    for (String member : new String[] {"pg1", "pg2", "pg3"}) {
      forge.history(45_500, member, 2, FORK);
    }
    return forge;
  }

  private static Forge frame() {
    Forge forge = new Forge().opened(0).topology(0, "alpha", "a", "pg1", "pg1", "pg2", "pg3");
    forge.durable(0, "pg1", "pg2", "pg3").services(45_700, "pg1", "pg2", "pg3");
    forge.repository().repository(1, "one").repository(45_600, "one", "two");
    forge.phase(0, "steady").phase(FAULT, "fault").phase(BACK + 500, "recovered");
    forge.phase(HEAL + 20, "healed").phase(40_000, "converged").phase(END, "collect");
    forge.injected(FAULT, FAULT + 10, "loss", "power-off", "host");
    forge.witnessed(FAULT + 50, "loss", true, true).witnessed(HEAL - 50, "loss", true, true);
    forge.healed(HEAL, HEAL + 10, "loss").witnessed(HEAL + 100, "loss", false, false);
    for (double ms = 200; ms < FAULT; ms += 200) {
      forge.standbys(ms, "pg1", "pg2", "pg3");
    }
    for (double ms = HEAL + 200; ms < END; ms += 200) {
      if (ms < 33_000) {
        forge.standbys(ms, "pg2", "pg3");
      } else {
        forge.standbys(ms, "pg2", "pg1", "pg3");
      }
    }
    return forge.wallClock(0, 46_000).closed(47_000, "complete");
  }

  static Forge readBack(Forge forge, Predicate<Event.Write> present) {
    return forge.survivors(46_000, 46_100, "pg2", 2, present);
  }

  /** A switchover ordered at 10 s, pg2 serves from 10.8 s. */
  static Forge switchover() {
    Forge forge =
        lostPrimary()
            .without(Event.Injected.class)
            .without(Event.Healed.class)
            .without(Event.Witnessed.class)
            .without(Event.LeaderKey.class);
    forge.injected(FAULT, FAULT + 1500, "order", "switchover", "order");
    forge.answered(FAULT, 17_200, "order", null, 200, "Successfully switched over to \"pg2\"");
    forge.key(0, "pg1", 1).key(17_000, "pg2", 2);
    return readBack(forge, ALL_ACKS);
  }

  /**
   * pg2 is promoted by hand at 10 s and accepts commits until 12 s; pg1 leads and serves all along,
   * and pg2 follows it again from 13 s.
   */
  static Forge byHand() {
    Forge forge = frame().without(Event.Injected.class).without(Event.Healed.class);
    forge.without(Event.Witnessed.class).without(Event.Standbys.class);
    forge.injected(FAULT, FAULT + 10, "hand", "promoted-by-hand", "operator");
    forge.each(
        Event.Injected.class,
        i -> new Event.Injected(i.at(), i.fault(), i.type(), i.plane(), i.targets(), "x", true));
    forge.witnessed(FAULT + 20, "hand", true, true);
    forge.routed(0, END, "pg1", 1).pinned(FAULT + 100, 12_000, "pg2", 2);
    forge.probes(0, END, "pg1", COMMITTED, 1).probes(0, END, "pg3", READ_ONLY, 1);
    forge.probes(0, FAULT, "pg2", READ_ONLY, 1).probes(FAULT + 100, 12_000, "pg2", COMMITTED, 2);
    forge.probes(12_000, 13_000, "pg2", UNREACHABLE, 0).probes(13_000, END, "pg2", READ_ONLY, 1);
    forge.durable(45_100, "pg1").archiveEnded(45_510, "pg1", 1);
    forge.key(0, "pg1", 1).history(FAULT + 150, "pg2", 2, FORK);
    for (double ms = 200; ms < END; ms += 200) {
      boolean all = ms < FAULT || ms >= 13_000;
      forge.standbys(ms, "pg1", all ? new String[] {"pg2", "pg3"} : new String[] {"pg3"});
    }
    for (String member : new String[] {"pg1", "pg2", "pg3"}) {
      forge.history(45_500, member, 1);
    }
    return forge;
  }

  static Target target() {
    return target(20_000, new Rpo.Transactions(0), true, FailoverMode.AUTOMATIC, null);
  }

  static Target target(
      long rtoMs,
      Rpo rpo,
      boolean servesWhileHeld,
      FailoverMode failover,
      @Nullable String control) {
    return new Target(
        "orders",
        new Objective(
            Disruption.NODE_LOSS,
            failover,
            Duration.ofMillis(rtoMs),
            rpo,
            Duration.ofSeconds(10),
            servesWhileHeld),
        Duration.ofMillis(500),
        50,
        0.9,
        Duration.ofSeconds(5),
        true,
        control,
        "alpha");
  }

  static Target rto(long ms) {
    return target(ms, new Rpo.Transactions(0), true, FailoverMode.AUTOMATIC, null);
  }

  static Target rpo(Rpo rpo) {
    return target(20_000, rpo, true, FailoverMode.AUTOMATIC, null);
  }

  static Target failover(FailoverMode mode) {
    return target(20_000, new Rpo.Transactions(0), true, mode, null);
  }

  /** The same by another objective. */
  static Target target(Objective objective) {
    Target usual = target();
    return new Target(
        usual.context(),
        objective,
        usual.outageThreshold(),
        usual.routedRate(),
        usual.leastLoad(),
        usual.steady(),
        true,
        null,
        "alpha");
  }

  /** The same with another load to reach. */
  static Target load(double routedRate, double leastLoad, Duration steady) {
    Target usual = target();
    return new Target(
        usual.context(),
        usual.objective(),
        usual.outageThreshold(),
        routedRate,
        leastLoad,
        steady,
        true,
        null,
        "alpha");
  }

  /** Why nothing is decided; fails where something is. */
  static String why(String check, Forge forge, Target target) {
    Finding finding = judge(check, forge, target);
    assertThat(finding.verdict()).as(finding.summary()).isEqualTo(Verdict.UNDETERMINED);
    return finding.summary();
  }

  static Finding judge(String check, Forge forge, Target target) {
    return Judge.judge(java.util.List.of(check), forge.history(), target).get(0);
  }
}
