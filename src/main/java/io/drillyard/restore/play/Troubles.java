package io.drillyard.restore.play;

import io.drillyard.cluster.ObjectStore;
import io.drillyard.cluster.PgBackRest;
import io.drillyard.cluster.PgBackRestRepository;
import io.drillyard.cluster.TroubledDoor;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.host.Yard;
import io.drillyard.repository.Location;
import io.drillyard.repository.Repositories;
import io.drillyard.repository.Repository;
import io.drillyard.repository.StoreType;
import io.drillyard.restore.judge.Rung;
import io.drillyard.restore.report.RestoreTest;
import io.drillyard.restore.tamper.Trouble;
import io.drillyard.target.Environment;
import io.drillyard.target.RestorePolicy;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Restore tests with trouble on the way: sandbox and harness go through a door that misbehaves, to
 * a repository that is whole.
 */
final class Troubles {
  /** The limit is enforced second by second: an answer may come a little ahead of it. */
  private static final double SLACK = 1.5;

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

  /** One test through the trouble, and its record. */
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
              through(sandbox, state.at(TroubledDoor.PORT)),
              fence,
              usual.whileSourceRan(),
              usual.stanza(),
              usual.writes(),
              usual.sourceEnded(),
              usual.versions());
      RestoreTest test = series.damaged(setting, trouble.option(), clean);
      Bite bite = trouble == Trouble.SLOW ? Bite.of(slowed) : bursts(trouble, troubled);
      RestoreTest.Control control = control(trouble, test);
      series.write(test.as(bite.proved() ? control : unproved(control), List.of(bite.words())));
    } finally {
      if (trouble == Trouble.REVOKED) {
        store.grant(stanza);
      }
      troubled.shut();
      usual.fence().up();
      through(sandbox, state.at(door.port()));
    }
  }

  private Repository view(Trouble trouble) {
    Environment.RepositoryState state = store.state();
    return Repositories.open(
        new Location(
            StoreType.of(state.type()),
            URI.create("https://" + state.endpoint() + ":" + TroubledDoor.PORT),
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

  /**
   * Whether a trouble that is to be overcome was really there; of others their own rung says it.
   *
   * @param words for the record
   */
  private record Bite(boolean proved, String words) {
    static Bite of(@Nullable String slowed) {
      return slowed == null
          ? new Bite(false, "Nothing showed that the way was slow: the trouble proves nothing.")
          : new Bite(true, slowed);
    }
  }

  /** A large object through the door takes as long as the trouble says; else null. */
  private static @Nullable String slowed(Repository view, Map<String, Long> sizes) {
    Map.Entry<String, Long> largest =
        sizes.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    long start = System.nanoTime();
    view.digest(largest.getKey());
    double seconds = (System.nanoTime() - start) / 1e9;
    double rate = largest.getValue() / seconds;
    boolean slow =
        largest.getValue() >= Trouble.SLOW_BYTES_PER_SECOND / 2
            && rate <= Trouble.SLOW_BYTES_PER_SECOND * SLACK;
    return slow
        ? "%s, %,d bytes, came through the door in %.2f s, at %.2f MiB/s."
            .formatted(largest.getKey(), largest.getValue(), seconds, rate / (1 << 20))
        : null;
  }

  private static Bite bursts(Trouble trouble, TroubledDoor door) {
    if (trouble.rung() != null) {
      return new Bite(true, "The rung that noticed it says what came through the door.");
    }
    TroubledDoor.Counts counts = door.counts();
    return new Bite(
        counts.failed() >= BURSTS_AT_LEAST,
        "%,d requests came through the door, %,d of them were answered with 5xx."
            .formatted(counts.requests(), counts.failed()));
  }

  private static RestoreTest.Control unproved(RestoreTest.Control control) {
    return new RestoreTest.Control(control.words(), control.rung(), control.by(), "UNDETERMINED");
  }

  private static RestoreTest.Control control(Trouble trouble, RestoreTest test) {
    Rung rung = trouble.rung();
    return rung == null
        ? Controls.overcome(trouble.words(), test)
        : Controls.caught(trouble.words(), rung, trouble.beginning(), test);
  }
}
