package io.drillyard.scenario.step;

import io.drillyard.backup.WalSegment;
import io.drillyard.check.HandoverIsProved;
import io.drillyard.cluster.BoundedWait;
import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.ClusterDemotion;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.GateAsked;
import io.drillyard.ledger.HandoverToken;
import io.drillyard.ledger.Ledger;
import io.drillyard.ledger.Lsn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The segment that holds the shutdown checkpoint of a cluster which handed over, for one that
 * follows by the archive alone. A server that archives ends its last segment before it writes that
 * checkpoint, so everything that a client was told of is archived, and the checkpoint is not:
 * whoever is promoted without it forks before it, and the other side could not follow without a
 * rewind. Pushing it by hand is safe only when that side cannot lead any more: if it served again,
 * it would write on in the same segment.
 */
final class ShutdownSegment {
  private static final Duration REPLAYED = Duration.ofSeconds(45);

  private ShutdownSegment() {}

  /** Writes down how far the archive goes, by listing it: whether the archiver had finished. */
  static void listArchived(DrillStage stage, HandoverToken token, Cluster old) {
    Ledger ledger = stage.ledger();
    long start = ledger.now();
    String due =
        segment(new ClusterDemotion(old), token, old.member(token.leader()), token.endLsn() - 1);
    List<String> newest = new ArrayList<>();
    BoundedWait.quietly(
        REPLAYED,
        () -> {
          newest.clear();
          GateAsked.ArchiveSeen seen =
              ArchiveForGate.read(stage.repository(), old.plan(), null, Instant.now());
          String last = seen == null ? null : seen.newest();
          newest.add(last == null ? "nothing" : last);
          return last != null && last.compareTo(due) >= 0;
        });
    ledger.append(
        new Event.Action(
            ledger.since(start),
            "harness",
            "list-archive",
            old.scope(),
            "the archive goes to %s; the token ends with %s"
                .formatted(newest.isEmpty() ? "nothing" : newest.getFirst(), due)));
  }

  /** Name of the segment that holds a position, of the size that the control file tells. */
  private static String segment(
      ClusterDemotion demotion, HandoverToken token, Host leader, long lsn) {
    long bytes = Long.parseLong(demotion.controlFile(leader).get("Bytes per WAL segment"));
    return WalSegment.holding(token.timeline(), lsn, bytes).name(bytes);
  }

  /**
   * Archives it, if the cluster that was shut down is seen down and unable to lead.
   *
   * @return whether it was
   */
  static boolean push(DrillStage stage, ClusterDemotion demotion, Cluster old) {
    Ledger ledger = stage.ledger();
    HandoverToken token = DemoteByToken.token(stage);
    long looked = ledger.now();
    if (!demotion.couldLead().isEmpty()) {
      return false;
    }
    ledger.append(
        new Event.Action(
            ledger.since(looked),
            "harness",
            HandoverIsProved.DOWN_AND_FOLLOWING,
            old.scope(),
            "no PostgreSQL of it runs, and every Patroni of it says that it follows"));
    long start = ledger.now();
    Host leader = old.member(token.leader());
    String segment = segment(demotion, token, leader, token.checkpointLsn());
    demotion.archive(leader, segment);
    ledger.append(
        new Event.Action(
            ledger.since(start),
            OperatorActions.OPERATOR,
            HandoverIsProved.PUSHED,
            old.scope(),
            "%s, with the shutdown checkpoint at %s, was archived by hand"
                .formatted(segment, Lsn.format(token.checkpointLsn()))));
    return true;
  }

  /** True once whoever takes over has replayed that checkpoint. */
  static boolean awaitReplayed(HandoverToken token, Cluster next) {
    return BoundedWait.quietly(
        REPLAYED,
        () -> {
          try {
            Long replayed = next.position(next.leader());
            return replayed != null && Long.compareUnsigned(replayed, token.checkpointLsn()) > 0;
          } catch (HostException e) {
            // Nobody told who leads just then: it is asked again.
            return false;
          }
        });
  }
}
