package io.drillyard.play.restore;

import io.drillyard.check.backup.SandboxIsolationLook;
import io.drillyard.cluster.ObjectStore;
import io.drillyard.cluster.RunSecrets;
import io.drillyard.declaration.Environment;
import io.drillyard.declaration.RestorePolicy;
import io.drillyard.fault.act.RepositoryAccess;
import io.drillyard.host.HostException;
import io.drillyard.host.Testbed;
import io.drillyard.repository.Repository;
import io.drillyard.repository.RepositoryException;
import io.drillyard.repository.StoredObject;
import io.drillyard.scenario.RestoreDrill;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
          if (!series.order().scenarios().isEmpty()) {
            for (StoredObject object : writable.objects(all.root())) {
              past.put(object.key(), writable.read(object.key()));
            }
          }
        });
    if (series.order().fillMebibytes() > 0) {
      source.fill(series.order().fillMebibytes());
    }
    boolean lives = series.order().sourceLives();
    if (lives && policy.freshness() == null) {
      throw new HostException("what befalls a living source is noticed by a declared freshness");
    }
    Map<String, String> versions = source.versions();
    ObjectStore.ReadOnlyEndpoint door = store.openReadOnly(source.stanza());
    try (RestoreTestReader reader = new RestoreTestReader(policy, yard, store, door, source)) {
      SandboxFirewall fence = reader.firewall();
      fence.up();
      List<SandboxIsolationLook.Way> whileOn = fence.tried();
      Instant ended = null;
      if (!lives) {
        source.off();
        ended = Clock.systemUTC().instant();
        progress.say("the source is switched off");
        if (policy.repository() == 2) {
          loseTheFirst();
        }
        refusesWrites(reader.usual(), all.root());
      }
      RepositoryUnderTest usual =
          new RepositoryUnderTest(
              policy,
              reader.stanza(),
              reader.sandbox(),
              fence,
              whileOn,
              source.stanza(),
              source.writes(),
              ended,
              versions,
              beside(reader.usual()),
              null);
      series.undamaged(usual);
      RepositoryAccess access = new RepositoryAccess(source.archives(), store, past, reader);
      boolean compared = !lives && !series.order().scenarios().isEmpty();
      RestoreTestStage stage =
          new RestoreTestStage(
              yard,
              source,
              store,
              reader,
              usual,
              writable,
              access,
              compared ? all.digests() : Map.of(),
              progress);
      for (RestoreDrill drill : series.order().drills()) {
        if (drill.sourceLives() != lives) {
          throw new HostException(
              drill.name()
                  + (lives ? " needs a source that is off" : " needs a source that lives"));
        }
        RestoreDrillPlay.play(drill, series, stage);
      }
    }
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
}
