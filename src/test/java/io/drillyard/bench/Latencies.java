package io.drillyard.bench;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Ledger;
import java.util.ArrayList;
import java.util.List;

/** Keeps nothing of a load but how long each acknowledged write took, from when it was due. */
final class Latencies implements Ledger {
  private record Write(long dueNs, double milliseconds) {}

  private final long originNanoTime = System.nanoTime();
  private final List<Write> writes = new ArrayList<>();
  private long others;

  @Override
  public long now() {
    return System.nanoTime() - originNanoTime;
  }

  @Override
  public synchronized void append(Event event) {
    if (event instanceof Event.Write write) {
      if (write.acknowledged()) {
        double took = (write.at().endNs() - write.scheduledNs()) / 1e6;
        writes.add(new Write(write.scheduledNs(), took));
      } else {
        others++;
      }
    }
  }

  /** Of the writes that were due in this window. */
  synchronized Spread between(long fromNs, long toNs) {
    return Spread.of(
        writes.stream()
            .filter(w -> w.dueNs() >= fromNs && w.dueNs() < toNs)
            .map(Write::milliseconds)
            .toList());
  }

  /** Writes that were not acknowledged. */
  synchronized long others() {
    return others;
  }
}
