package io.drillyard.probe;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Ledger;
import io.drillyard.ledger.PatroniSeen;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All the observers of one Patroni cluster, running until closed.
 *
 * <p>Everything seen goes to the ledger; the latest of it can be asked for from any thread, for
 * waits and for live progress.
 */
public final class Probes implements AutoCloseable {
  private final Ledger ledger;
  private final List<MemberAddress> members;
  private final SuperuserLogin login;
  private final LatestObservations facts = new LatestObservations();
  private final List<AutoCloseable> running = new ArrayList<>();

  private Probes(Ledger ledger, List<MemberAddress> members, SuperuserLogin login) {
    this.ledger = ledger;
    this.members = List.copyOf(members);
    this.login = login;
  }

  /**
   * Starts observing.
   *
   * @param etcd client addresses over management, e.g. {@code http://10.0.0.1:2379}
   * @param etcdLogin how etcd is asked
   * @param scope Patroni's scope
   * @param cascades standbys may stream from standbys: those are asked too
   * @param slots declared replication slots by name, with the database of a logical one: the
   *     harness is their consumer
   * @param login a superuser's, to a database in which {@link io.drillyard.workload.WorkloadSchema}
   *     exists
   */
  public static Probes start(
      Ledger ledger,
      List<MemberAddress> members,
      List<URI> etcd,
      EtcdLogin etcdLogin,
      String scope,
      boolean cascades,
      Map<String, String> slots,
      SuperuserLogin login,
      ProbeSettings settings) {
    Probes probes = new Probes(ledger, members, login);
    LatestObservations facts = probes.facts;
    for (MemberAddress member : members) {
      probes.running.add(new MemberProbe(ledger, member, login, settings, facts));
      probes.running.add(new StandbyProbe(ledger, member, login, settings, facts, cascades));
      Consumer<PatroniSeen> patroni =
          seen -> {
            ledger.append(seen);
            facts.patroni(seen);
          };
      probes.running.add(new PatroniProbe(ledger, member, settings.patroni(), patroni));
    }
    Consumer<Event.LeaderKey> leader =
        seen -> {
          ledger.append(seen);
          facts.leaderKey(seen);
        };
    probes.running.add(
        new LeaderKeyWatch(ledger, etcd, etcdLogin, scope, Duration.ofSeconds(1), leader));
    if (!slots.isEmpty()) {
      probes.running.add(new SlotConsumer(ledger, scope, slots, login, probes::leading));
    }
    return probes;
  }

  private @Nullable MemberAddress leading() {
    String holder = leader().orElse("");
    return members.stream().filter(m -> m.name().equals(holder)).findFirst().orElse(null);
  }

  /** Who is watched. */
  public List<MemberAddress> members() {
    return members;
  }

  /** Who leads and who commits, in a few words. */
  public String describe() {
    return "leader %s, commits on %s".formatted(leader().orElse("none"), writable());
  }

  /** The holder of the leader key as last seen; empty also while nothing was seen. */
  public Optional<String> leader() {
    return facts.leaderKey().flatMap(key -> Optional.ofNullable(key.holder()));
  }

  /** The last change of the leader key. */
  public Optional<Event.LeaderKey> leaderKey() {
    return facts.leaderKey();
  }

  /** The last look at a member. */
  public Optional<Event.Probed> member(String name) {
    return facts.probed(name);
  }

  /** Members whose last look committed. */
  public List<String> writable() {
    return members.stream()
        .map(MemberAddress::name)
        .filter(
            name ->
                facts
                    .probed(name)
                    .filter(p -> p.result() == Event.ProbeResult.COMMITTED)
                    .isPresent())
        .toList();
  }

  /** What a member said last of its standbys, while it was a primary; look at its time. */
  public Optional<Event.Standbys> standbys(String primary) {
    return facts.standbys(primary);
  }

  /** Where a primary's WAL stood three seconds before the last look at it; 0: nobody looked. */
  public long position(String primary) {
    return facts.position(primary);
  }

  /** What a member said last of the standbys that stream from it, while it was one itself. */
  public Optional<Event.Relayed> relayed(String standby) {
    return facts.relayed(standby);
  }

  /** Patroni's last answer at a member. */
  public Optional<PatroniSeen> patroni(String name) {
    return facts.patroni(name);
  }

  /** What the probes cost each member so far. */
  public Map<String, ProbeCost> costs() {
    return facts.costs();
  }

  /**
   * Reads every member's timeline history, appends what it finds, and says as a warning which
   * member could not be asked.
   */
  public List<Event> readHistories() {
    List<Event> seen = new ArrayList<>();
    for (MemberAddress member : members) {
      try (Connection connection =
          login.connect(member, "drillyard history", Duration.ofSeconds(5))) {
        int timeline = WalPosition.read(connection).timeline();
        MemberHistory.read(ledger, connection, member.name(), timeline).ifPresent(seen::add);
      } catch (SQLException e) {
        ledger.note(
            "warning",
            "the timeline history of " + member.name() + " was not read: " + e.getMessage());
      }
    }
    seen.forEach(ledger::append);
    return seen;
  }

  /** Reads the rows that a member holds now; see {@link RowsReader}. */
  public Event.RowsRead readRows(String member, String purpose) throws SQLException {
    MemberAddress address =
        members.stream()
            .filter(m -> m.name().equals(member))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no member named " + member));
    return RowsReader.read(ledger, address, login, purpose);
  }

  /** Stops every observer; nothing is appended to the ledger afterwards. */
  @Override
  public void close() {
    List<Thread> closing = new ArrayList<>();
    for (AutoCloseable one : running) {
      // Side by side: each may need a moment to leave a socket.
      closing.add(
          Thread.startVirtualThread(
              () -> {
                try {
                  one.close();
                } catch (Exception e) {
                  ledger.note("warning", "an observer did not close: " + e);
                }
              }));
    }
    try {
      for (Thread thread : closing) {
        thread.join(Duration.ofSeconds(10));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
