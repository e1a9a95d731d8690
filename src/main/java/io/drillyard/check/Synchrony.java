package io.drillyard.check;

import io.drillyard.ledger.Event;
import io.drillyard.target.Disruption;
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

  private Synchrony() {}

  /** Why the drill does not show what was declared; null when it does, or nothing was declared. */
  static @Nullable String doubt(History history, Target target) {
    // What a site's own standbys hold is lost with the site: there the archive decides.
    if (!target.declaredSynchronous() || target.objective().disruption() == Disruption.SITE_LOSS) {
      return null;
    }
    if (!configured(history)) {
      return "synchronous replication is declared, and the drilled cluster is not synchronous";
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
    return stands(last)
        ? null
        : "synchronous replication is declared, and no standby was synchronous at the injection";
  }

  /** The drilled cluster is set to be synchronous. */
  static boolean configured(History history) {
    boolean synchronous = false;
    for (Event.Topology topology : history.of(Event.Topology.class)) {
      synchronous = topology.synchronous();
    }
    return synchronous;
  }

  /** The leader waits for at least one standby. */
  static boolean stands(Event.Standbys look) {
    return look.standbys().stream().anyMatch(s -> WAITED_FOR.contains(s.syncState()));
  }
}
