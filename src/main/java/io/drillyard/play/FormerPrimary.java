package io.drillyard.play;

import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.RunSecrets;
import io.drillyard.host.Host;
import io.drillyard.ledger.Ledger;
import io.drillyard.probe.Probes;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The primary of the start, once another one leads: what it alone holds is read before it is
 * healed.
 *
 * @param cluster that it is a member of
 * @param name of the member
 */
record FormerPrimary(Ledger ledger, OrphanedWalReader orphans, Cluster cluster, String name) {
  /**
   * Reads its rows, when it can be read and leads no longer.
   *
   * @param leader who leads now and commits; null: nobody
   */
  void readRows(Probes probes, @Nullable String leader) {
    Host old = cluster.member(name);
    boolean leads = name.equals(leader);
    if (leads || !old.power().isOn()) {
      ledger.note(
          "info",
          name
              + (leads
                  ? " still leads: nothing has diverged"
                  : " is off: its rows cannot be read"));
      return;
    }
    try {
      probes.readRows(name, "diverged");
    } catch (SQLException e) {
      ledger.note(
          "warning",
          "the rows of " + name + " could not be read before healing: " + e.getMessage());
    }
  }

  /** Reads the WAL that it holds beyond the surviving timeline's fork, when another one leads. */
  void readOrphanedWal(Cluster survivor, @Nullable String leader, RunSecrets secrets) {
    if (leader == null || leader.equals(name)) {
      return;
    }
    try {
      orphans.read(cluster.member(name), cluster, survivor, leader);
    } catch (RuntimeException | SQLException e) {
      ledger.note(
          "warning",
          "the WAL of %s could not be read before healing: %s"
              .formatted(name, secrets.redact(e.toString())));
    }
  }
}
