package io.drillyard.check;

import io.drillyard.declaration.Disruption;
import io.drillyard.declaration.PatroniValue;
import io.drillyard.declaration.Rpo;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.HandoverToken;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.TokenDecided;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a context that declares synchronous replication was drilled with it. Without it nothing
 * lost is luck, and proves nothing of what was declared.
 */
final class SynchronousReplicationCheck {
  private static final Set<String> WAITED_FOR = Set.of("sync", "quorum");
  private static final Set<String> NOT_WAITING = Set.of("off", "local", "false", "no", "0");

  /** Patroni's word for it, in its dynamic configuration. */
  private static final String MODE = "synchronous_mode";

  private static final Set<String> COMMIT =
      Set.of("synchronous_commit", DataLoss.SYNCHRONOUS_COMMIT_OF_CLIENTS);
  private static final long FRESH_NS = 5_000_000_000L;
  private static final String PLANNED = "switchover";
  private static final String NETWORK = "network";
  private static final String TURNED_AWAY = "clients-turned-away";

  private SynchronousReplicationCheck() {}

  /** Why the drill does not show what was declared; null when it does, or nothing was declared. */
  static @Nullable String doubt(LedgerViews history, Target target) {
    boolean siteLoss = target.objective().disruption() == Disruption.SITE_LOSS;
    // What a site's own standbys hold is lost with the site: there the archive decides.
    boolean declared = target.declaredSynchronous() && !siteLoss;
    if (!declared && !luck(history, target)) {
      return null;
    }
    Event.Injected disruption = history.faults().disruption();
    String leader = disruption == null ? null : LeadershipHistory.leaderBefore(history, disruption);
    if (!configured(history, leader, disruption)) {
      if (planned(history) && neverAsked(history, leader)) {
        return null;
      }
      return declared
          ? "synchronous replication is declared, and the drilled cluster is not synchronous"
          : "nothing may be lost, another member serves, and the drilled cluster is not synchronous:"
              + " that nothing was lost is luck";
    }
    String off = switchedOff(history, leader, disruption);
    if (off != null) {
      return off;
    }
    for (Event.SettingSeen setting : history.of(Event.SettingSeen.class)) {
      if (COMMIT.contains(setting.name())
          && NOT_WAITING.contains(setting.effective().toLowerCase(Locale.ROOT))) {
        return "%s is %s on %s: nobody waits for a standby"
            .formatted(setting.name(), setting.effective(), setting.subject());
      }
    }
    String warned = warned(history);
    if (warned != null) {
      return warned;
    }
    String unread = unread(history, target, leader, disruption);
    return unread == null ? unseen(history, leader, disruption, siteLoss, declared) : unread;
  }

  /**
   * Nothing happened but a switchover, which waits for the successor, synchronous or not, or but a
   * hand-over that was proved by a token. A network that breaks between its mark and the promotion
   * takes nothing: who served is down, and nobody serves yet.
   */
  private static boolean planned(LedgerViews history) {
    List<Event.Injected> faults =
        history.faults().injected().stream().filter(fault -> !fault.prepares()).toList();
    return !faults.isEmpty()
        && (faults.stream().allMatch(f -> f.type().equals(PLANNED))
            || (faults.getFirst().type().equals(TURNED_AWAY)
                && faults.stream()
                    .allMatch(f -> f.type().equals(TURNED_AWAY) || whileNobodyServes(history, f))
                && HandoverIsProved.proved(history)));
  }

  private static boolean whileNobodyServes(LedgerViews history, Event.Injected fault) {
    return fault.plane().equals(NETWORK)
        && history.of(TokenDecided.class).stream()
            .anyMatch(
                d ->
                    d.created()
                        && hitsOnly(history, fault, d.token())
                        && d.decision().equals(TokenDecided.SPENT)
                        && d.at().endNs() <= fault.at().startNs())
        && history.of(Event.Action.class).stream()
            .noneMatch(
                a ->
                    a.verb().equals(HandoverIsProved.PROMOTE)
                        && a.at().startNs() <= fault.at().endNs());
  }

  /** What it aims at is the cluster that was shut down, and nobody else. */
  private static boolean hitsOnly(LedgerViews history, Event.Injected fault, String token) {
    Map<String, List<String>> aim = fault.aim();
    List<String> hosts =
        aim == null ? List.of() : aim.values().stream().flatMap(List::stream).toList();
    return !hosts.isEmpty()
        && history.of(HandoverToken.class).stream()
            .filter(t -> t.id().equals(token))
            .anyMatch(t -> hosts.stream().allMatch(h -> t.cluster().equals(history.cluster(h))));
  }

  /** The environment is asynchronous and says so; one that was to be synchronous is in doubt. */
  private static boolean neverAsked(LedgerViews history, @Nullable String leader) {
    List<Event.SettingSeen> modes = modes(history, history.cluster(leader));
    return !modes.isEmpty()
        && history.of(Event.Topology.class).stream().noneMatch(Event.Topology::synchronous)
        && modes.stream().allMatch(mode -> !on(mode) && !PatroniValue.synchronous(mode.asked()));
  }

  /** Why nobody knows that a standby was synchronous at the injection, or that none was. */
  private static @Nullable String unseen(
      LedgerViews history,
      @Nullable String leader,
      Event.@Nullable Injected disruption,
      boolean siteLoss,
      boolean declared) {
    Event.Standbys last = null;
    for (Event.Standbys look : history.of(Event.Standbys.class)) {
      if (disruption != null
          && look.member().equals(leader)
          && look.at().endNs() <= disruption.at().startNs()) {
        last = look;
      }
    }
    if (last == null
        || disruption == null
        || disruption.at().startNs() - last.at().endNs() > FRESH_NS) {
      return "nobody saw whether a standby was synchronous when the fault was injected";
    }
    if (stands(history, last, siteLoss)) {
      return unwaited(history, disruption, leader);
    }
    return declared
        ? "synchronous replication is declared, and no standby was synchronous at the injection"
        : "nothing may be lost, another member serves, and no standby%s was synchronous at the injection: that nothing was lost is luck"
            .formatted(siteLoss ? " outside the site" : "");
  }

  /**
   * Who took over first was no standby that anybody was seen to wait for: another one may have had
   * everything, and that this one had it, too, is luck. Who was synchronous may have changed after
   * the injection, so that any look until the takeover counts.
   */
  private static @Nullable String unwaited(
      LedgerViews history, Event.Injected disruption, @Nullable String leader) {
    MemberCommitSpan first = null;
    for (MemberCommitSpan spell : history.spells()) {
      if (!spell.member().equals(leader)
          && Objects.equals(history.cluster(spell.member()), history.cluster(leader))
          && spell.firstSentNs() >= disruption.at().startNs()
          && (first == null || spell.firstSentNs() < first.firstSentNs())) {
        first = spell;
      }
    }
    if (first == null) {
      return null;
    }
    for (Event.Standbys look : history.of(Event.Standbys.class)) {
      if (look.at().endNs() >= disruption.at().startNs() - FRESH_NS
          && look.at().startNs() <= first.lastReturnedNs()
          && waitsFor(look, first.member())) {
        return null;
      }
    }
    return "%s took over, and nobody was seen to wait for it: that it lost nothing is luck"
        .formatted(first.member());
  }

  private static boolean waitsFor(Event.Standbys look, String member) {
    return look.standbys().stream()
        .anyMatch(s -> s.member().equals(member) && WAITED_FOR.contains(s.syncState()));
  }

  /**
   * Nothing may be lost, and another member than the leader of the injection serves afterwards:
   * without a synchronous standby it has everything by luck.
   */
  private static boolean luck(LedgerViews history, Target target) {
    boolean nothing =
        switch (target.objective().rpo()) {
          case Rpo.Transactions t -> t.most() == 0;
          case Rpo.Time t -> t.most().isZero();
        };
    Event.Injected disruption = history.faults().disruption();
    Event.RowsRead read = history.survivors(target).read();
    return nothing
        && !planned(history)
        && disruption != null
        && read != null
        && succeeded(history, disruption, read);
  }

  /** Another member served since, on what survived; it may have given the lead back. */
  private static boolean succeeded(
      LedgerViews history, Event.Injected disruption, Event.RowsRead read) {
    String leader = LeadershipHistory.leaderBefore(history, disruption);
    TimelineBranch surviving = history.branches().resolve(read.member(), read.timeline());
    boolean another = !read.member().equals(leader);
    for (MemberCommitSpan spell : history.spells()) {
      TimelineBranch branch = spell.branch();
      another |=
          !spell.member().equals(leader)
              && spell.firstSentNs() >= disruption.at().startNs()
              && branch != null
              && surviving != null
              && branch.leadsTo(surviving);
    }
    return another;
  }

  /** The server warned that nobody had waited, or waited in vain. */
  private static @Nullable String warned(LedgerViews history) {
    long warned = 0;
    for (Event.Write write : history.routed()) {
      warned += write.acknowledged() && write.warning() != null ? 1 : 0;
    }
    return warned == 0
        ? null
        : "%d writes were acknowledged with a warning: a standby may not have them"
            .formatted(warned);
  }

  /**
   * What the clients' own sessions had, which a role's or a database's setting may decide: read of
   * who led before the injection, and of who served at the end. Older ledgers do not hold it.
   */
  private static @Nullable String unread(
      LedgerViews history,
      Target target,
      @Nullable String leader,
      Event.@Nullable Injected disruption) {
    if (history.format() < DataLoss.SETTINGS_READ_AGAIN) {
      return null;
    }
    String name = DataLoss.SYNCHRONOUS_COMMIT_OF_CLIENTS;
    boolean before =
        history.of(Event.SettingSeen.class).stream()
            .anyMatch(
                s ->
                    s.name().equals(name)
                        && s.subject().equals(leader)
                        && disruption != null
                        && s.at().endNs() <= disruption.at().startNs());
    if (!before) {
      return "nobody read %s on %s, which led when the fault was injected".formatted(name, leader);
    }
    Event.RowsRead read = history.survivors(target).read();
    return read == null || DataLoss.readAtTheEnd(history, name, read.member())
        ? null
        : "nobody read %s again on %s, which served at the end".formatted(name, read.member());
  }

  /** The mode that was in effect when the fault was injected. */
  private static boolean configured(
      LedgerViews history, @Nullable String leader, Event.@Nullable Injected disruption) {
    boolean synchronous = false;
    for (Event.Topology topology : history.of(Event.Topology.class)) {
      synchronous = topology.synchronous();
    }
    for (Event.SettingSeen seen : modes(history, history.cluster(leader))) {
      if (disruption == null || seen.at().endNs() <= disruption.at().startNs()) {
        synchronous = on(seen);
      }
    }
    return synchronous;
  }

  /** The mode was switched off while the fault was in force: what was kept since was luck. */
  private static @Nullable String switchedOff(
      LedgerViews history, @Nullable String leader, Event.@Nullable Injected disruption) {
    Interval release = history.faults().release();
    for (Event.SettingSeen seen : modes(history, history.cluster(leader))) {
      if (!on(seen)
          && disruption != null
          && seen.at().endNs() > disruption.at().startNs()
          && (release == null || seen.at().startNs() < release.endNs())) {
        return "%s was %s on %s while the fault was in force: nobody waits for a standby"
            .formatted(MODE, seen.effective(), seen.subject());
      }
    }
    return null;
  }

  /** A cluster was synchronous at some time: then it has to be so again at the end. */
  static boolean everConfigured(LedgerViews history, String cluster) {
    List<Event.SettingSeen> modes = modes(history, cluster);
    for (Event.Topology topology : history.of(Event.Topology.class)) {
      if (topology.synchronous()
          && (modes.isEmpty() || cluster.equals(history.cluster(topology.leader())))) {
        return true;
      }
    }
    return modes.stream().anyMatch(SynchronousReplicationCheck::on);
  }

  /** What Patroni's configuration of a cluster was seen to say of the mode, by time. */
  private static List<Event.SettingSeen> modes(LedgerViews history, @Nullable String cluster) {
    return history.of(Event.SettingSeen.class).stream()
        .filter(s -> s.name().equals(MODE) && s.subject().equals(cluster))
        .toList();
  }

  private static boolean on(Event.SettingSeen mode) {
    return PatroniValue.synchronous(mode.effective());
  }

  /** One at least was waited for; where the site is lost, one outside it. */
  private static boolean stands(LedgerViews history, Event.Standbys look, boolean elsewhere) {
    Event.Member leader = history.members().get(look.member());
    return Followers.own(look.standbys(), look.member(), history.members()).stream()
        .filter(s -> WAITED_FOR.contains(s.syncState()))
        .anyMatch(
            s -> {
              Event.Member standby = history.members().get(s.member());
              return !elsewhere
                  || (leader != null && standby != null && !standby.site().equals(leader.site()));
            });
  }

  /** The leader waits for at least one standby, which is a declared member of its cluster. */
  static boolean stands(LedgerViews history, Event.Standbys look) {
    return stands(history, look, false);
  }
}
