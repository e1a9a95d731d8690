package io.drillyard.check;

import io.drillyard.declaration.DeclaredReplicas;
import io.drillyard.declaration.ReplicaTarget;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
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
    return new Comparison(history, declared, looks).finding(draft);
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

  /** What was declared, and what a leader listed in the last seconds before anything was broken. */
  private record Comparison(
      LedgerViews history,
      ReplicaTarget target,
      List<Event.Standbys> looks,
      CascadingStandbys cascade) {
    Comparison(LedgerViews history, ReplicaTarget target, List<Event.Standbys> looks) {
      this(history, target, looks, new CascadingStandbys(history));
    }

    Finding finding(FindingBuilder draft) {
      Event.Standbys last = looks.getLast();
      List<String> missing = missing(last, false);
      if (missing.isEmpty()) {
        // Where the leader waits for any of several, nobody knows for how many.
        List<String> unsure = missing(last, true);
        return unsure.isEmpty()
            ? draft.met("replicas-as-declared", words(found(last)))
            : draft.undetermined(
                "replicas-by-quorum",
                "the leader waits for any of several, and nobody knows for how many: "
                    + unsure.getFirst());
      }
      draft.details(missing);
      String summary = missing.getFirst();
      if (history.stalls().within(looks.getFirst().at().startNs(), last.at().endNs()) > 0) {
        return draft.undetermined(
            "replicas-while-stalled", summary + ", while the harness itself stood still");
      }
      // A standby that was there a moment ago is not one that was never there, and by one look
      // nobody knows whether a standby follows.
      boolean doubt =
          looks.size() < 2 || looks.stream().anyMatch(look -> missing(look, false).isEmpty());
      return doubt
          ? draft.undetermined(
              "replicas-come-and-go", summary + ", by one look, or a moment before it was so")
          : draft.missed("replicas-missing", summary);
    }

    /** By site, the leader's first. */
    private Map<String, AtSite> found(Event.Standbys look) {
      Map<String, Event.Member> members = history.members();
      Map<String, AtSite> sites = new LinkedHashMap<>();
      sites.put(site(look.member()), new AtSite());
      // Who stands where the leader stood a while ago does follow.
      Set<String> follow = cascade.followersAnywhere(look, looks.getFirst().lsn());
      follow.forEach(m -> sites.computeIfAbsent(site(m), s -> new AtSite()).streaming().add(m));
      Followers.declared(look.standbys(), look.member(), members).stream()
          .filter(row -> follow.contains(row.member()) && WAITED_FOR.contains(row.syncState()))
          .map(Event.Standby::member)
          .forEach(m -> sites.computeIfAbsent(site(m), s -> new AtSite()).waitedFor().add(m));
      return sites;
    }

    private String site(String name) {
      Event.Member member = history.members().get(name);
      return member == null ? "" : member.site();
    }

    /**
     * What is declared and was not listed, in words.
     *
     * @param surely of a quorum's candidates none is surely waited for: the leader waits for one of
     *     all, and for one at a site only where all of them stand there
     */
    private List<String> missing(Event.Standbys look, boolean surely) {
      DeclaredReplicas declared = target.declared();
      Map<String, AtSite> sites = found(look);
      AtSite all = new AtSite();
      for (AtSite site : sites.values()) {
        all = all.and(site);
      }
      if (surely && look.standbys().stream().anyMatch(row -> row.syncState().equals(QUORUM))) {
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
