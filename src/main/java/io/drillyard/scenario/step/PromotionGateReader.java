package io.drillyard.scenario.step;

import io.drillyard.check.PromotionGate;
import io.drillyard.cluster.Cluster;
import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.ledger.GateAsked;
import io.drillyard.ledger.Lsn;
import io.drillyard.repository.RepositoryException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads, for the gate before a promotion, what the surviving side can read: the other side's
 * members over the data network from a host of its own, the out-of-band controllers, the
 * repository, and its own members. Nothing of what the harness sees besides.
 */
final class PromotionGateReader {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Pattern TIMEOUT = Pattern.compile("([0-9]{1,9}) *(ms|s|min|h|d|)");

  private static final String PSQL =
      "setpriv --reuid=postgres --regid=postgres --clear-groups psql -X -h /run/postgresql -d postgres -Atqc ";

  private final DrillStage stage;
  private final Cluster candidate;
  private final Cluster other;
  private final Clock clock = Clock.systemUTC();

  PromotionGateReader(DrillStage stage, Cluster candidate, Cluster other) {
    this.stage = stage;
    this.candidate = candidate;
    this.other = other;
  }

  /** Looks. */
  GateAsked.Look look() {
    long start = System.nanoTime();
    boolean follows = candidate.plan().standby();
    GateAsked.StandbySeen standby = follows ? standby() : null;
    GateAsked.ArchiveSeen archive = follows ? null : archive();
    double readMs = (System.nanoTime() - start) / 1e6;
    long looked = System.nanoTime();
    List<GateAsked.MemberSeen> members = members();
    // Last, and after the members: power that came back since they were asked is seen.
    GateAsked.FenceSeen fence = fence();
    double sinceMs = (System.nanoTime() - looked) / 1e6;
    return new GateAsked.Look(
        members.stream().map(m -> new GateAsked.MemberSeen(m.name(), m.state(), sinceMs)).toList(),
        fence == null
            ? null
            : new GateAsked.FenceSeen(
                fence.accountDenied(), fence.powered(), fence.bootsOpen(), sinceMs),
        follows,
        standby,
        archive,
        readMs + sinceMs);
  }

  /** From where the other side is looked at: a host of the candidate's that has power. */
  private Host eye() {
    return candidate.members().stream()
        .filter(h -> h.power().isOn())
        .findFirst()
        .orElseThrow(() -> new HostException("no host of " + candidate.scope() + " has power"));
  }

  private List<GateAsked.MemberSeen> members() {
    Host eye = eye();
    // Whoever else might write: not only the one that is taken over from.
    return stage.clusters().stream()
        .filter(c -> !c.scope().equals(candidate.scope()))
        .flatMap(c -> c.members().stream())
        .toList()
        .parallelStream()
        .map(
            member -> {
              CommandResult said =
                  eye.attempt(
                      Command.of(
                              "curl",
                              "-s",
                              "-m2",
                              "http://%s:8008/".formatted(member.dataAddress()))
                          .within(LIMIT));
              return new GateAsked.MemberSeen(member.name(), state(said), 0);
            })
        .toList();
  }

  /** By what Patroni says of its own PostgreSQL; that nothing comes back proves nothing. */
  static String state(CommandResult said) {
    if (!said.ok() || said.stdout().isBlank()) {
      return PromotionGate.SILENT;
    }
    String text = said.stdout().replaceAll("\\s", "");
    boolean running = text.contains("\"state\":\"running\"");
    if (text.contains("\"role\":\"primary\"") || text.contains("\"role\":\"master\"")) {
      return running ? PromotionGate.PRIMARY : "a primary that does not run";
    }
    return running && text.matches(".*\"role\":\"(replica|standby_leader)\".*")
        ? PromotionGate.RECOVERY
        : "unclear";
  }

  /** By the out-of-band controllers of the other side's hosts, and by the repository. */
  private GateAsked.@Nullable FenceSeen fence() {
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
    return new GateAsked.FenceSeen(denied, powered, open, 0);
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
              Command.sh(
                      PSQL
                          + Command.quoted(
                              "select coalesce(pg_last_wal_receive_lsn(), '0/0'), extract(epoch from"
                                  + " clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000"))
                  .within(LIMIT));
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
    Duration timeout = timeout();
    return ArchiveForGate.read(
        stage.repository(),
        other.plan().repositoryPath(),
        other.scope(),
        timeout == null ? null : (double) timeout.toMillis(),
        clock.instant());
  }

  /** As PostgreSQL reads it: a bare number counts seconds; 0 switches it off. */
  private @Nullable Duration timeout() {
    Matcher declared =
        TIMEOUT.matcher(other.plan().parameters().getOrDefault("archive_timeout", "").strip());
    if (!declared.matches()) {
      return null;
    }
    long number = Long.parseLong(declared.group(1));
    Duration timeout =
        switch (declared.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "min" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          case "d" -> Duration.ofDays(number);
          default -> Duration.ofSeconds(number);
        };
    return timeout.isZero() ? null : timeout;
  }
}
