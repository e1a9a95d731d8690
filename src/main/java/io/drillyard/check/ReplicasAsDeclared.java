package io.drillyard.check;

import io.drillyard.declaration.DeclaredReplicas;
import io.drillyard.declaration.ReplicaTarget;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Before anything was broken, as many standbys streamed at each site as the context declares, and
 * the leader waited for as many of them: by what the leader, and the standbys below it, list. What
 * is declared of other sites is compared where other sites hold members.
 */
public final class ReplicasAsDeclared implements Check {
  /** Its name in plans and reports. */
  public static final String NAME = "replicasAsDeclared";

  private static final String QUORUM = "quorum";
  private static final Set<String> WAITED_FOR = Set.of("sync", QUORUM);
  private static final String STREAMING = "streaming";

  /** A look counts for so long. */
  private static final long FRESH_NS = Duration.ofSeconds(5).toNanos();

  @Override
  public String name() {
    return NAME;
  }

  /** True where a context declares its replicas; of later episodes nothing is declared. */
  static boolean applies(LedgerViews history, Target target) {
    return target.replicas() != null
        && history.faults().injected().stream()
            .noneMatch(f -> f.fault().startsWith(PerEpisodeLedger.EARLIER));
  }

  @Override
  public Finding judge(LedgerViews history, Target target) {
    return CheckGuard.judge(NAME, history, target, ReplicasAsDeclared::assess);
  }

  private static Finding assess(LedgerViews history, Target target) {
    FindingBuilder draft =
        new FindingBuilder(NAME, "as many standbys stream at each site as are declared");
    ReplicaTarget declared = target.replicas();
    if (declared == null) {
      return draft.undetermined("replicas-not-declared", "the context declares no replicas");
    }
    List<Event.Injected> faults = history.faults().injected();
    if (faults.isEmpty()) {
      return draft.undetermined("nothing-injected", "nothing was broken: before what?");
    }
    long untilNs = faults.getFirst().at().startNs();
    List<Event.Standbys> looks = looks(history, untilNs);
    if (looks.isEmpty()) {
      return draft.undetermined(
          "standbys-not-listed", "no leader listed its standbys just before the first fault");
    }
    Event.Standbys last = looks.getLast();
    List<String> missing = missing(history, declared, looks, last, false);
    if (missing.isEmpty()) {
      String unsure = quorum(history, declared, looks, last);
      if (unsure != null) {
        return draft.undetermined("replicas-by-quorum", unsure);
      }
      return draft.met("replicas-as-declared", words(found(history, looks, last)));
    }
    draft.details(missing);
    // A standby that was there a moment ago is not one that was never there.
    boolean before =
        looks.size() < 2
            || looks.stream()
                .anyMatch(look -> missing(history, declared, looks, look, false).isEmpty());
    String summary = missing.getFirst();
    // And by one look nobody knows whether a standby follows.
    return before
        ? draft.undetermined(
            "replicas-come-and-go", summary + ", by one look, or a moment before it was so")
        : draft.missed("replicas-missing", summary);
  }

  /**
   * What a leader of the cluster that served at the start listed last before the first fault, and
   * up to so long before that.
   */
  private static List<Event.Standbys> looks(LedgerViews history, long untilNs) {
    Event.Topology start = history.of(Event.Topology.class).stream().findFirst().orElse(null);
    String serving = start == null ? null : history.cluster(start.leader());
    List<Event.Standbys> before =
        history.of(Event.Standbys.class).stream()
            .filter(
                look ->
                    look.at().endNs() <= untilNs
                        && look.at().startNs() >= untilNs - FRESH_NS
                        && serving != null
                        && serving.equals(history.cluster(look.member())))
            .toList();
    String leader = before.isEmpty() ? "" : before.getLast().member();
    return before.stream().filter(look -> look.member().equals(leader)).toList();
  }

  /**
   * Standbys at a site.
   *
   * @param streaming names of those that stream and follow
   * @param waitedFor names of those that the leader waits for
   */
  private record AtSite(Set<String> streaming, Set<String> waitedFor) {
    AtSite() {
      this(new TreeSet<>(), new TreeSet<>());
    }

    AtSite and(AtSite other) {
      AtSite both = new AtSite();
      both.streaming.addAll(streaming);
      both.streaming.addAll(other.streaming);
      both.waitedFor.addAll(waitedFor);
      both.waitedFor.addAll(other.waitedFor);
      return both;
    }
  }

  /** By site, the leader's first. */
  private static Map<String, AtSite> found(
      LedgerViews history, List<Event.Standbys> looks, Event.Standbys look) {
    Map<String, Event.Member> members = history.members();
    Map<String, AtSite> sites = new LinkedHashMap<>();
    Event.Member leader = members.get(look.member());
    sites.put(leader == null ? "" : leader.site(), new AtSite());
    // Who stands where the leader stood a while ago does follow.
    long goal = looks.getFirst().lsn();
    Deque<Event> lists = new ArrayDeque<>(List.of(look));
    Set<String> seen = new LinkedHashSet<>(Set.of(look.member()));
    while (!lists.isEmpty()) {
      Event list = lists.removeFirst();
      boolean direct = list instanceof Event.Standbys;
      for (Event.Standby row : rows(list)) {
        Event.Member standby = members.get(row.member());
        if (standby == null
            || !Followers.comesFrom(row, members.get(upstream(list)), standby)
            || !row.state().equals(STREAMING)
            || Long.compareUnsigned(row.flushLsn(), goal) < 0
            || !seen.add(row.member())) {
          continue;
        }
        AtSite site = sites.computeIfAbsent(standby.site(), s -> new AtSite());
        site.streaming().add(row.member());
        if (direct && WAITED_FOR.contains(row.syncState())) {
          site.waitedFor().add(row.member());
        }
        Event.Relayed below = relayed(history, row.member(), look.at().endNs());
        if (below != null) {
          lists.addLast(below);
        }
      }
    }
    return sites;
  }

  private static List<Event.Standby> rows(Event list) {
    return switch (list) {
      case Event.Standbys s -> s.standbys();
      case Event.Relayed r -> r.standbys();
      default -> List.of();
    };
  }

  private static String upstream(Event list) {
    return switch (list) {
      case Event.Standbys s -> s.member();
      case Event.Relayed r -> r.member();
      default -> "";
    };
  }

  /** What a standby listed last, if that is not too long ago. */
  private static Event.@Nullable Relayed relayed(LedgerViews history, String member, long atNs) {
    Event.Relayed last = null;
    for (Event.Relayed look : history.of(Event.Relayed.class)) {
      if (look.member().equals(member)
          && look.at().startNs() <= atNs
          && look.at().startNs() >= atNs - FRESH_NS) {
        last = look;
      }
    }
    return last;
  }

  /**
   * Where the leader waits for any of several, a candidate is none that it surely waits for: it is
   * known to wait for one of all, and for one at a site only where all of them stand there.
   */
  private static @Nullable String quorum(
      LedgerViews history,
      ReplicaTarget declared,
      List<Event.Standbys> looks,
      Event.Standbys look) {
    List<String> missing = missing(history, declared, looks, look, true);
    return missing.isEmpty()
        ? null
        : "the leader waits for any of several, and nobody knows for how many: "
            + missing.getFirst();
  }

  private static void onlyOne(Collection<AtSite> sites) {
    List<AtSite> waited = sites.stream().filter(site -> !site.waitedFor().isEmpty()).toList();
    boolean one = waited.size() == 1;
    for (AtSite site : waited) {
      String first = site.waitedFor().iterator().next();
      site.waitedFor().clear();
      if (one) {
        site.waitedFor().add(first);
      }
    }
  }

  private static List<String> missing(
      LedgerViews history,
      ReplicaTarget target,
      List<Event.Standbys> looks,
      Event.Standbys look,
      boolean surely) {
    DeclaredReplicas declared = target.declared();
    Map<String, AtSite> sites = found(history, looks, look);
    boolean any =
        surely && look.standbys().stream().anyMatch(row -> row.syncState().equals(QUORUM));
    AtSite all = new AtSite();
    for (AtSite site : sites.values()) {
      all = all.and(site);
    }
    if (any) {
      onlyOne(sites.values());
      onlyOne(List.of(all));
    }
    String serving = sites.keySet().iterator().next();
    target.sites().forEach(site -> sites.computeIfAbsent(site, s -> new AtSite()));
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, AtSite> site : sites.entrySet()) {
      boolean serves = site.getKey().equals(serving);
      if (!serves && !target.sites().contains(site.getKey())) {
        // Nobody there was to hold anything yet.
        continue;
      }
      fewer(
          serves ? declared.servingSite() : declared.otherSites(),
          site.getValue(),
          "site " + site.getKey() + (serves ? ", which serves" : ""),
          missing);
    }
    fewer(declared.together(), all, "all sites together", missing);
    return missing;
  }

  private static void fewer(
      DeclaredReplicas.@Nullable AtLeast declared,
      AtSite found,
      String where,
      List<String> missing) {
    if (declared == null) {
      return;
    }
    if (found.streaming().size() < declared.standbys()) {
      missing.add(
          "%s: %d standbys are declared, and %s"
              .formatted(where, declared.standbys(), names(found.streaming(), "stream")));
    }
    if (found.waitedFor().size() < declared.synchronous()) {
      missing.add(
          "%s: %d synchronous standbys are declared, and %s"
              .formatted(
                  where, declared.synchronous(), names(found.waitedFor(), "are waited for")));
    }
  }

  private static String names(Set<String> names, String what) {
    return names.isEmpty()
        ? "none " + what
        : "%d %s (%s)".formatted(names.size(), what, String.join(", ", names));
  }

  private static String words(Map<String, AtSite> sites) {
    return String.join(
        "; ",
        sites.entrySet().stream()
            .map(
                site ->
                    "%s: %s%s"
                        .formatted(
                            site.getKey(),
                            names(site.getValue().streaming(), "stream"),
                            site.getValue().waitedFor().isEmpty()
                                ? ""
                                : ", " + names(site.getValue().waitedFor(), "are waited for")))
            .toList());
  }
}
