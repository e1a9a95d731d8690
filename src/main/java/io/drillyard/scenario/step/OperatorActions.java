package io.drillyard.scenario.step;

import io.drillyard.cluster.Cluster;
import io.drillyard.host.Host;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.Ledger;

/** What an operator does with a cluster that takes over, however it came to be. */
final class OperatorActions {
  /** Who acts, in the ledger. */
  static final String OPERATOR = "operator";

  private OperatorActions() {}

  /** Records the approval, before anything is done. */
  static void approve(Ledger ledger, Cluster cluster, String why) {
    ledger.append(
        new Event.Action(
            Interval.instant(ledger.now()), OPERATOR, "approve-promotion", cluster.scope(), why));
  }

  /** Makes its stanza, in its own path, and proves that it archives. */
  static void archive(Ledger ledger, Cluster cluster, Host leader) {
    long start = ledger.now();
    cluster.pgBackRest().createStanza(leader);
    cluster.pgBackRest().check(leader);
    ledger.append(
        new Event.Action(
            ledger.since(start),
            OPERATOR,
            "archive",
            cluster.scope(),
            "archives to " + cluster.plan().repositoryPath() + ", checked by pgbackrest check"));
  }
}
