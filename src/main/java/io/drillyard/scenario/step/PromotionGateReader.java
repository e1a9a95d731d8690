package io.drillyard.scenario.step;

import io.drillyard.check.HandoverProof;
import io.drillyard.check.PromotionGate;
import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.ClusterDemotion;
import io.drillyard.declaration.DeclaredValue;
import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.host.ParallelHostActions;
import io.drillyard.ledger.GateAsked;
import io.drillyard.ledger.HandoverToken;
import io.drillyard.ledger.Lsn;
import io.drillyard.ledger.TokenProved;
import io.drillyard.repository.RepositoryException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads, for the gate before a promotion, what the surviving side can read: the other side's
 * members over the data network from a host of its own, the out-of-band controllers, the
 * repository, and its own members. Nothing of what the harness sees besides.
 */
final class PromotionGateReader {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String TIMEOUT = "archive_timeout";

  /**
   * What a member received, by streaming or out of an archive, and milliseconds since the newest
   * commit that it replayed.
   */
  private static final String POSITION =
      "select greatest(coalesce(pg_last_wal_receive_lsn(), '0/0'), coalesce(pg_last_wal_replay_lsn(), '0/0')),"
          + " extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000";

  private final DrillStage stage;
  private final Cluster candidate;
  private final Cluster other;
  private final Consumer<TokenProved> proved;

  /** Somebody only asks: what the drill is about to decide is not decided. */
  private final boolean asking;

  private final Clock clock = Clock.systemUTC();

  /** Before a promotion that was ordered: what proves a token is written down besides. */
  PromotionGateReader(DrillStage stage, Cluster candidate, Cluster other) {
    this(stage, candidate, other, proved -> stage.ledger().append(proved), false);
  }

  private PromotionGateReader(
      DrillStage stage,
      Cluster candidate,
      Cluster other,
      Consumer<TokenProved> proved,
      boolean asking) {
    this.asking = asking;
    this.stage = stage;
    this.candidate = candidate;
    this.other = other;
    this.proved = proved;
  }

  /** For somebody who only asks: no proof of the drill's own comes from it. */
  static PromotionGateReader consulted(DrillStage stage, Cluster candidate, Cluster other) {
    return new PromotionGateReader(stage, candidate, other, proved -> {}, true);
  }

  /** Looks. */
  GateAsked.Look look() {
    long start = System.nanoTime();
    boolean follows = candidate.plan().standby();
    GateAsked.StandbySeen standby = follows ? standby() : null;
    GateAsked.ArchiveSeen archive = follows ? null : archive();
    long looked = System.nanoTime();
    Map<String, String> states = states();
    GateAsked.HandoverSeen handover = handover(looked, states);
    // Last, and after the members: power that came back since they were asked is seen.
    GateAsked.FenceSeen fence = fence(looked);
    double ageMs = sinceMs(looked);
    List<GateAsked.MemberSeen> members = new ArrayList<>();
    states.forEach((name, state) -> members.add(new GateAsked.MemberSeen(name, state, ageMs)));
    return new GateAsked.Look(members, fence, follows, standby, archive, sinceMs(start), handover);
  }

  /** Where the other side was shut down and left a token: whether that can be relied on. */
  private GateAsked.@Nullable HandoverSeen handover(long lookedNs, Map<String, String> states) {
    HandoverToken token = stage.token();
    if (token == null || !token.cluster().equals(other.scope())) {
      return null;
    }
    if (asking && !TokenDecision.spent(stage, token)) {
      // Nobody may be promoted by it yet, or any more.
      return null;
    }
    TokenProved seen = TokenProof.read(stage, token, candidate);
    proved.accept(seen);
    Host eye = eye();
    List<String> running = new ArrayList<>();
    List<String> able = new ArrayList<>();
    for (Host member : other.members()) {
      String state = states.getOrDefault(member.name(), PromotionGate.SILENT);
      if (state.equals(PromotionGate.SILENT)) {
        continue;
      }
      if (!state.equals(PromotionGate.STOPPED)) {
        running.add(member.name());
      }
      CommandResult told = asked(eye, member, "config");
      if (!told.ok() || !ClusterDemotion.follows(told.stdout())) {
        able.add("Patroni on " + member.name() + " does not say that it follows another cluster");
      }
    }
    return new GateAsked.HandoverSeen(
        token.id(),
        HandoverProof.unproved(token, seen),
        running,
        able,
        sinceMs(lookedNs),
        stage.sinceDemotionMs());
  }

  private static double sinceMs(long startNs) {
    return (System.nanoTime() - startNs) / 1e6;
  }

  /** From where the other side is looked at: a host of the candidate's that has power. */
  private Host eye() {
    return candidate.members().stream()
        .filter(h -> h.power().isOn())
        .findFirst()
        .orElseThrow(() -> new HostException("no host of " + candidate.scope() + " has power"));
  }

  /** Of every member of every other cluster: who else might write is asked, too. */
  private Map<String, String> states() {
    Host eye = eye();
    List<Host> others =
        stage.clusters().stream()
            .filter(c -> !c.scope().equals(candidate.scope()))
            .flatMap(c -> c.members().stream())
            .toList();
    Map<String, String> states = new ConcurrentSkipListMap<>();
    ParallelHostActions.each(
        others, member -> states.put(member.name(), state(asked(eye, member, ""))));
    return states;
  }

  private static CommandResult asked(Host eye, Host member, String what) {
    return eye.attempt(
        Command.of("curl", "-s", "-m2", "http://%s:8008/%s".formatted(member.dataAddress(), what))
            .within(LIMIT)
            .looking());
  }

  /** By what Patroni says of its own PostgreSQL; that nothing comes back proves nothing. */
  static String state(CommandResult said) {
    if (!said.ok() || said.stdout().isBlank()) {
      return PromotionGate.SILENT;
    }
    String text = said.stdout().replaceAll("\\s", "");
    if (text.contains("\"state\":\"stopped\"")) {
      return PromotionGate.STOPPED;
    }
    boolean running = text.contains("\"state\":\"running\"");
    if (text.contains("\"role\":\"primary\"") || text.contains("\"role\":\"master\"")) {
      return running ? PromotionGate.PRIMARY : "a primary that does not run";
    }
    return running && text.matches(".*\"role\":\"(replica|standby_leader)\".*")
        ? PromotionGate.RECOVERY
        : "unclear";
  }

  /** By the out-of-band controllers of the other side's hosts, and by the repository. */
  private GateAsked.@Nullable FenceSeen fence(long lookedNs) {
    boolean denied;
    try {
      denied = !stage.repository().admits(stage.credentials(other));
    } catch (RepositoryException e) {
      return null;
    }
    Map<String, Host> hosts = new LinkedHashMap<>();
    other.members().forEach(h -> hosts.put(h.name(), h));
    stage.siteOf(other).forEach(h -> hosts.put(h.name(), h));
    List<String> powered = new ArrayList<>();
    List<String> open = new ArrayList<>();
    hosts.forEach(
        (name, host) -> {
          if (host.power().isOn()) {
            powered.add(name);
          }
          if (!host.power().isMaintenanceBoot()) {
            open.add(name);
          }
        });
    return new GateAsked.FenceSeen(denied, powered, open, sinceMs(lookedNs));
  }

  private GateAsked.@Nullable StandbySeen standby() {
    Map<String, Long> received = new TreeMap<>();
    Map<String, Double> ages = new TreeMap<>();
    for (Host member : candidate.members()) {
      if (!member.power().isOn()) {
        continue;
      }
      CommandResult said =
          member.attempt(
              Command.of("psql", "-X", "-h", "/run/postgresql", "-d", "postgres", "-Atqc", POSITION)
                  .as("postgres")
                  .within(LIMIT)
                  .looking());
      String[] words = said.stdout().strip().split("\\|", -1);
      if (said.ok() && words.length == 2) {
        received.put(member.name(), Lsn.parse(words[0]));
        if (!words[1].isEmpty()) {
          ages.put(member.name(), Double.valueOf(words[1]));
        }
      }
    }
    String leader = candidate.leader().name();
    Long own = received.get(leader);
    if (own == null) {
      return null;
    }
    long furthest = received.values().stream().mapToLong(Long::longValue).max().orElse(own);
    return new GateAsked.StandbySeen(leader, own, furthest, ages.get(leader));
  }

  /** What the other side archived. */
  private GateAsked.@Nullable ArchiveSeen archive() {
    String declared = other.plan().parameters().getOrDefault(TIMEOUT, "0");
    BigDecimal seconds = DeclaredValue.amount(TIMEOUT, declared);
    // 0 switches it off.
    Double timeoutMs =
        seconds == null || seconds.signum() <= 0 ? null : seconds.doubleValue() * 1e3;
    return ArchiveForGate.read(stage.repository(), other.plan(), timeoutMs, clock.instant());
  }
}
