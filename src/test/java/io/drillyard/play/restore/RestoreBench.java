package io.drillyard.play.restore;

import io.drillyard.check.backup.RestoreChoice;
import io.drillyard.check.backup.RestoreRungResult;
import io.drillyard.check.backup.SandboxIsolationLook;
import io.drillyard.cluster.ObjectStore;
import io.drillyard.cluster.PgBackRest;
import io.drillyard.cluster.PgBackRestRepository;
import io.drillyard.cluster.RunSecrets;
import io.drillyard.declaration.Environment;
import io.drillyard.declaration.RestorePolicy;
import io.drillyard.declaration.RestorePolicyFile;
import io.drillyard.host.Host;
import io.drillyard.host.lab.LabEntryPoint.Inside;
import io.drillyard.host.lab.LabTestbed;
import io.drillyard.ledger.RunPlan;
import io.drillyard.repository.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The demonstration's source on disk, and restores of it by hand and by the whole ladder. */
public final class RestoreBench implements AutoCloseable {
  /** Nobody judges such a ledger. */
  private static final RunPlan PLAN =
      new RunPlan(RunPlan.Kind.OPEN, 0, "", Map.of(), Map.of(), Map.of(), List.of(), List.of());

  private final RestorePolicy policy;
  private final LabTestbed yard;
  private final DemonstrationSource source;
  private final ObjectStore store;
  private final ObjectStore.ReadOnlyEndpoint door;
  private final SandboxFirewall fence;
  private final List<SandboxIsolationLook.Way> whileOn;
  private final Host sandbox;

  /** A source with its history; nothing else in it. */
  public RestoreBench(Inside inside) {
    this.policy = RestorePolicyFile.loadInLab(inside.environments(), "large").orThrow();
    this.yard = LabTestbed.open(policy.environment(), inside.image(), inside.disks());
    this.source =
        DemonstrationSource.build(policy.environment(), yard, new RunSecrets(), line -> {});
    source.live(() -> {});
    this.store = source.store(1);
    this.door = store.openReadOnly(source.stanza());
    this.sandbox = yard.host(policy.sandbox());
    Environment.RepositoryState state = store.state();
    this.fence =
        new SandboxFirewall(yard, sandbox, yard.host(state.host()), door.port(), state.port());
    fence.up();
    this.whileOn = fence.tried();
  }

  /** Adds so much, and takes a full backup of all. */
  public void fill(long mebibytes) {
    source.fill(mebibytes);
  }

  /**
   * What one restore of the newest backup took.
   *
   * @param copyMs {@code pgbackrest restore} alone
   * @param openMs until the server is open, from the order
   * @param bytes of the restored files
   */
  public record ByHand(double copyMs, double openMs, long bytes) {}

  /** As an operator does it: restore, start, wait. */
  public ByHand byHand(int processes) {
    Sandbox own = sandbox(processes);
    try (Repository view = store.view(door.credentials(), door.port())) {
      StanzaReader vault = new StanzaReader(view, source.path(), source.stanza());
      String label = vault.held().getLast().label();
      long start = System.nanoTime();
      if (!own.restore(label).ok()) {
        throw new IllegalStateException("the restore by hand failed");
      }
      double copied = (System.nanoTime() - start) / 1e6;
      long bytes = own.bytes();
      long measured = System.nanoTime();
      own.start(new RestoreChoice.Latest(), null);
      own.awaitOpen();
      double opened = copied + (System.nanoTime() - measured) / 1e6;
      own.remove();
      return new ByHand(copied, opened, bytes);
    }
  }

  /** The whole ladder. */
  public List<RestoreRungResult> ladder() {
    try (Repository view = store.view(door.credentials(), door.port())) {
      RepositoryUnderTest setting =
          new RepositoryUnderTest(
              policy,
              new StanzaReader(view, source.path(), source.stanza()),
              sandbox(2),
              fence,
              whileOn,
              source.stanza(),
              source.writes(),
              null,
              Map.of(),
              new StoreSilenceCheck("nobody", Optional::empty),
              null);
      // As of a repository in use: to read every byte before and after is not measured here.
      Path file = Files.createTempFile("clean", RestoreTestLedger.ENDING);
      Files.delete(file);
      RestoreTestLedger ledger = RestoreTestLedger.open(file, List.of("clean"), PLAN, text -> text);
      ledger.begin("bench", setting, Instant.now());
      RestoreTestOutcome test =
          new RestoreTestExecution(setting, "clean", 1, null, ledger, line -> {}).run(null, false);
      ledger.close(null, test.broken() ? "failed" : "complete");
      return test.ladder();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Sandbox sandbox(int processes) {
    PgBackRest tool = new PgBackRest(source.stanza());
    Map<String, String> options = new LinkedHashMap<>(policy.environment().serving().pgbackrest());
    options.put("process-max", Integer.toString(processes));
    tool.configure(
        sandbox,
        PgBackRest.CONFIGURATION,
        List.of(
            new PgBackRestRepository(
                store.state().at(door.port()),
                source.path(),
                door.credentials(),
                store.caCertificate())),
        options,
        Sandbox.data(Sandbox.version(sandbox)));
    return new Sandbox(sandbox, tool, policy.atMost());
  }

  @Override
  public void close() {
    yard.close();
  }
}
