package io.drillyard.check;

import io.drillyard.ledger.EtcdLeaderSeen;
import io.drillyard.ledger.Event;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether a fault hit whom the plan names, by what the ledger tells of who played that part. */
final class FaultTarget {
  /** What the harness writes down right before the first effect. */
  static final String UNDO_RECORDED = "undo-recorded";

  /** It targets the router, whom no part names. */
  private static final String SITE_CUT = "site-cut";

  /** Between a part and the cluster in which it was played, where that is not the serving one. */
  private static final String IN = "@";

  /** The parts were named at most so long before the first trace of the injection. */
  private static final long NAMED_NS = 1_000_000_000L;

  private static final Pattern ALONE =
      Pattern.compile("power-off|disk-loss|reboot|pause|(kill|freeze|crash-loop)-.*");

  /** They hit the hosts of the parts that are named, and nobody else. */
  private static final Pattern BY_PARTS =
      Pattern.compile(ALONE.pattern() + "|site-loss|cut|one-way-cut");

  private static final List<String> NOBODY = List.of();

  private final LedgerViews history;
  private final Event.Injected fault;
  private final long fromNs;
  private final FaultLeaders lead;

  private FaultTarget(LedgerViews history, Event.Injected fault, @Nullable String scope) {
    this.history = history;
    this.fault = fault;
    this.fromNs = named(history, fault);
    this.lead = new FaultLeaders(history, fault, fromNs, scope);
  }

  /** Why it was another fault than the one that was declared; null when it was that one. */
  static @Nullable String doubt(LedgerViews history, Event.Injected fault) {
    if (LedgerDeclarations.planned(history, "inject '" + fault.fault() + "': ")
        && !LedgerDeclarations.planned(
            history, "inject '" + fault.fault() + "': " + fault.description())) {
      return "fault '%s' is not the one that the plan declares: %s"
          .formatted(fault.fault(), fault.description());
    }
    return new FaultTarget(history, fault, null).doubt();
  }

  /** Since when who plays which part was asked: the network is measured between that and now. */
  private static long named(LedgerViews history, Event.Injected fault) {
    long first = fault.at().startNs();
    for (Event.Action action : history.of(Event.Action.class)) {
      if (action.verb().equals(UNDO_RECORDED) && action.subject().equals(fault.fault())) {
        first = Math.min(first, action.at().startNs());
      }
    }
    for (Event.Reachability measured : history.of(Event.Reachability.class)) {
      if (measured.moment().equals("before") && measured.fault().equals(fault.fault())) {
        first = Math.min(first, measured.at().startNs());
      }
    }
    return first - NAMED_NS;
  }

  private @Nullable String doubt() {
    Map<String, List<String>> aim = fault.aim();
    if (aim == null || aim.isEmpty()) {
      return older();
    }
    for (Map.Entry<String, List<String>> part : aim.entrySet()) {
      for (String host : part.getValue()) {
        if (!fault.type().equals(SITE_CUT) && !fault.targets().contains(host)) {
          return "fault '%s' was aimed at %s and hit %s"
              .formatted(fault.fault(), host, fault.targets());
        }
      }
      if (part.getValue().isEmpty()) {
        return "whom fault '%s' was aimed at is not told".formatted(fault.fault());
      }
      String[] role = part.getKey().split(IN, 2);
      String in = role.length == 1 ? null : role[1];
      String doubt = new FaultTarget(history, fault, in).part(role[0], part.getValue());
      if (doubt != null) {
        return doubt;
      }
    }
    // Who is hit by a partition follows from its shape, not from parts.
    for (String target : BY_PARTS.matcher(fault.type()).matches() ? fault.targets() : NOBODY) {
      if (aim.values().stream().noneMatch(hosts -> hosts.contains(target))) {
        return "fault '%s' hit %s, at whom it was not aimed".formatted(fault.fault(), target);
      }
    }
    return null;
  }

  private @Nullable String part(String part, List<String> hosts) {
    return switch (part) {
      case "PRIMARY" -> primary(hosts);
      case "PRIMARY_SITE" -> site(hosts, true);
      case "OTHER_SITES" -> site(hosts, false);
      case "ETCD" -> apart(hosts);
      case "ETCD_MAJORITY" -> majority(hosts);
      case "REPLICA", "OTHER_REPLICA" -> standbys(part, hosts);
      case "REPLICAS" -> others(hosts);
      case "UPSTREAM" -> upstream(hosts);
      case "MEMBERS" -> members(hosts);
      case "ETCD_LEADER", "ETCD_FOLLOWER" -> etcd(part.equals("ETCD_LEADER"), hosts);
      default -> null;
    };
  }

  /** Ledgers that do not tell the parts tell them in words. */
  private @Nullable String older() {
    String words = fault.description();
    if (words.contains("the primary's site")) {
      return fault.type().equals(SITE_CUT) ? null : site(fault.targets(), true);
    }
    if (words.startsWith("the primary ")
        || words.endsWith(" the primary")
        || words.contains(" the primary ")) {
      boolean alone = ALONE.matcher(fault.type()).matches();
      Set<String> leaders = lead.leaders();
      return alone
          ? primary(fault.targets())
          : leaders.isEmpty()
                  || fault.targets().stream().anyMatch(leaders::contains)
                  || fault.targets().stream().noneMatch(history.members()::containsKey)
              ? null
              : hit("the primary", fault.targets(), leaders);
    }
    boolean replica = words.contains("a replica") || words.contains("another replica");
    return replica && ALONE.matcher(fault.type()).matches()
        ? standbys("REPLICAS", fault.targets())
        : null;
  }

  private @Nullable String primary(List<String> hosts) {
    Set<String> leaders = lead.leaders();
    if (leaders.isEmpty()) {
      return "who led when fault '" + fault.fault() + "' was injected is not known";
    }
    for (String host : hosts) {
      if (!leaders.contains(host)) {
        return hit("the primary", hosts, leaders);
      }
      String other = lead.committedInstead(host);
      if (other != null) {
        return "fault '%s' was aimed at the primary and hit %s, while %s accepted the commits"
            .formatted(fault.fault(), host, other);
      }
    }
    return null;
  }

  private String hit(String part, List<String> hosts, Set<String> wanted) {
    return "fault '%s' was aimed at %s and hit %s: that was %s"
        .formatted(
            fault.fault(),
            part,
            String.join(", ", hosts),
            wanted.stream().sorted().collect(Collectors.joining(" or ")));
  }

  /**
   * Every member at the primary's site, and no member elsewhere; or the other way round.
   *
   * @param its the primary's
   */
  private @Nullable String site(List<String> hosts, boolean its) {
    Set<String> leaders = lead.leaders();
    if (leaders.isEmpty()) {
      return "who led when fault '" + fault.fault() + "' was injected is not known";
    }
    for (String leader : leaders) {
      Event.Member led = history.members().get(leader);
      if (led != null
          && history.members().values().stream()
              .allMatch(m -> (m.site().equals(led.site()) == its) == hosts.contains(m.name()))) {
        return null;
      }
    }
    return hit(its ? "the primary's site" : "the sites of others than the primary", hosts, leaders);
  }

  /** Members of etcd that do not stand beside the primary. */
  private @Nullable String apart(List<String> hosts) {
    Set<String> leaders = lead.leaders();
    return leaders.size() == 1 && hosts.stream().anyMatch(leaders::contains)
        ? "fault '%s' was aimed at etcd apart from the primary and hit %s, who led"
            .formatted(fault.fault(), leaders.iterator().next())
        : null;
  }

  /** So many that the others are no quorum. */
  private @Nullable String majority(List<String> hosts) {
    int members = 0;
    for (EtcdLeaderSeen seen : etcdSeen()) {
      Integer told = seen.members();
      members = told == null ? members : Math.max(members, told);
    }
    int hit = Set.copyOf(hosts).size();
    return members > 0 && members - hit > members / 2
        ? "fault '%s' was aimed at a majority of etcd and hit %d of %d"
            .formatted(fault.fault(), hit, members)
        : apart(hosts);
  }

  /** Every member of the leader's cluster but the leader. */
  private @Nullable String others(List<String> hosts) {
    Set<String> leaders = lead.leaders();
    String cluster = lead.cluster();
    for (Event.Member member : history.members().values()) {
      if (member.cluster().equals(cluster)
          && !leaders.contains(member.name())
          && !hosts.contains(member.name())) {
        return "fault '%s' was aimed at every other member and did not hit %s"
            .formatted(fault.fault(), member.name());
      }
    }
    return standbys("REPLICAS", hosts);
  }

  /** One whose own standbys were asked for lately must have had some. */
  private @Nullable String upstream(List<String> hosts) {
    for (String host : hosts) {
      Event.Standbys last = null;
      for (Event.Standbys seen : history.of(Event.Standbys.class)) {
        last =
            seen.member().equals(host) && seen.at().endNs() <= fault.at().startNs() ? seen : last;
      }
      if (last != null && last.standbys().isEmpty()) {
        return "fault '%s' was aimed at a standby that another one streams from, and from %s nobody did"
            .formatted(fault.fault(), host);
      }
    }
    return standbys("UPSTREAM", hosts);
  }

  /** What was seen of the etcd of the cluster in which the part was played. */
  private List<EtcdLeaderSeen> etcdSeen() {
    String cluster = lead.cluster();
    return history.of(EtcdLeaderSeen.class).stream()
        .filter(seen -> cluster == null || cluster.equals(seen.cluster()))
        .toList();
  }

  private @Nullable String members(List<String> hosts) {
    String cluster = lead.cluster();
    for (Event.Member member : history.members().values()) {
      if (member.cluster().equals(cluster) && !hosts.contains(member.name())) {
        return "fault '%s' was aimed at every member and did not hit %s"
            .formatted(fault.fault(), member.name());
      }
    }
    return null;
  }

  /** Members that did not lead; of those the one that was synchronous, where one is wanted. */
  private @Nullable String standbys(String part, List<String> hosts) {
    Set<String> leaders = lead.leaders();
    if (leaders.size() == 1 && hosts.stream().anyMatch(leaders::contains)) {
      return "fault '%s' was aimed at a standby and hit %s, who led"
          .formatted(fault.fault(), leaders.iterator().next());
    }
    Set<String> followers = new HashSet<>();
    Set<String> synchronous = new HashSet<>();
    for (Event.Standbys seen : history.of(Event.Standbys.class)) {
      if (leaders.contains(seen.member())
          && seen.at().endNs() >= fromNs - FaultLeaders.COMMITS_NS
          && seen.at().startNs() <= fault.at().endNs()) {
        for (Event.Standby standby : seen.standbys()) {
          followers.add(standby.member());
          if (!standby.syncState().equals("async") && !standby.syncState().equals("potential")) {
            synchronous.add(standby.member());
          }
        }
      }
    }
    synchronous.retainAll(history.members().keySet());
    boolean choice =
        history.members().keySet().stream()
            .anyMatch(m -> followers.contains(m) && !synchronous.contains(m));
    String host = hosts.isEmpty() ? "nobody" : hosts.getFirst();
    if (history.of(Event.Topology.class).stream().noneMatch(Event.Topology::synchronous)) {
      // Nobody is meant first.
      return null;
    }
    if (part.equals("REPLICA") && !synchronous.isEmpty() && !synchronous.contains(host)) {
      return hit("the synchronous standby", hosts, synchronous);
    }
    if (part.equals("OTHER_REPLICA")
        && choice
        && synchronous.size() == 1
        && synchronous.contains(host)) {
      return "fault '%s' was aimed at a standby that nobody waits for and hit %s"
          .formatted(fault.fault(), host);
    }
    return null;
  }

  private @Nullable String etcd(boolean leads, List<String> hosts) {
    Set<String> leaders = new HashSet<>();
    String before = null;
    for (EtcdLeaderSeen seen : etcdSeen()) {
      if (seen.at().endNs() < fromNs) {
        before = seen.host();
      } else if (seen.at().startNs() <= fault.at().endNs()) {
        leaders.add(seen.host());
      }
    }
    if (before == null
        && leaders.isEmpty()
        && fault.equals(history.faults().injected().getFirst())) {
      for (Event.Topology topology : history.of(Event.Topology.class)) {
        before = topology.etcdLeader() == null ? before : topology.etcdLeader();
      }
    }
    if (before != null) {
      leaders.add(before);
    }
    if (leaders.isEmpty() || hosts.stream().anyMatch(leaders::contains) == leads) {
      return null;
    }
    return leads || leaders.size() == 1
        ? hit(leads ? "the etcd leader" : "an etcd follower; the leader", hosts, leaders)
        : null;
  }
}
