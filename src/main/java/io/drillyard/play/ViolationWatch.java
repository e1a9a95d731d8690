package io.drillyard.play;

import io.drillyard.check.LedgerViews;
import io.drillyard.check.StormFindings;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A ledger that can be judged while it is written. It keeps what a split-brain is proved by, and
 * passes everything on.
 */
final class ViolationWatch implements Ledger {
  private final Ledger ledger;
  private final Target target;
  private final List<Event> kept = new ArrayList<>();

  ViolationWatch(Ledger ledger, Target target) {
    this.ledger = ledger;
    this.target = target;
  }

  @Override
  public long now() {
    return ledger.now();
  }

  @Override
  public void append(Event event) {
    ledger.append(event);
    if (proves(event)) {
      synchronized (kept) {
        kept.add(event);
      }
    }
  }

  @Override
  public void settle() {
    ledger.settle();
  }

  /** Commits, who could have made them, and on which branch; failures prove nothing. */
  private static boolean proves(Event event) {
    return switch (event) {
      case Event.Write write -> write.acknowledged();
      case Event.Probed probe -> probe.result() == Event.ProbeResult.COMMITTED;
      case Event.Opened opened -> true;
      case Event.Topology topology -> true;
      case Event.HistorySeen seen -> true;
      case Event.Injected injected -> true;
      case Event.WallClock clock -> true;
      default -> false;
    };
  }

  /** What is certain by now, in one sentence. */
  Optional<String> violation() {
    List<Event> now;
    synchronized (kept) {
      now = List.copyOf(kept);
    }
    return StormFindings.certain(new LedgerViews(now), target);
  }
}
