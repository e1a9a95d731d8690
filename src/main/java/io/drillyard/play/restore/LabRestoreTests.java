package io.drillyard.play.restore;

import io.drillyard.check.backup.SandboxIsolationLook;
import io.drillyard.cluster.ObjectStore;
import io.drillyard.cluster.PgBackRest;
import io.drillyard.cluster.PgBackRestRepository;
import io.drillyard.cluster.RunSecrets;
import io.drillyard.declaration.Environment;
import io.drillyard.declaration.RestorePolicy;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.host.Testbed;
import io.drillyard.play.tamper.BackupIncident;
import io.drillyard.play.tamper.RepositoryDamage;
import io.drillyard.play.tamper.StanzaObjects;
import io.drillyard.play.tamper.StoreTrouble;
import io.drillyard.repository.Repository;
import io.drillyard.repository.RepositoryException;
import io.drillyard.repository.StoredObject;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A source with history of the lab's own, tests of it, and tests after each damage. */
final class LabRestoreTests {
  private final RestorePolicy policy;
  private final Testbed yard;
  private final ProgressLines progress;
  private final DemonstrationSource source;
  private final ObjectStore store;
  private final Repository writable;
  private final Map<String, byte[]> past = new LinkedHashMap<>();

  LabRestoreTests(RestorePolicy policy, Testbed yard, RunSecrets secrets, ProgressLines progress) {
    this.policy = policy;
    this.progress = progress;
    this.source = DemonstrationSource.build(policy.environment(), yard, secrets, progress);
    this.store = source.store(policy.repository());
    this.writable = store.view();
    this.yard = yard;
  }

  void run(RestoreTestSeries series) throws IOException {
    StanzaReader all = new StanzaReader(writable, source.path(), source.stanza());
    source.live(
        () -> {
          // Only a damage that turns the repository back in time needs to know its past.
          if (!series.order().tamperings().isEmpty()) {
            for (StoredObject object : writable.objects(all.root())) {
              past.put(object.key(), writable.read(object.key()));
            }
          }
        });
    if (series.order().fillMebibytes() > 0) {
      source.fill(series.order().fillMebibytes());
    }
    Map<String, String> versions = source.versions();
    ObjectStore.ReadOnlyEndpoint door = store.openReadOnly(source.stanza());
    Host sandbox = yard.host(policy.sandbox());
    Environment.RepositoryState state = store.state();
    SandboxFirewall fence =
        new SandboxFirewall(yard, sandbox, yard.host(state.host()), door.port(), state.port());
    fence.up();
    List<SandboxIsolationLook.Way> whileOn = fence.tried();
    if (!series.order().incidents().isEmpty()) {
      live(series, door, fence, whileOn, versions);
      return;
    }
    source.off();
    Instant ended = Clock.systemUTC().instant();
    progress.say("the source is switched off");
    if (policy.repository() == 2) {
      loseTheFirst();
    }
    try (Repository reading = store.view(door.credentials(), door.port())) {
      refusesWrites(reading, all.root());
      RepositoryUnderTest setting =
          new RepositoryUnderTest(
              policy,
              new StanzaReader(reading, source.path(), source.stanza()),
              sandbox(sandbox, state, door),
              fence,
              whileOn,
              source.stanza(),
              source.writes(),
              ended,
              versions,
              beside(reading));
      series.undamaged(setting);
      Map<String, String> clean = setting.fingerprints();
      for (String name : series.order().tamperings()) {
        Optional<StoreTrouble> trouble = StoreTrouble.called(name);
        if (name.equals(RestoreOrder.RANSOM)) {
          new RansomTest(writable).demand(series, setting, clean);
        } else if (name.equals(RestoreOrder.DELTA)) {
          DeltaRestoreTest.demonstrate(series, setting, clean);
        } else if (trouble.isPresent()) {
          troubles(door).meet(series, setting, trouble.get(), clean);
        } else {
          tampered(series, setting, RepositoryDamage.named(name), clean);
        }
      }
    }
  }

  /** The source lives on, and things befall its backups. */
  private void live(
      RestoreTestSeries series,
      ObjectStore.ReadOnlyEndpoint door,
      SandboxFirewall fence,
      List<SandboxIsolationLook.Way> whileOn,
      Map<String, String> versions)
      throws IOException {
    try (Repository reading = store.view(door.credentials(), door.port())) {
      RepositoryUnderTest setting =
          new RepositoryUnderTest(
              policy,
              new StanzaReader(reading, source.path(), source.stanza()),
              sandbox(yard.host(policy.sandbox()), store.state(), door),
              fence,
              whileOn,
              source.stanza(),
              source.writes(),
              null,
              versions,
              beside(reading));
      series.undamaged(setting);
      try (IncidentTests incidents = new IncidentTests(yard, store, source, setting, progress)) {
        for (BackupIncident incident : series.order().incidents()) {
          incidents.befall(series, incident);
        }
      }
    }
  }

  private StoreTroubleTests troubles(ObjectStore.ReadOnlyEndpoint door) {
    return new StoreTroubleTests(policy, yard, store, door, source.path(), source.stanza());
  }

  /** The store's own door, where trouble lies on another way to it. */
  private static StoreSilenceCheck beside(Repository straight) {
    return new StoreSilenceCheck(
        "the store's own door",
        () -> {
          try {
            straight.reach();
            return Optional.of(true);
          } catch (RepositoryException e) {
            return Optional.of(e.kind() != RepositoryException.Kind.UNREACHABLE);
          }
        });
  }

  /** The restore has to do with what the second repository holds. */
  private void loseTheFirst() {
    Environment.RepositoryState first = policy.environment().repository();
    yard.host(first.host()).power().off();
    progress.say("repository 1 is lost: %s has no power".formatted(first.host()));
  }

  /** The door's own promise is tried before anything relies on it. */
  private static void refusesWrites(Repository reading, String root) {
    String key = root + "drillyard-must-not-be-written";
    try {
      reading.put(key, new byte[] {1});
    } catch (RepositoryException e) {
      return;
    }
    throw new HostException("the read-only endpoint of the object store let somebody write " + key);
  }

  private Sandbox sandbox(
      Host host, Environment.RepositoryState state, ObjectStore.ReadOnlyEndpoint door) {
    return Sandbox.on(
        host,
        new PgBackRest(source.stanza()),
        new PgBackRestRepository(
            state.at(door.port()), source.path(), door.credentials(), store.caCertificate()),
        policy);
  }

  private void tampered(
      RestoreTestSeries series,
      RepositoryUnderTest setting,
      RepositoryDamage tampering,
      Map<String, String> clean)
      throws IOException {
    StanzaObjects objects = StanzaObjects.of(List.copyOf(clean.keySet()), writable::read, past);
    tampering.apply(objects);
    Map<String, byte @Nullable []> undo = new LinkedHashMap<>();
    for (String key : objects.changes().keySet()) {
      undo.put(key, clean.containsKey(key) ? writable.read(key) : null);
    }
    try {
      change(objects.changes());
      Map<String, String> damaged = setting.fingerprints();
      if (damaged.equals(clean)) {
        throw new HostException(tampering + " changed nothing");
      }
      RestoreTestOutcome test = series.damaged(setting, tampering.option(), damaged);
      series.write(
          test.as(RepositoryFaultResults.caught(tampering.words(), tampering.rung(), "", test)));
    } finally {
      change(undo);
    }
    if (!setting.fingerprints().equals(clean)) {
      throw new HostException(tampering + " was not undone: the repository is not as before");
    }
  }

  private void change(Map<String, byte @Nullable []> changes) {
    changes.forEach(
        (key, bytes) -> {
          if (bytes == null) {
            writable.delete(key);
          } else {
            writable.put(key, bytes);
          }
        });
  }
}
