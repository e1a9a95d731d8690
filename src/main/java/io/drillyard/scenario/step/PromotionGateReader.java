package io.drillyard.scenario.step;

import io.drillyard.backup.ArchiveListing;
import io.drillyard.backup.WalSegment;
import io.drillyard.check.PromotionGate;
import io.drillyard.cluster.Cluster;
import io.drillyard.declaration.Durations;
import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.ledger.GateAsked;
import io.drillyard.ledger.Lsn;
import io.drillyard.repository.Repository;
import io.drillyard.repository.RepositoryException;
import io.drillyard.repository.StoredObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads, for the gate before a promotion, what the surviving side can read: the other side's
 * members over the data network from a host of its own, the out-of-band controllers, the
 * repository, and its own members. Nothing of what the harness sees besides.
 */
final class PromotionGateReader {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int MISSING_MAX = 5;

  /** Every environment of the lab has it. */
  private static final long SEGMENT_BYTES = WalSegment.USUAL_BYTES;

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
    GateAsked.FenceSeen fence = fence();
    GateAsked.StandbySeen standby = follows ? standby() : null;
    GateAsked.ArchiveSeen archive = archive();
    List<GateAsked.MemberSeen> members = members();
    double sinceMs = (System.nanoTime() - start) / 1e6;
    return new GateAsked.Look(
        members,
        fence == null
            ? null
            : new GateAsked.FenceSeen(
                fence.accountDenied(), fence.powered(), fence.bootsOpen(), sinceMs),
        standby,
        archive);
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
    return other.members().parallelStream()
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

  /** What the other side archived, by names and times alone. */
  private GateAsked.@Nullable ArchiveSeen archive() {
    Repository repository = stage.repository();
    String root =
        other.plan().repositoryPath().replaceFirst("^/", "") + "/archive/" + other.scope() + "/";
    Map<String, Long> sizes = new TreeMap<>();
    String newest = null;
    WalSegment last = null;
    try {
      for (StoredObject object : repository.objects(root)) {
        // Below the folder of a database's version and number.
        String below = object.key().substring(root.length());
        int slash = below.indexOf('/');
        if (slash > 0) {
          sizes.put(below.substring(slash + 1), object.bytes());
          WalSegment segment = segment(below.substring(below.lastIndexOf('/') + 1));
          if (segment != null && (last == null || isLater(segment, last))) {
            last = segment;
            newest = object.key();
          }
        }
      }
      Duration timeout = timeout();
      Double timeoutMs = timeout == null ? null : (double) timeout.toMillis();
      if (newest == null) {
        return new GateAsked.ArchiveSeen(null, null, List.of(), timeoutMs);
      }
      Instant arrived = repository.stat(newest).modified();
      return new GateAsked.ArchiveSeen(
          newest.substring(newest.lastIndexOf('/') + 1, newest.lastIndexOf('/') + 25),
          (double) Duration.between(arrived, clock.instant()).toMillis(),
          missing(ArchiveListing.of(sizes, SEGMENT_BYTES)),
          timeoutMs);
    } catch (RepositoryException e) {
      return null;
    }
  }

  private static @Nullable WalSegment segment(String name) {
    return name.matches("[0-9A-F]{24}-[0-9a-f]{40}.*")
        ? WalSegment.parse(name.substring(0, 24), SEGMENT_BYTES)
        : null;
  }

  private static boolean isLater(WalSegment one, WalSegment than) {
    return one.timeline() > than.timeline()
        || (one.timeline() == than.timeline() && one.number() > than.number());
  }

  /** Of each timeline the segments between its first and its last that are not there. */
  private static List<String> missing(ArchiveListing archive) {
    List<String> missing = new ArrayList<>();
    for (Map.Entry<Long, TreeSet<Long>> each : archive.segments().entrySet()) {
      for (long n = each.getValue().first(); n < each.getValue().last(); n++) {
        if (!each.getValue().contains(n) && missing.size() < MISSING_MAX) {
          missing.add(new WalSegment(each.getKey(), n).name(SEGMENT_BYTES));
        }
      }
    }
    return missing;
  }

  private @Nullable Duration timeout() {
    String declared = other.plan().parameters().get("archive_timeout");
    if (declared == null) {
      return null;
    }
    try {
      Duration timeout = Durations.parse(declared.matches("[0-9]+") ? declared + "s" : declared);
      return timeout.isZero() ? null : timeout;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
