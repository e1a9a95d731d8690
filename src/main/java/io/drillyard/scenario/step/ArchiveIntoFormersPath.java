package io.drillyard.scenario.step;

import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.PgBackRest;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.ledger.Event;
import java.time.Duration;
import java.util.List;

/**
 * Somebody gives a cluster that took over the stanza and the path of the one before it: for a
 * control. Both have the same system identifier, and pgBackRest takes what is pushed
 * (docs/findings/a-second-archiver-is-let-in.md).
 *
 * @param which took over
 * @param former whose path it is
 */
public record ArchiveIntoFormersPath(ClusterRef which, ClusterRef former) implements Step {
  private static final String COPY = "/etc/pgbackrest/copied.conf";

  @Override
  public String words() {
    return "%s is made to archive into the path of %s".formatted(which.words(), former.words());
  }

  @Override
  public List<ClusterRef> clusters() {
    return List.of(which, former);
  }

  @Override
  public Duration limit() {
    return Duration.ofMinutes(1);
  }

  @Override
  public void run(DrillStage stage) {
    Cluster cluster = stage.cluster(which);
    Cluster other = stage.cluster(former);
    long start = stage.ledger().now();
    Host leader = cluster.leader();
    leader.run(
        Command.sh(
            "install -m 640 -o postgres -g postgres %1$s %2$s && sed -i 's#%3$s$#%4$s#; s#^\\[%5$s\\]#[%6$s]#' %2$s"
                .formatted(
                    PgBackRest.CONFIGURATION,
                    COPY,
                    cluster.plan().repositoryPath(),
                    other.plan().repositoryPath(),
                    cluster.scope(),
                    other.scope())));
    String archive = other.pgBackRest().archiveCommand().replace(PgBackRest.CONFIGURATION, COPY);
    leader.run(
        Command.of("psql", "-X", "-h", "/run/postgresql", "-d", "postgres", "-v", "ON_ERROR_STOP=1")
            .as("postgres")
            .reading(
                "alter system set archive_command = '%s'; select pg_reload_conf();"
                    .formatted(archive)));
    stage
        .ledger()
        .append(
            new Event.Action(
                stage.ledger().since(start),
                OperatorActions.OPERATOR,
                "archive-into-formers-path",
                cluster.scope(),
                "archives to " + other.plan().repositoryPath()));
  }
}
