package io.drillyard.play.restore;

import io.drillyard.check.backup.IsolationLook;
import io.drillyard.cluster.ObjectStore;
import io.drillyard.cluster.PgBackRest;
import io.drillyard.cluster.PgBackRestRepository;
import io.drillyard.cluster.Secrets;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.host.Yard;
import io.drillyard.play.tamper.Incident;
import io.drillyard.play.tamper.Objects;
import io.drillyard.play.tamper.Tampering;
import io.drillyard.play.tamper.Trouble;
import io.drillyard.repository.Repository;
import io.drillyard.repository.RepositoryException;
import io.drillyard.repository.StoredObject;
import io.drillyard.target.Environment;
import io.drillyard.target.RestorePolicy;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A source with history of the lab's own, tests of it, and tests after each damage. */
final class Demonstration {
  private final RestorePolicy policy;
  private final Yard yard;
  private final Progress progress;
  private final Source source;
  private final ObjectStore store;
  private final Repository writable;
  private final Map<String, byte[]> past = new LinkedHashMap<>();

  Demonstration(RestorePolicy policy, Yard yard, Secrets secrets, Progress progress) {
    this.policy = policy;
    this.progress = progress;
    this.source = Source.build(policy.environment(), yard, secrets, progress);
    this.store = source.store(policy.repository());
    this.writable = store.view();
    this.yard = yard;
  }

  void run(Series series) throws IOException {
    Vault all = new Vault(writable, source.path(), source.stanza());
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
    ObjectStore.ReadingDoor door = store.openReadOnly(source.stanza());
    Host sandbox = yard.host(policy.sandbox());
    Environment.RepositoryState state = store.state();
    Fence fence = new Fence(yard, sandbox, yard.host(state.host()), door.port(), state.port());
    fence.up();
    List<IsolationLook.Way> whileOn = fence.tried();
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
      Setting setting =
          new Setting(
              policy,
              new Vault(reading, source.path(), source.stanza()),
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
        Optional<Trouble> trouble = Trouble.called(name);
        if (name.equals(RestoreOrder.RANSOM)) {
          new Ransom(writable).demand(series, setting, clean);
        } else if (name.equals(RestoreOrder.DELTA)) {
          Leftovers.demonstrate(series, setting, clean);
        } else if (trouble.isPresent()) {
          troubles(door).meet(series, setting, trouble.get(), clean);
        } else {
          tampered(series, setting, Tampering.named(name), clean);
        }
      }
    }
  }

  /** The source lives on, and things befall its backups. */
  private void live(
      Series series,
      ObjectStore.ReadingDoor door,
      Fence fence,
      List<IsolationLook.Way> whileOn,
      Map<String, String> versions)
      throws IOException {
    try (Repository reading = store.view(door.credentials(), door.port())) {
      Setting setting =
          new Setting(
              policy,
              new Vault(reading, source.path(), source.stanza()),
              sandbox(yard.host(policy.sandbox()), store.state(), door),
              fence,
              whileOn,
              source.stanza(),
              source.writes(),
              null,
              versions,
              beside(reading));
      series.undamaged(setting);
      try (Incidents incidents = new Incidents(yard, store, source, setting, progress)) {
        for (Incident incident : series.order().incidents()) {
          incidents.befall(series, incident);
        }
      }
    }
  }

  private Troubles troubles(ObjectStore.ReadingDoor door) {
    return new Troubles(policy, yard, store, door, source.path(), source.stanza());
  }

  /** The store's own door, where trouble lies on another way to it. */
  private static Silence beside(Repository straight) {
    return new Silence(
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
    throw new HostException("the reading door of the object store let somebody write " + key);
  }

  private Sandbox sandbox(
      Host host, Environment.RepositoryState state, ObjectStore.ReadingDoor door) {
    return Sandbox.on(
        host,
        new PgBackRest(source.stanza()),
        new PgBackRestRepository(
            state.at(door.port()), source.path(), door.credentials(), store.caCertificate()),
        policy);
  }

  private void tampered(
      Series series, Setting setting, Tampering tampering, Map<String, String> clean)
      throws IOException {
    Objects objects = Objects.of(List.copyOf(clean.keySet()), writable::read, past);
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
      TestOutcome test = series.damaged(setting, tampering.option(), damaged);
      series.write(test.as(Controls.caught(tampering.words(), tampering.rung(), "", test)));
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
