package io.drillyard.check;

import static io.drillyard.ledger.Event.ProbeResult.COMMITTED;
import static io.drillyard.ledger.Event.ProbeResult.READ_ONLY;
import static io.drillyard.ledger.Event.ProbeResult.UNREACHABLE;

import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.WriteOutcome;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Forges the ledger of a drill like any other, only longer: the kinds of events, their rates and
 * their order are those of a real run, and every check has to go through all of it.
 */
public final class LongDrill {
  private static final double EVENTS_PER_MS = 0.3;
  private static final double LOSS_MS = 8_000;

  private final Forge forge = new Forge();
  private final double fault;
  private final double back;
  private final double heal;
  private final double end;

  private LongDrill(int events) {
    end = Math.ceil(events / EVENTS_PER_MS / 1000) * 1000;
    fault = Math.floor(end / 2000) * 1000;
    back = fault + LOSS_MS;
    heal = fault + 20_000;
  }

  /** A ledger of about so many events, in the order of their ends. */
  public static List<Event> events(int about) {
    LongDrill drill = new LongDrill(about);
    drill.frame();
    drill.watchers();
    drill.writes();
    return drill
        .forge
        .survivors(drill.end + 1000, drill.end + 1100, "pg2", 2, Event.Write::acknowledged)
        .events()
        .stream()
        .sorted(Comparator.comparingLong(e -> e.at().endNs()))
        .toList();
  }

  /** What it is judged by. */
  public static Target target() {
    return Drills.target();
  }

  private void frame() {
    forge.opened(0).topology(0, "alpha", "a", "pg1", "pg1", "pg2", "pg3");
    forge.durable(0, "pg1", "pg2", "pg3");
    forge.phase(0, "steady").phase(fault, "fault").phase(back + 500, "recovered");
    forge.phase(heal + 20, "healed").phase(heal + 10_000, "converged").phase(end, "collect");
    forge.injected(fault, fault + 10, "loss", "power-off", "host");
    forge.witnessed(fault + 50, "loss", true, true).witnessed(heal - 50, "loss", true, true);
    forge.healed(heal, heal + 10, "loss").witnessed(heal + 100, "loss", false, false);
    forge.key(0, "pg1", 1).key(fault + 6000, null, 2).key(fault + 7000, "pg2", 3);
    for (String member : List.of("pg1", "pg2", "pg3")) {
      forge.history(end + 500, member, 2, new Event.Fork(1, Forge.lsn(fault)));
    }
    forge.wallClock(0, end + 1000).closed(end + 2000, "complete");
  }

  private void watchers() {
    for (double ms = 200; ms < fault; ms += 200) {
      forge.standbys(ms, "pg1", "pg2", "pg3");
    }
    for (double ms = heal + 200; ms < end; ms += 200) {
      if (ms < heal + 3000) {
        forge.standbys(ms, "pg2", "pg3");
      } else {
        forge.standbys(ms, "pg2", "pg1", "pg3");
      }
    }
    // Four rounds of one look each 100 ms: one each 25 ms.
    for (int shift = 0; shift < 100; shift += 25) {
      forge.probes(shift, fault, "pg1", COMMITTED, 1);
      forge.probes(fault + shift, heal, "pg1", UNREACHABLE, 0);
      forge.probes(heal + shift, end, "pg1", READ_ONLY, 2);
      forge.probes(shift, back - 500, "pg2", READ_ONLY, 1);
      forge.probes(back - 500 + shift, end, "pg2", COMMITTED, 2);
      forge.probes(shift, end, "pg3", READ_ONLY, 1);
    }
  }

  /** A hundred routed writes a second, and twenty of each pinned writer. */
  private void writes() {
    for (double ms = 0; ms < end; ms += 10) {
      boolean lost = ms >= fault && ms < back;
      String member = ms < fault ? "pg1" : "pg2";
      write(ms, "routed@a", null, lost ? WriteOutcome.UNKNOWN : WriteOutcome.ACKNOWLEDGED, member);
      if (ms % 50 == 0) {
        pinned(ms, "pg1", ms < fault, ms < fault || ms >= heal);
        pinned(ms, "pg2", ms >= back, true);
        pinned(ms, "pg3", false, true);
      }
    }
  }

  private void pinned(double ms, String member, boolean primary, boolean on) {
    WriteOutcome outcome =
        primary ? WriteOutcome.ACKNOWLEDGED : on ? WriteOutcome.REFUSED : WriteOutcome.UNKNOWN;
    write(ms, "pinned:" + member + "@a", member, outcome, member);
  }

  private void write(
      double ms, String writer, @Nullable String pinnedTo, WriteOutcome outcome, String member) {
    boolean served = outcome == WriteOutcome.ACKNOWLEDGED;
    int timeline = ms < fault ? 1 : 2;
    forge.write(
        ms,
        ms + Forge.TOOK_MS,
        writer,
        pinnedTo,
        outcome,
        served ? member : null,
        served ? timeline : 0,
        served ? Forge.lsn(ms) : 0);
  }
}
