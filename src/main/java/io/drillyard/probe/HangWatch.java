package io.drillyard.probe;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.Ledger;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Says that a probe hangs while it hangs, not only once it is over: one HUNG event each time
 * another limit has passed without an answer.
 */
final class HangWatch {
  private static final long IDLE = -1;

  private final Ledger ledger;
  private final String member;
  private final long limitNs;
  private final Consumer<Event.Probed> record;
  // Guarded by this.
  private long sinceNs = IDLE;
  private long said;
  private boolean inRecovery;

  HangWatch(Ledger ledger, String member, Duration limit, Consumer<Event.Probed> record) {
    this.ledger = ledger;
    this.member = member;
    this.limitNs = limit.toNanos();
    this.record = record;
  }

  synchronized void begin(long nowNs, boolean knownInRecovery) {
    sinceNs = nowNs;
    said = 0;
    inRecovery = knownInRecovery;
  }

  synchronized void end() {
    sinceNs = IDLE;
  }

  /** Called every few milliseconds from another thread. */
  synchronized void look() {
    long nowNs = ledger.now();
    if (sinceNs == IDLE || nowNs - sinceNs < (said + 1) * limitNs) {
      return;
    }
    said = (nowNs - sinceNs) / limitNs;
    record.accept(
        new Event.Probed(
            new Interval(sinceNs, nowNs),
            member,
            Event.ProbeResult.HUNG,
            inRecovery,
            0,
            0,
            0,
            "no answer yet"));
  }
}
