package io.drillyard.play.restore;

import io.drillyard.check.backup.SandboxIsolationLook;
import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.ObjectStore;
import io.drillyard.cluster.PgBackRest;
import io.drillyard.cluster.PgBackRestRepository;
import io.drillyard.cluster.RunSecrets;
import io.drillyard.declaration.Environment;
import io.drillyard.declaration.RestorePolicy;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.host.Testbed;
import io.drillyard.ledger.Ledger;
import io.drillyard.repository.Repository;
import io.drillyard.workload.WorkloadSchema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Proves the newest backup of a cluster in the middle of a drill: a whole restore test in the
 * environment's sandbox, whose looks stand on the drill's ledger. The cluster goes on meanwhile.
 *
 * @param context whose data it holds
 * @param database in which the drill's clients write
 */
public record DrillBackupProof(
    Testbed yard,
    Environment environment,
    ObjectStore store,
    String context,
    String database,
    RunSecrets secrets) {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /**
   * Restores it up to the end of what is archived.
   *
   * @param told the last write of every client that the cluster had acknowledged before all of that
   *     was archived
   */
  public void prove(Ledger ledger, Cluster cluster, Map<String, Long> told) {
    String sandbox = environment.sandbox();
    if (sandbox == null) {
      throw new HostException(environment.name() + " declares no sandbox");
    }
    Host host = yard.host(sandbox);
    String path = cluster.plan().repositoryPath();
    ObjectStore.ReadOnlyEndpoint door = store.openReadOnly(cluster.plan().account());
    RestorePolicy policy = policy(sandbox, told);
    SandboxFirewall fence =
        new SandboxFirewall(
            yard, host, yard.host(store.state().host()), door.port(), store.state().port());
    fence.up();
    List<SandboxIsolationLook.Way> ways = fence.tried();
    try (Repository reading = store.view(door.credentials(), door.port())) {
      RepositoryUnderTest setting =
          new RepositoryUnderTest(
              policy,
              new StanzaReader(reading, path, cluster.scope()),
              Sandbox.on(
                  host,
                  new PgBackRest(cluster.scope()),
                  new PgBackRestRepository(
                      store.state().at(door.port()),
                      path,
                      door.credentials(),
                      store.caCertificate()),
                  policy),
              fence,
              ways,
              cluster.scope(),
              List.of(),
              null,
              cluster.versions(),
              new StoreSilenceCheck("", Optional::empty),
              path);
      String name = "newest backup of " + cluster.scope();
      new RestoreTestExecution(
              setting,
              name,
              1,
              null,
              RestoreTestLedger.within(ledger, name, secrets::redact),
              line -> ledger.note("info", secrets.redact(line.strip())))
          .run(null, false);
    }
  }

  private RestorePolicy policy(String sandbox, Map<String, Long> told) {
    return new RestorePolicy(
        environment.name(),
        "what a drill proves",
        environment,
        null,
        1,
        sandbox,
        List.of(context),
        "latest",
        "latest",
        null,
        null,
        null,
        null,
        null,
        List.of(
            new RestorePolicy.Assertion(
                "clients whose last acknowledged write is there",
                database,
                there(told),
                Integer.toString(told.size()))),
        LIMIT,
        List.of());
  }

  /** How many clients find there the last write that they were told is done. */
  private static String there(Map<String, Long> told) {
    if (told.isEmpty()) {
      throw new HostException("no client was told anything that a backup could be asked for");
    }
    String values =
        new TreeMap<>(told)
            .entrySet().stream()
                .map(e -> "('%s', %d)".formatted(e.getKey().replace("'", "''"), e.getValue()))
                .collect(Collectors.joining(", "));
    return """
        select count(*) from (values %s) told (writer, seq) where exists (
          select from %s w where w.writer = told.writer and w.seq = told.seq
          union all select from %s p where p.writer = told.writer and p.seq = told.seq)
        """
        .formatted(values, WorkloadSchema.ROUTED, WorkloadSchema.PINNED)
        .replace("\n", " ")
        .strip();
  }
}
