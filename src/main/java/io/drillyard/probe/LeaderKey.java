package io.drillyard.probe;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.Ledger;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the leader key, put together from several watches of the same history: whichever
 * endpoint tells of a revision first is recorded, the others are not heard again.
 *
 * <p>A history can end: etcd is restored from a snapshot, and its revisions begin anew. Only quorum
 * reads of most endpoints tell that, by another cluster's identifier or by a revision that lies
 * before one that was known when they were asked. A single member that lags, is cut off or was
 * emptied may well be behind; nothing follows from it.
 */
final class LeaderKey {
  private final Ledger ledger;
  private final String cluster;
  private final int endpoints;
  private final Consumer<Event.LeaderKey> record;
  // Guarded by this.
  private @Nullable String holder;
  private long revision;
  private long confirmedNs;
  private long etcd;
  private int history;
  private final Map<Integer, EtcdKey.Value> dissent = new HashMap<>();
  private final Map<Integer, Integer> partOf = new HashMap<>();

  /**
   * Nothing is known yet.
   *
   * @param endpoints how many there are
   */
  LeaderKey(Ledger ledger, String cluster, int endpoints, Consumer<Event.LeaderKey> record) {
    this.ledger = ledger;
    this.cluster = cluster;
    this.endpoints = endpoints;
    this.record = record;
  }

  /** What was known when a quorum read was asked for. */
  record Known(int history, long revision, @Nullable String holder) {}

  /** The same, now. */
  synchronized Known known() {
    return new Known(history, revision, holder);
  }

  /** The revision to watch from; 0 while nothing is known. */
  synchronized long watchFrom() {
    return revision == 0 ? 0 : revision + 1;
  }

  /** The key as one endpoint's own copy has it, read between that time and now. */
  synchronized void read(EtcdKey.Value value, long askedNs) {
    if (revision == 0) {
      accept(value.value(), value.modified(), ledger.since(askedNs));
      // Everything up to the answer is known now.
      revision = value.revision();
      etcd = value.etcd();
    }
    if (ours(value) && !behind(value)) {
      confirmedNs = Math.max(confirmedNs, askedNs);
    }
  }

  /** Of the history that is watched; an answer that names no cluster may be. */
  private boolean ours(EtcdKey.Value value) {
    return etcd == 0 || value.etcd() == 0 || value.etcd() == etcd;
  }

  /** Whether a read tells of a change that no watch has delivered. */
  synchronized boolean behind(EtcdKey.Value value) {
    return ours(value)
        && value.revision() > revision
        && (value.value() == null ? holder != null : value.modified() > revision);
  }

  /**
   * What an endpoint answered to a quorum read.
   *
   * @param asked what was known when it was asked
   * @return true: its watch is to be opened anew, it has become part of another history
   */
  synchronized boolean agreed(int endpoint, EtcdKey.Value answer, Known asked) {
    if (revision == 0 || asked.history() != history) {
      return false;
    }
    if (ours(answer) && !before(answer, asked)) {
      dissent.remove(endpoint);
      return !Integer.valueOf(history).equals(partOf.put(endpoint, history)) && history > 0;
    }
    dissent.put(endpoint, answer);
    long alike = dissent.values().stream().filter(d -> d.etcd() == answer.etcd()).count();
    if (alike * 2 <= endpoints) {
      return false;
    }
    begin(answer);
    partOf.put(endpoint, history);
    return true;
  }

  /** A quorum read is never older than what was known; nor does it tell the same time otherwise. */
  private static boolean before(EtcdKey.Value answer, Known asked) {
    return answer.revision() < asked.revision()
        || (answer.value() != null
            && answer.modified() <= asked.revision()
            && !answer.value().equals(asked.holder()));
  }

  private void begin(EtcdKey.Value answer) {
    ledger.note(
        "info",
        "etcd of %s began another history: at revision %d, after revision %d of the one before"
            .formatted(cluster, answer.revision(), revision));
    history++;
    dissent.clear();
    etcd = answer.etcd();
    revision = answer.revision();
    if (!Objects.equals(holder, answer.value())) {
      long nowNs = ledger.now();
      accept(answer.value(), answer.modified(), sinceConfirmed(nowNs));
    }
  }

  private Interval sinceConfirmed(long nowNs) {
    return new Interval(Math.min(confirmedNs, nowNs), nowNs);
  }

  /**
   * A change that the watch of an endpoint delivered.
   *
   * @param late it happened before the watch was open, at any time since the key was last confirmed
   */
  synchronized void changed(int endpoint, EtcdKey.Value change, boolean late) {
    if (ours(change) && heard(endpoint) && change.modified() > revision) {
      long nowNs = ledger.now();
      // Renewals that change nothing but the revision are no news.
      if (!Objects.equals(holder, change.value())) {
        accept(
            change.value(),
            change.modified(),
            late ? sinceConfirmed(nowNs) : Interval.instant(nowNs));
      }
      revision = change.modified();
    }
  }

  /** After a history has ended, only who answered a quorum read of the next one tells of it. */
  private boolean heard(int endpoint) {
    return history == 0 || Integer.valueOf(history).equals(partOf.get(endpoint));
  }

  /** Forgets the position, not the holder: the revisions to go on from were compacted away. */
  synchronized void jumpTo(int endpoint, EtcdKey.Value value) {
    if (ours(value) && heard(endpoint) && value.revision() > revision) {
      if (!Objects.equals(holder, value.value())) {
        accept(value.value(), value.modified(), sinceConfirmed(ledger.now()));
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
