package io.drillyard.scenario.step;

import io.drillyard.check.HandoverIsProved;
import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.ClusterDemotion;
import io.drillyard.cluster.ControlFile;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.HandoverToken;
import io.drillyard.ledger.Ledger;
import io.drillyard.ledger.Lsn;
import io.drillyard.probe.TimelineHistoryReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/**
 * An operator shuts a cluster down so that another one may take over: Patroni is paused, standbys
 * are stopped before the leader, and what its control files say then is the token.
 *
 * @param from the cluster that serves and is to serve no longer
 */
public record ShutDownForHandover(ClusterRef from) implements Step {
  @Override
  public String words() {
    return "an operator pauses %s, shuts it down, standbys first, and %s"
        .formatted(from.words(), HandoverIsProved.PLANNED);
  }

  @Override
  public List<ClusterRef> clusters() {
    return List.of(from);
  }

  @Override
  public Duration limit() {
    return Duration.ofMinutes(4);
  }

  @Override
  public void run(DrillStage stage) {
    Ledger ledger = stage.ledger();
    Cluster cluster = stage.cluster(from);
    ClusterDemotion demotion = new ClusterDemotion(cluster);
    Host leader = cluster.leader();
    long start = ledger.now();
    demotion.pause();
    demotion.shutDown(leader);
    ledger.append(
        new Event.Action(
            ledger.since(start),
            OperatorActions.OPERATOR,
            "shut-down",
            cluster.scope(),
            "Patroni is paused; standbys were stopped before " + leader.name()));
    HandoverToken token = token(stage, cluster, demotion, leader);
    ledger.append(token);
    stage.token(token);
  }

  private static HandoverToken token(
      DrillStage stage, Cluster cluster, ClusterDemotion demotion, Host leader) {
    Ledger ledger = stage.ledger();
    long start = ledger.now();
    Map<String, String> states = new TreeMap<>();
    Map<Host, ControlFile> files = new LinkedHashMap<>();
    cluster.members().forEach(member -> files.put(member, demotion.controlFile(member)));
    files.forEach((member, file) -> states.put(member.name(), file.get("Database cluster state")));
    ControlFile file = Objects.requireNonNull(files.get(leader));
    if (!HandoverToken.SHUT_DOWN.equals(states.get(leader.name()))) {
      throw new HostException(
          "%s was not shut down cleanly: its control file says '%s'"
              .formatted(leader.name(), states.get(leader.name())));
    }
    int timeline = file.timeline();
    long checkpoint = Lsn.parse(file.get("Latest checkpoint location"));
    return new HandoverToken(
        ledger.since(start),
        cluster.plan().account() + "-" + UUID.randomUUID().toString().substring(0, 8),
        cluster.scope(),
        states,
        leader.name(),
        file.get("Database system identifier"),
        timeline,
        TimelineHistoryReader.parse(
            demotion.walFile(leader, TimelineHistoryReader.fileName(timeline))),
        checkpoint,
        Lsn.endBefore(checkpoint, Long.parseLong(file.get("Bytes per WAL segment"))),
        stage.acknowledgedBy(cluster));
  }
}
