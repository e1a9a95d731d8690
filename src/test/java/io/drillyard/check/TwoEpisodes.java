package io.drillyard.check;

import static io.drillyard.ledger.Event.ProbeResult.COMMITTED;
import static io.drillyard.ledger.Event.ProbeResult.READ_ONLY;

import io.drillyard.declaration.Disruption;
import io.drillyard.declaration.FailoverMode;
import io.drillyard.declaration.Objective;
import io.drillyard.declaration.Rpo;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.EpisodeBegan;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.WriteOutcome;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * A forged ledger of two episodes: pg1 is lost and comes back, pg2 serves; then a switchover gives
 * the lead back to pg1.
 */
public final class TwoEpisodes {
  /** What every acknowledged write is in. */
  public static final Predicate<Event.Write> ALL = Event.Write::acknowledged;

  private static final double READ = 46_000;
  static final double SECOND = 47_000;
  private static final double ORDER = 60_000;
  private static final double SERVED = 60_800;
  private static final double STOP = 100_000;
  private static final Event.Fork AGAIN = new Event.Fork(2, Forge.lsn(ORDER + 300));

  public static Target second() {
    return Drills.target(
        new Objective(
            Disruption.PLANNED_MAINTENANCE,
            FailoverMode.AUTOMATIC,
            Duration.ofSeconds(20),
            new Rpo.Transactions(0),
            Duration.ofSeconds(10),
            true));
  }

  /** What the first read-back holds, and what the second does. */
  public static Forge ledger(Predicate<Event.Write> first, Predicate<Event.Write> last) {
    Forge forge = Drills.lostPrimary().without(Event.Closed.class);
    // The load goes on while the first episode is collected.
    Drills.readBack(forge.routed(Drills.END, READ, "pg2", 2), first);
    forge.add(
        new EpisodeBegan(
            new Interval((long) (SECOND * Forge.MS), (long) (SECOND * Forge.MS)), 2, "back"));
    forge.topology(SECOND + 10, "alpha", "a", "pg2", "pg1", "pg2", "pg3");
    forge.phase(SECOND + 100, "steady").phase(ORDER, "fault").phase(90_000, "converged");
    forge.phase(STOP, "collect");
    forge.injected(ORDER, ORDER + 5, "order", "switchover", "order");
    forge.answered(ORDER, ORDER + 900, "order", null, 200, "Successfully switched over to \"pg1\"");
    forge.routed(READ, ORDER, "pg2", 2).failing(ORDER + 20, SERVED, WriteOutcome.REFUSED);
    forge.routed(SERVED, STOP, "pg1", 3);
    forge.probes(Drills.END, ORDER + 200, "pg2", COMMITTED, 2);
    forge.probes(ORDER + 200, STOP, "pg2", READ_ONLY, 3);
    forge.probes(Drills.END, ORDER + 400, "pg1", READ_ONLY, 2);
    forge.probes(ORDER + 400, STOP, "pg1", COMMITTED, 3);
    forge.probes(Drills.END, STOP, "pg3", READ_ONLY, 2).key(ORDER + 400, "pg1", 4);
    for (double ms = Drills.END; ms < ORDER; ms += 200) {
      forge.standbys(ms, "pg2", "pg1", "pg3");
    }
    for (double ms = ORDER + 1_000; ms < STOP; ms += 200) {
      forge.standbys(ms, "pg1", "pg2", "pg3");
    }
    for (String member : new String[] {"pg1", "pg2", "pg3"}) {
      forge.history(STOP + 500, member, 3, Drills.FORK, AGAIN);
    }
    forge.durable(STOP + 100, "pg1").archiveEnded(STOP + 510, "pg1", 3);
    forge.services(STOP + 700, "pg1", "pg2", "pg3").repository(STOP + 600, "one", "two");
    forge.wallClock(46_100, STOP + 1_000).closed(STOP + 2_000, "complete");
    return forge.survivors(STOP + 800, STOP + 900, "pg1", 3, last);
  }

  private TwoEpisodes() {}

  /** What the first episode is judged by. */
  public static Target first() {
    return Drills.target();
  }
}
