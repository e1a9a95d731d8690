package io.drillyard.check;

import io.drillyard.ledger.Event;
import io.drillyard.target.Disruption;
import io.drillyard.target.Rpo;
import io.drillyard.target.Target;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a context that declares synchronous replication was drilled with it. Without it nothing
 * lost is luck, and proves nothing of what was declared.
 */
final class Synchrony {
  private static final Set<String> WAITED_FOR = Set.of("sync", "quorum");
  private static final Set<String> NOT_WAITING = Set.of("off", "local", "false", "no", "0");
  private static final long FRESH_NS = 5_000_000_000L;
  private static final String PLANNED = "switchover";

  private Synchrony() {}

  /** Why the drill does not show what was declared; null when it does, or nothing was declared. */
  static @Nullable String doubt(History history, Target target) {
    boolean siteLoss = target.objective().disruption() == Disruption.SITE_LOSS;
    // What a site's own standbys hold is lost with the site: there the archive decides.
    boolean declared = target.declaredSynchronous() && !siteLoss;
    if (!declared && !luck(history, target)) {
      return null;
    }
    if (!configured(history)) {
      return declared
          ? "synchronous replication is declared, and the drilled cluster is not synchronous"
          : "nothing may be lost, another member serves, and the drilled cluster is not synchronous:"
              + " that nothing was lost is luck";
    }
    for (Event.SettingSeen setting : history.of(Event.SettingSeen.class)) {
      if (setting.name().equals("synchronous_commit")
          && NOT_WAITING.contains(setting.effective().toLowerCase(Locale.ROOT))) {
        return "synchronous_commit is %s on %s: nobody waits for a standby"
            .formatted(setting.effective(), setting.subject());
      }
    }
    Event.Injected disruption = history.faults().disruption();
    String leader = disruption == null ? null : Leadership.leaderBefore(history, disruption);
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
      return null;
    }
    return declared
        ? "synchronous replication is declared, and no standby was synchronous at the injection"
        : "nothing may be lost, another member serves, and no standby%s was synchronous at the injection: that nothing was lost is luck"
            .formatted(siteLoss ? " outside the site" : "");
  }

  /**
   * Nothing may be lost, and another member than the leader of the injection serves afterwards:
   * without a synchronous standby it has everything by luck. A planned switchover is excepted: it
   * waits for the successor.
   */
  private static boolean luck(History history, Target target) {
    boolean nothing =
        switch (target.objective().rpo()) {
          case Rpo.Transactions t -> t.most() == 0;
          case Rpo.Time t -> t.most().isZero();
        };
    Event.Injected disruption = history.faults().disruption();
    Event.RowsRead read = history.survivors(target).read();
    return nothing
        && disruption != null
        && read != null
        && !disruption.type().equals(PLANNED)
        && !read.member().equals(Leadership.leaderBefore(history, disruption));
  }

  /** The drilled cluster is set to be synchronous. */
  static boolean configured(History history) {
    boolean synchronous = false;
    for (Event.Topology topology : history.of(Event.Topology.class)) {
      synchronous = topology.synchronous();
    }
    return synchronous;
  }

  /** One at least was waited for; where the site is lost, one outside it. */
  private static boolean stands(History history, Event.Standbys look, boolean elsewhere) {
    Event.Member leader = history.members().get(look.member());
    return look.standbys().stream()
        .filter(s -> WAITED_FOR.contains(s.syncState()))
        .anyMatch(
            s -> {
              Event.Member standby = history.members().get(s.member());
              return !elsewhere
                  || (leader != null && standby != null && !standby.site().equals(leader.site()));
            });
  }

  /** The leader waits for at least one standby. */
  static boolean stands(Event.Standbys look) {
    return look.standbys().stream().anyMatch(s -> WAITED_FOR.contains(s.syncState()));
  }
}
