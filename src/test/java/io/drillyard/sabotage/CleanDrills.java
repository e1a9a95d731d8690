package io.drillyard.sabotage;

import static io.drillyard.ledger.Event.ProbeResult.COMMITTED;
import static io.drillyard.ledger.Event.ProbeResult.READ_ONLY;
import static io.drillyard.ledger.Event.ProbeResult.UNREACHABLE;

import io.drillyard.check.Forge;
import io.drillyard.check.LedgerDeclarations;
import io.drillyard.declaration.Disruption;
import io.drillyard.declaration.FailoverMode;
import io.drillyard.declaration.Objective;
import io.drillyard.declaration.Rpo;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.WriteOutcome;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Forges truthful drills of four shapes; whatever the seed draws, the target is met. */
final class CleanDrills {
  /** What happens to the old primary. */
  enum Shape {
    /** Its host loses power, and comes back at the heal. */
    POWER_OFF,
    /** An operator orders a switchover. */
    SWITCHOVER,
    /** It is cut off, and stops by itself before another one starts. */
    CUT,
    /** Its cluster manager is frozen; it goes on for a while, and stops in time. */
    FREEZE
  }

  private static final List<String> MEMBERS = List.of("pg1", "pg2", "pg3");
  private static final List<String> CLIENTS = List.of("routed@a", "routed@b");

  private final Forge forge = new Forge();
  private final Random random;
  private final Shape shape;
  private final double fault;
  private final double stop;
  private final double back;
  private final double heal;
  private final double end;

  private CleanDrills(Shape shape, long seed) {
    this.shape = shape;
    this.random = new Random(seed);
    fault = 8_000 + random.nextInt(4_000);
    stop = fault + (shape == Shape.FREEZE ? random.nextInt(3_000) : 0);
    back =
        stop
            + (shape == Shape.SWITCHOVER
                ? 50 + random.nextInt(2_000)
                : 1_500 + random.nextInt(6_500));
    heal = shape == Shape.SWITCHOVER ? fault + 1_000 : back + 2_000 + random.nextInt(6_000);
    end = Math.max(heal, back) + 13_000 + random.nextInt(4_000);
  }

  /** A drill; the same one for the same seed. */
  static Clean of(Shape shape, long seed) {
    CleanDrills drill = new CleanDrills(shape, seed);
    drill.frame();
    drill.faulty();
    drill.watchers();
    drill.load();
    List<Event> events =
        drill
            .forge
            .survivors(drill.end + 500, drill.end + 600, "pg2", 2, drill::kept)
            .events()
            .stream()
            .sorted(Comparator.comparingLong(e -> e.at().endNs()))
            .toList();
    return new Clean(shape + " seed " + seed, events, target(shape));
  }

  static Target target(Shape shape) {
    return new Target(
        "orders",
        new Objective(
            shape == Shape.SWITCHOVER ? Disruption.PLANNED_MAINTENANCE : Disruption.NODE_LOSS,
            FailoverMode.AUTOMATIC,
            Duration.ofSeconds(12),
            new Rpo.Transactions(0),
            Duration.ofSeconds(10),
            true),
        Duration.ofMillis(500),
        50,
        0.9,
        Duration.ofSeconds(5),
        true,
        null,
        "alpha");
  }

  /** Every acknowledged write was kept, and of the unknown ones those of odd sequence. */
  private boolean kept(Event.Write w) {
    return w.acknowledged() || (w.outcome() == WriteOutcome.UNKNOWN && w.sequence() % 2 == 1);
  }

  private void frame() {
    forge.add(
        new Event.Opened(
            Forge.at(0, 0),
            io.drillyard.ledger.LedgerFormat.VERSION,
            "run-1",
            "baseline." + shape,
            "three-nodes",
            "orders",
            target(shape).objective().disruption().word(),
            "2026-11-21T00:00:00Z",
            java.util.Map.of("postgres", "18.1")));
    forge.topology(0, "alpha", "a", "pg1", "pg1", "pg2", "pg3");
    forge.add(new Event.Note(Forge.at(1, 1), "info", LedgerDeclarations.target(target(shape))));
    forge.add(
        new Event.Note(Forge.at(1, 1), "info", LedgerDeclarations.exercise(true, target(shape))));
    String name = shape == Shape.SWITCHOVER ? "order" : "loss";
    String plan = LedgerDeclarations.plan(List.of("inject '%s'".formatted(name)));
    forge.add(new Event.Note(Forge.at(1, 1), "info", plan));
    forge.durable(2, "pg1", "pg2", "pg3").durable(end + 200, "pg2");
    forge.services(end + 650, "pg1", "pg2", "pg3");
    forge.archiveEnded(end + 610, "pg2", 2);
    forge.repository().repository(3, "one").repository(end + 700, "one", "two");
    forge.phase(5, "steady").phase(fault, "fault").phase(back + 500, "recovered");
    if (shape != Shape.SWITCHOVER) {
      forge.phase(heal + 20, "healed");
    }
    forge.phase(end - 6_000, "converged").phase(end, "collect");
    forge.key(0, "pg1", 1).key(back - 40, null, 2).key(back - 30, "pg2", 3);
    for (String member : MEMBERS) {
      forge.history(end + 100, member, 2, new Event.Fork(1, Forge.lsn(stop)));
    }
    Event.Fork left = new Event.Fork(1, Forge.lsn(stop));
    told("dcs", "alpha", 0, left);
    told("repository", "backups/alpha/archive/alpha/17-1/00000002.history", 2, left);
    forge.wallClock(0, end + 1_000).closed(end + 2_000, "complete");
  }

  private void told(String source, String name, int timeline, Event.Fork fork) {
    forge.add(
        new Event.HistorySeen(
            Forge.at(end + 300, end + 310), source, name, "", timeline, List.of(fork)));
  }

  private void faulty() {
    if (shape == Shape.SWITCHOVER) {
      forge.injected(fault, fault + 30, "order", "switchover", "order");
      forge.answered(fault, back + 20, "order", null, 200, "Successfully switched over to \"pg2\"");
      return;
    }
    String type = shape == Shape.POWER_OFF ? "power-off" : shape == Shape.CUT ? "cut" : "freeze";
    forge.injected(fault, fault + 10, "loss", type, "host");
    for (String witness : List.of("pg1 and pg2", "pg1 and pg3")) {
      witnessed(fault + 40, witness, true);
      witnessed(heal - 60, witness, true);
      witnessed(heal + 100, witness, false);
    }
    forge.healed(heal, heal + 10, "loss");
  }

  private void witnessed(double ms, String witness, boolean holds) {
    forge.add(
        new Event.Witnessed(
            Forge.at(ms, ms + 1), "loss", holds, holds, witness, "looked at pg1 from " + witness));
  }

  private void watchers() {
    for (double ms = 200; ms < fault; ms += 200) {
      forge.standbys(ms, "pg1", "pg2", "pg3");
    }
    double free = Math.max(heal, back);
    for (double ms = free + 200; ms < end; ms += 200) {
      if (ms < free + 2_000) {
        forge.standbys(ms, "pg2", "pg3");
      } else {
        forge.standbys(ms, "pg2", "pg1", "pg3");
      }
    }
    forge.probes(jitter(0), stop, "pg1", COMMITTED, 1);
    double returned = shape == Shape.POWER_OFF ? heal : back;
    forge.probes(stop + 20, returned, "pg1", UNREACHABLE, 0);
    forge.probes(returned + jitter(20), end, "pg1", READ_ONLY, 2);
    forge.probes(jitter(0), back - 120, "pg2", READ_ONLY, 1);
    forge.probes(back - 15, end, "pg2", COMMITTED, 2);
    forge.probes(jitter(0), end, "pg3", READ_ONLY, 1);
  }

  private double jitter(double ms) {
    return ms + random.nextInt(20);
  }

  private void load() {
    for (double ms = 10; ms < end; ms += 20) {
      write(ms, CLIENTS.get((int) (ms / 20) % 2), null, "pg1");
      if (ms % 100 < 20) {
        for (String member : MEMBERS) {
          write(ms, "pinned:" + member + "@a", member, member);
        }
      }
    }
  }

  private void write(
      double ms, String writer, @org.jspecify.annotations.Nullable String pinnedTo, String member) {
    double took = 1 + random.nextInt(9);
    boolean old = ms + took < stop;
    boolean fresh = ms > back;
    String served = pinnedTo != null ? member : fresh ? "pg2" : "pg1";
    boolean serves = old ? served.equals("pg1") : fresh && served.equals("pg2");
    if (serves) {
      forge.write(
          ms, ms + took, writer, pinnedTo, WriteOutcome.ACKNOWLEDGED, served, fresh ? 2 : 1);
    } else {
      boolean doubtful = pinnedTo == null && ms < stop + 40;
      WriteOutcome outcome = doubtful ? WriteOutcome.UNKNOWN : WriteOutcome.REFUSED;
      forge.write(ms, ms + took, writer, pinnedTo, outcome, null, 0, 0);
    }
  }
}
