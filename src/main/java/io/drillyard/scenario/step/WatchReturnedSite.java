package io.drillyard.scenario.step;

import io.drillyard.check.FenceHeld;
import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.PgBackRest;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import io.drillyard.ledger.Event;
import java.time.Duration;
import java.util.List;

/**
 * Looks from the returned hosts themselves: nothing of Patroni or PostgreSQL runs there, and the
 * repository denies the configuration that they still hold.
 */
public record WatchReturnedSite(ClusterRef lost) implements Step {
  private static final Duration REPOSITORY_LIMIT = Duration.ofSeconds(20);

  /** pgrep: no process matched; anything else but 0 is an error. */
  private static final int NONE = 1;

  @Override
  public String words() {
    return "look from the returned hosts: no Patroni runs, the repository denies the old account";
  }

  @Override
  public List<ClusterRef> clusters() {
    return List.of(lost);
  }

  @Override
  public Duration limit() {
    return Duration.ofSeconds(90);
  }

  @Override
  public void run(DrillStage stage) {
    Cluster cluster = stage.cluster(lost);
    List<Host> site = stage.siteOf(cluster);
    cluster.members().stream().filter(site::contains).forEach(m -> look(stage, cluster, m));
  }

  private static void look(DrillStage stage, Cluster lost, Host host) {
    long start = stage.ledger().now();
    CommandResult running = host.attempt(Command.of("pgrep", "-l", "patroni|postgres"));
    CommandResult listed = lost.pgBackRest().attempt(host, REPOSITORY_LIMIT, "repo-ls");
    String seen =
        "from %s: %s; pgbackrest repo-ls %s"
            .formatted(
                host.name(),
                running.exit() == NONE ? "no Patroni runs" : "pgrep: " + running.tail(),
                listed.ok() ? "is admitted" : "ended with " + listed.exit() + reason(listed));
    boolean in = running.exit() == NONE && PgBackRest.denied(listed);
    boolean out = running.ok() || listed.ok();
    if (!in && !out) {
      // Neither proved: a command that failed for another reason denies nothing.
      stage.ledger().note("warning", "the fence is not decided " + seen);
      return;
    }
    stage
        .ledger()
        .append(
            new Event.Action(
                stage.ledger().since(start),
                "harness",
                out ? FenceHeld.NOT_IN_FORCE : FenceHeld.WITNESSED,
                host.name(),
                seen));
  }

  /** The first line of what it said: pgBackRest puts the reason there and the headers after it. */
  private static String reason(CommandResult result) {
    String said = (result.stdout() + result.stderr()).strip();
    return ": " + said.lines().findFirst().orElse("it said nothing");
  }
}
