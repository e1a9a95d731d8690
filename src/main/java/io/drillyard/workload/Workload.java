package io.drillyard.workload;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Ledger;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The load of a drill: every client writes on its own open-loop schedule until stopped, and every
 * scheduled write becomes one {@link Event.Write}.
 */
public final class Workload {
  private final Ledger ledger;
  private final ClientSettings settings;
  private final ServiceContinuity continuity;
  private final Map<String, LoadWriter> writers = new ConcurrentHashMap<>();

  private Workload(Ledger ledger, ClientSettings settings) {
    this.ledger = ledger;
    this.settings = settings;
    this.continuity = new ServiceContinuity(settings.outageThreshold());
  }

  /** Starts these clients at once. */
  public static Workload start(Ledger ledger, List<LoadClient> clients, ClientSettings settings) {
    Workload workload = new Workload(ledger, settings);
    clients.forEach(workload::add);
    return workload;
  }

  /** Starts one more client, e.g. a writer pinned to a member that was built during the drill. */
  public void add(LoadClient client) {
    LoadWriter writer = new LoadWriter(ledger, client, settings, continuity);
    if (writers.putIfAbsent(client.name(), writer) != null) {
      throw new IllegalArgumentException(
          "two writers named '" + client.name() + "'; a sequence belongs to one writer");
    }
    writer.start();
  }

  /**
   * Sends a client to another address: its connections are replaced before their next write. Its
   * sequence goes on.
   */
  public void redirect(String writer, String url) {
    writer(writer).redirect(url);
  }

  /** How far that writer has come. */
  public WriteTally tally(String writer) {
    return writer(writer).tally();
  }

  /** How far every writer has come, by name. */
  public Map<String, WriteTally> tallies() {
    Map<String, WriteTally> all = new LinkedHashMap<>();
    writers.keySet().stream().sorted().forEach(name -> all.put(name, tally(name)));
    return all;
  }

  /**
   * Highest acknowledged sequence of every writer whose last write one of these members
   * acknowledged, on the newest timeline on which any of them did: what was told before may have
   * been lost with the timeline.
   */
  public Map<String, Long> lastAcknowledgedBy(Collection<String> members) {
    return WriteTally.acknowledgedBy(tallies(), members);
  }

  /** Acknowledged writes of that writer so far. */
  public long acknowledgedCount(String writer) {
    return tally(writer).acknowledged();
  }

  /** Acknowledged writes of all routed clients so far. */
  public long routedAcknowledged() {
    return writers.values().stream()
        .filter(w -> w.client().routed())
        .mapToLong(w -> w.tally().acknowledged())
        .sum();
  }

  /**
   * For how long routed clients, all taken as one, have been served without an outage; zero while
   * there is one.
   */
  public Duration servedFor() {
    return continuity.at(ledger.now());
  }

  /**
   * Acknowledged routed writes per second.
   *
   * @param last over the time before now; at most 25 s
   */
  public double servedPerSecond(Duration last) {
    return continuity.perSecond(ledger.now(), last);
  }

  /** The acknowledged write of a routed client that returned last. */
  public Optional<Event.Write> lastAcknowledged() {
    return last(LoadClient::routed);
  }

  /** That writer's acknowledged write that returned last. */
  public Optional<Event.Write> lastAcknowledged(String writer) {
    return Optional.ofNullable(tally(writer).lastAcknowledged());
  }

  private Optional<Event.Write> last(Predicate<LoadClient> which) {
    return writers.values().stream()
        .filter(w -> which.test(w.client()))
        .flatMap(w -> Optional.ofNullable(w.tally().lastAcknowledged()).stream())
        .reduce(WriteTally::later);
  }

  /**
   * Schedules no more writes, waits for those in flight, and closes the connections of those that
   * have not returned within the limit (they are recorded as unknown). Nothing is appended to the
   * ledger afterwards.
   */
  public void stop(Duration limit) {
    long deadlineNs = ledger.now() + limit.toNanos();
    writers.values().forEach(LoadWriter::stopScheduling);
    try {
      for (LoadWriter writer : writers.values()) {
        writer.finish(deadlineNs);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private LoadWriter writer(String name) {
    LoadWriter writer = writers.get(name);
    if (writer == null) {
      throw new IllegalArgumentException(
          "no writer named '" + name + "'; there are " + writers.keySet());
    }
    return writer;
  }
}
