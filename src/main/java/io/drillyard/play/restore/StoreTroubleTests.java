package io.drillyard.play.restore;

import io.drillyard.check.ControlResult;
import io.drillyard.check.backup.Rung;
import io.drillyard.cluster.FaultyStoreProxy;
import io.drillyard.cluster.ObjectStore;
import io.drillyard.cluster.PgBackRest;
import io.drillyard.cluster.PgBackRestRepository;
import io.drillyard.declaration.Environment;
import io.drillyard.declaration.RestorePolicy;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.host.Testbed;
import io.drillyard.play.tamper.StoreTrouble;
import io.drillyard.repository.Repositories;
import io.drillyard.repository.Repository;
import io.drillyard.repository.RepositoryLocation;
import io.drillyard.repository.StoreType;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * Restore tests with trouble on the way: sandbox and harness go through a door that misbehaves, to
 * a repository that is whole.
 */
final class StoreTroubleTests {
  /** The limit is enforced second by second: an answer may come a little ahead of it. */
  private static final double SLACK = 1.5;

  private static final double TIMES_SLOWER = 3;

  /** The quickest of so many looks is what the usual way can do; a busy machine is no slow line. */
  private static final int LOOKS = 3;

  private static final String NO_BITE =
      "Nothing showed that the trouble was there: it proves nothing.";

  /** So many refused requests are no accident. */
  private static final long BURSTS_AT_LEAST = 5;

  private final RestorePolicy policy;
  private final Testbed yard;
  private final ObjectStore store;
  private final ObjectStore.ReadOnlyEndpoint door;
  private final String path;
  private final String stanza;

  StoreTroubleTests(
      RestorePolicy policy,
      Testbed yard,
      ObjectStore store,
      ObjectStore.ReadOnlyEndpoint door,
      String path,
      String stanza) {
    this.policy = policy;
    this.yard = yard;
    this.store = store;
    this.door = door;
    this.path = path;
    this.stanza = stanza;
    if (!List.of("s3", "minio").contains(store.state().type())) {
      throw new HostException(
          "troubles speak the S3 protocol; the store is of type " + store.state().type());
    }
  }

  /** One test through the trouble. */
  void meet(
      RestoreTestSeries series,
      RepositoryUnderTest usual,
      StoreTrouble trouble,
      Map<String, String> clean)
      throws IOException {
    Environment.RepositoryState state = store.state();
    Host storeHost = yard.host(state.host());
    Host sandbox = usual.sandbox().host();
    FaultyStoreProxy troubled = FaultyStoreProxy.before(storeHost, state, door.port());
    SandboxFirewall fence =
        new SandboxFirewall(yard, sandbox, storeHost, FaultyStoreProxy.PORT, door.port());
    try (Repository view = view(trouble)) {
      if (trouble == StoreTrouble.REFUSED) {
        troubled.shut();
      } else {
        troubled.open(trouble.rules());
      }
      if (trouble == StoreTrouble.REVOKED) {
        store.revoke(stanza);
      }
      fence.up();
      String slowed = trouble == StoreTrouble.SLOW ? slowed(view, usual.vault().sizes()) : null;
      RepositoryUnderTest setting =
          new RepositoryUnderTest(
              usual.policy(),
              new StanzaReader(view, path, stanza),
              through(sandbox, troubled(trouble)),
              fence,
              usual.whileSourceRan(),
              usual.stanza(),
              usual.writes(),
              usual.sourceEnded(),
              usual.versions(),
              usual.silence());
      RestoreTestOutcome test = series.damaged(setting, trouble.option(), clean);
      RestoreTestOutcome.Control control = control(trouble, test);
      String bite = trouble == StoreTrouble.BURSTS ? bursts(troubled) : slowed;
      if (trouble.rung() != null) {
        series.write(test.as(control));
      } else if (bite != null) {
        series.write(test.as(control, List.of(bite)));
      } else {
        series.write(test.as(unproved(control), List.of(NO_BITE)));
      }
    } finally {
      if (trouble == StoreTrouble.REVOKED) {
        store.grant(stanza);
      }
      troubled.shut();
      usual.fence().up();
      through(sandbox, state.at(door.port()));
    }
  }

  /** The store as the test is told of it. */
  private Environment.RepositoryState troubled(StoreTrouble trouble) {
    String name = store.state().endpoint();
    return store
        .state()
        .at(
            trouble == StoreTrouble.UNRESOLVED ? StoreTrouble.UNKNOWN + name : name,
            FaultyStoreProxy.PORT);
  }

  private Repository view(StoreTrouble trouble) {
    Environment.RepositoryState state = troubled(trouble);
    return Repositories.open(
        new RepositoryLocation(
            StoreType.of(state.type()),
            URI.create("https://" + state.endpoint() + ":" + state.port()),
            trouble == StoreTrouble.WRONG_REGION ? StoreTrouble.OTHER_REGION : state.region(),
            state.bucket(),
            store.caCertificate()),
        door.credentials());
  }

  private Sandbox through(Host sandbox, Environment.RepositoryState state) {
    return Sandbox.on(
        sandbox,
        new PgBackRest(stanza),
        new PgBackRestRepository(state, path, door.credentials(), store.caCertificate()),
        policy);
  }

  /** What shows that a trouble that is to be overcome was there; null when nothing does. */
  private @Nullable String slowed(Repository view, Map<String, Long> sizes) {
    Map.Entry<String, Long> largest =
        sizes.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    double usual;
    try (Repository straight = store.view(door.credentials(), door.port())) {
      usual =
          DoubleStream.generate(() -> seconds(straight, largest.getKey()))
              .limit(LOOKS)
              .min()
              .orElseThrow();
    }
    double slowly = seconds(view, largest.getKey());
    double rate = largest.getValue() / slowly;
    boolean slow =
        slowly >= usual * TIMES_SLOWER && rate <= StoreTrouble.SLOW_BYTES_PER_SECOND * SLACK;
    return slow
        ? "%s, %,d bytes, came through the door in %.2f s, at %.2f MiB/s; the usual way in %.2f s."
            .formatted(largest.getKey(), largest.getValue(), slowly, rate / (1 << 20), usual)
        : null;
  }

  /** How long an object takes by a connection that stands already. */
  private static double seconds(Repository view, String key) {
    view.reach();
    long start = System.nanoTime();
    view.digest(key);
    return (System.nanoTime() - start) / 1e9;
  }

  private static @Nullable String bursts(FaultyStoreProxy door) {
    FaultyStoreProxy.Counts counts = door.counts();
    return counts.failed() < BURSTS_AT_LEAST ? null : counts.words();
  }

  /** A proof in spite of what was not there is none; a failure stays one. */
  private static RestoreTestOutcome.Control unproved(RestoreTestOutcome.Control control) {
    return control.result() == ControlResult.OVERCOME
        ? new RestoreTestOutcome.Control(
            control.words(), control.rung(), control.by(), ControlResult.UNDETERMINED)
        : control;
  }

  private static RestoreTestOutcome.Control control(StoreTrouble trouble, RestoreTestOutcome test) {
    Rung rung = trouble.rung();
    return rung == null
        ? RepositoryFaultResults.overcome(trouble.words(), test)
        : RepositoryFaultResults.caught(trouble.words(), rung, trouble.beginning(), test);
  }
}
