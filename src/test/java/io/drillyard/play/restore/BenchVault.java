package io.drillyard.play.restore;

import io.drillyard.check.backup.Choice;
import io.drillyard.check.backup.Climbed;
import io.drillyard.check.backup.IsolationLook;
import io.drillyard.cluster.ObjectStore;
import io.drillyard.cluster.PgBackRest;
import io.drillyard.cluster.PgBackRestRepository;
import io.drillyard.cluster.Secrets;
import io.drillyard.host.Host;
import io.drillyard.host.lab.LabProgram.Inside;
import io.drillyard.host.lab.LabYard;
import io.drillyard.ledger.RunPlan;
import io.drillyard.repository.Repository;
import io.drillyard.target.Environment;
import io.drillyard.target.RestorePolicy;
import io.drillyard.target.RestorePolicyFile;
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
public final class BenchVault implements AutoCloseable {
  /** Nobody judges such a ledger. */
  private static final RunPlan PLAN =
      new RunPlan(RunPlan.Kind.OPEN, 0, "", Map.of(), Map.of(), Map.of(), List.of(), List.of());

  private final RestorePolicy policy;
  private final LabYard yard;
  private final Source source;
  private final ObjectStore store;
  private final ObjectStore.ReadingDoor door;
  private final Fence fence;
  private final List<IsolationLook.Way> whileOn;
  private final Host sandbox;

  /** A source with its history; nothing else in it. */
  public BenchVault(Inside inside) {
    this.policy = RestorePolicyFile.loadInLab(inside.environments(), "large").orThrow();
    this.yard = LabYard.open(policy.environment(), inside.image(), inside.disks());
    this.source = Source.build(policy.environment(), yard, new Secrets(), line -> {});
    source.live(() -> {});
    this.store = source.store(1);
    this.door = store.openReadOnly(source.stanza());
    this.sandbox = yard.host(policy.sandbox());
    Environment.RepositoryState state = store.state();
    this.fence = new Fence(yard, sandbox, yard.host(state.host()), door.port(), state.port());
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
      Vault vault = new Vault(view, source.path(), source.stanza());
      String label = vault.held().getLast().label();
      long start = System.nanoTime();
      if (!own.restore(label).ok()) {
        throw new IllegalStateException("the restore by hand failed");
      }
      double copied = (System.nanoTime() - start) / 1e6;
      long bytes = own.bytes();
      long measured = System.nanoTime();
      own.start(new Choice.Latest(), null);
      own.awaitOpen();
      double opened = copied + (System.nanoTime() - measured) / 1e6;
      own.remove();
      return new ByHand(copied, opened, bytes);
    }
  }

  /** The whole ladder. */
  public List<Climbed> ladder() {
    try (Repository view = store.view(door.credentials(), door.port())) {
      Setting setting =
          new Setting(
              policy,
              new Vault(view, source.path(), source.stanza()),
              sandbox(2),
              fence,
              whileOn,
              source.stanza(),
              source.writes(),
              null,
              Map.of(),
              new Silence("nobody", Optional::empty));
      // As of a repository in use: to read every byte before and after is not measured here.
      Path file = Files.createTempFile("clean", TestLedger.ENDING);
      Files.delete(file);
      TestLedger ledger = TestLedger.open(file, List.of("clean"), PLAN, text -> text);
      ledger.begin("bench", setting, Instant.now());
      TestOutcome test = new Trial(setting, "clean", 1, null, ledger, line -> {}).run(null, false);
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
