package io.drillyard.probe;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.Ledger;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the leader key, put together from several watches of the same history: whichever
 * endpoint tells of a revision first is recorded, the others are not heard again.
 */
final class LeaderKey {
  private final Ledger ledger;
  private final String cluster;
  private final Consumer<Event.LeaderKey> record;
  // Guarded by this.
  private @Nullable String holder;
  private long revision;
  private long confirmedNs;

  LeaderKey(Ledger ledger, String cluster, Consumer<Event.LeaderKey> record) {
    this.ledger = ledger;
    this.cluster = cluster;
    this.record = record;
  }

  /** The revision to watch from; 0 while nothing is known. */
  synchronized long watchFrom() {
    return revision == 0 ? 0 : revision + 1;
  }

  /** The key as it was read, between that time and now. */
  synchronized void read(EtcdKey.Value value, long askedNs) {
    if (revision == 0) {
      accept(value.value(), value.modified(), ledger.since(askedNs));
      // Everything up to the answer is known now.
      revision = value.revision();
    }
    if (!behind(value)) {
      confirmedNs = Math.max(confirmedNs, askedNs);
    }
  }

  /** Whether a read tells of a change that no watch has delivered. */
  synchronized boolean behind(EtcdKey.Value value) {
    return value.revision() > revision
        && (value.value() == null ? holder != null : value.modified() > revision);
  }

  /**
   * A change that a watch delivered.
   *
   * @param late it happened before the watch was open, at any time since the key was last confirmed
   */
  synchronized void changed(EtcdKey.Value change, boolean late) {
    if (change.modified() > revision) {
      long nowNs = ledger.now();
      // Renewals that change nothing but the revision are no news.
      if (!Objects.equals(holder, change.value())) {
        accept(
            change.value(),
            change.modified(),
            late ? new Interval(Math.min(confirmedNs, nowNs), nowNs) : Interval.instant(nowNs));
      }
      revision = change.modified();
    }
  }

  /** Forgets the position, not the holder: the revisions to go on from were compacted away. */
  synchronized void jumpTo(EtcdKey.Value value) {
    if (value.revision() > revision) {
      if (!Objects.equals(holder, value.value())) {
        long nowNs = ledger.now();
        accept(value.value(), value.modified(), new Interval(Math.min(confirmedNs, nowNs), nowNs));
      }
      revision = value.revision();
    }
  }

  private void accept(@Nullable String newHolder, long atRevision, Interval at) {
    holder = newHolder;
    confirmedNs = at.endNs();
    record.accept(new Event.LeaderKey(at, cluster, newHolder, atRevision));
  }
}
