package io.drillyard.probe;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Event.ProbeResult;
import io.drillyard.ledger.PatroniSeen;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The latest of everything that the probes saw; any thread may ask. */
final class LatestObservations {
  /** A standby may be so far behind its primary and still follow it. */
  private static final long FOLLOW_NS = Duration.ofSeconds(3).toNanos();

  private final ConcurrentMap<String, Event.Probed> probed = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, PatroniSeen> patroni = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Event.Standbys> standbys = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Deque<Event.Standbys>> earlier = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Event.Relayed> relayed = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, ProbeCost> costs = new ConcurrentHashMap<>();
  private volatile Event.@Nullable LeaderKey leaderKey;

  void probed(Event.Probed event) {
    probed.put(event.member(), event);
    if (event.result() == ProbeResult.COMMITTED) {
      Duration took = Duration.ofNanos(event.at().lengthNs());
      costs.merge(event.member(), new ProbeCost(1, took, took), ProbeCost::plus);
    }
  }

  void patroni(PatroniSeen event) {
    patroni.put(event.member(), event);
  }

  void standbys(Event.Standbys event) {
    standbys.put(event.member(), event);
    Deque<Event.Standbys> own =
        earlier.computeIfAbsent(event.member(), m -> new ConcurrentLinkedDeque<>());
    own.addLast(event);
    while (own.size() > 1 && event.at().endNs() - own.element().at().endNs() > FOLLOW_NS) {
      own.removeFirst();
    }
  }

  /** Where a primary stood a while before it was last looked at; 0 when nothing is known. */
  long position(String member) {
    Deque<Event.Standbys> own = earlier.get(member);
    Event.Standbys first = own == null ? null : own.peekFirst();
    return first == null ? 0 : first.lsn();
  }

  void relayed(Event.Relayed event) {
    relayed.put(event.member(), event);
  }

  void leaderKey(Event.LeaderKey event) {
    leaderKey = event;
  }

  Optional<Event.Probed> probed(String member) {
    return Optional.ofNullable(probed.get(member));
  }

  Optional<PatroniSeen> patroni(String member) {
    return Optional.ofNullable(patroni.get(member));
  }

  Optional<Event.Standbys> standbys(String member) {
    return Optional.ofNullable(standbys.get(member));
  }

  Optional<Event.Relayed> relayed(String member) {
    return Optional.ofNullable(relayed.get(member));
  }

  Optional<Event.LeaderKey> leaderKey() {
    return Optional.ofNullable(leaderKey);
  }

  Map<String, ProbeCost> costs() {
    return new TreeMap<>(costs);
  }

  /** True when a member answered the last look, as a standby. */
  boolean standby(String member) {
    Event.Probed last = probed.get(member);
    return last != null && last.inRecovery() && last.result() == ProbeResult.READ_ONLY;
  }

  /** True when the last that was heard of a member is that it is a primary, answering or not. */
  boolean primary(String member) {
    Event.Probed last = probed.get(member);
    return last != null
        && !last.inRecovery()
        && (last.result() == ProbeResult.COMMITTED
            || last.result() == ProbeResult.HUNG
            || last.result() == ProbeResult.READ_ONLY);
  }
}
