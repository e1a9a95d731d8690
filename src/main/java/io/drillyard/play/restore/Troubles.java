package io.drillyard.play.restore;

import io.drillyard.check.ControlResult;
import io.drillyard.check.backup.Rung;
import io.drillyard.cluster.ObjectStore;
import io.drillyard.cluster.PgBackRest;
import io.drillyard.cluster.PgBackRestRepository;
import io.drillyard.cluster.TroubledDoor;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.host.Yard;
import io.drillyard.play.tamper.Trouble;
import io.drillyard.repository.Location;
import io.drillyard.repository.Repositories;
import io.drillyard.repository.Repository;
import io.drillyard.repository.StoreType;
import io.drillyard.target.Environment;
import io.drillyard.target.RestorePolicy;
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
final class Troubles {
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
  private final Yard yard;
  private final ObjectStore store;
  private final ObjectStore.ReadingDoor door;
  private final String path;
  private final String stanza;

  Troubles(
      RestorePolicy policy,
      Yard yard,
      ObjectStore store,
      ObjectStore.ReadingDoor door,
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
  void meet(Series series, Setting usual, Trouble trouble, Map<String, String> clean)
      throws IOException {
    Environment.RepositoryState state = store.state();
    Host storeHost = yard.host(state.host());
    Host sandbox = usual.sandbox().host();
    TroubledDoor troubled = TroubledDoor.before(storeHost, state, door.port());
    Fence fence = new Fence(yard, sandbox, storeHost, TroubledDoor.PORT, door.port());
    try (Repository view = view(trouble)) {
      if (trouble == Trouble.REFUSED) {
        troubled.shut();
      } else {
        troubled.open(trouble.rules());
      }
      if (trouble == Trouble.REVOKED) {
        store.revoke(stanza);
      }
      fence.up();
      String slowed = trouble == Trouble.SLOW ? slowed(view, usual.vault().sizes()) : null;
      Setting setting =
          new Setting(
              usual.policy(),
              new Vault(view, path, stanza),
              through(sandbox, troubled(trouble)),
              fence,
              usual.whileSourceRan(),
              usual.stanza(),
              usual.writes(),
              usual.sourceEnded(),
              usual.versions(),
              usual.silence());
      TestOutcome test = series.damaged(setting, trouble.option(), clean);
      TestOutcome.Control control = control(trouble, test);
      String bite = trouble == Trouble.BURSTS ? bursts(troubled) : slowed;
      if (trouble.rung() != null) {
        series.write(test.as(control));
      } else if (bite != null) {
        series.write(test.as(control, List.of(bite)));
      } else {
        series.write(test.as(unproved(control), List.of(NO_BITE)));
      }
    } finally {
      if (trouble == Trouble.REVOKED) {
        store.grant(stanza);
      }
      troubled.shut();
      usual.fence().up();
      through(sandbox, state.at(door.port()));
    }
  }

  /** The store as the test is told of it. */
  private Environment.RepositoryState troubled(Trouble trouble) {
    String name = store.state().endpoint();
    return store
        .state()
        .at(trouble == Trouble.UNRESOLVED ? Trouble.UNKNOWN + name : name, TroubledDoor.PORT);
  }

  private Repository view(Trouble trouble) {
    Environment.RepositoryState state = troubled(trouble);
    return Repositories.open(
        new Location(
            StoreType.of(state.type()),
            URI.create("https://" + state.endpoint() + ":" + state.port()),
            trouble == Trouble.WRONG_REGION ? Trouble.OTHER_REGION : state.region(),
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
    boolean slow = slowly >= usual * TIMES_SLOWER && rate <= Trouble.SLOW_BYTES_PER_SECOND * SLACK;
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

  private static @Nullable String bursts(TroubledDoor door) {
    TroubledDoor.Counts counts = door.counts();
    return counts.failed() < BURSTS_AT_LEAST ? null : counts.words();
  }

  /** A proof in spite of what was not there is none; a failure stays one. */
  private static TestOutcome.Control unproved(TestOutcome.Control control) {
    return control.result() == ControlResult.OVERCOME
        ? new TestOutcome.Control(
            control.words(), control.rung(), control.by(), ControlResult.UNDETERMINED)
        : control;
  }

  private static TestOutcome.Control control(Trouble trouble, TestOutcome test) {
    Rung rung = trouble.rung();
    return rung == null
        ? Controls.overcome(trouble.words(), test)
        : Controls.caught(trouble.words(), rung, trouble.beginning(), test);
  }
}
