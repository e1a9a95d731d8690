package io.drillyard.repository;

import io.drillyard.HangLimit;
import io.drillyard.cluster.ObjectStore;
import io.drillyard.cluster.RunSecrets;
import io.drillyard.declaration.Environment;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.lab.LabEntryPoint;
import io.drillyard.host.lab.LabTestbed;
import io.drillyard.host.lab.TestLab;
import io.drillyard.host.lab.TwoSites;
import io.drillyard.ledger.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Inside a lab: starts the server of the kind that its first argument names, does everything with
 * it that a repository can do, and tells what came of it. {@link StoreContractLabTest} knows the
 * answers.
 */
public final class StoreContract implements LabEntryPoint {
  /** More than the heap of {@link SmallHeap}. */
  private static final int LARGE = 72 << 20;

  /** So often a large object is written anew whose time was up: a busy machine needs several. */
  private static final int TRIES = 6;

  /**
   * No more than the JDK keeps connections open to one server: each would begin with a handshake.
   */
  private static final int AT_ONCE = 4;

  @Override
  public int run(Inside inside, List<String> arguments) throws Exception {
    String type = arguments.get(0);
    Environment environment = TwoSites.with(type, Boolean.parseBoolean(arguments.get(1)));
    try (LabTestbed yard = LabTestbed.open(environment, inside.image(), inside.disks())) {
      Host host = yard.host("repo1");
      ObjectStore store = ObjectStore.start(host, environment.repository(), new RunSecrets());
      TestLab.tell("started", type);
      Credentials site = store.grant("onprem");
      try (Repository view = store.view(site, environment.repository().port())) {
        basics(view);
        edges(view);
        absent(view);
        capabilities(view);
        credentials(store, view, site);
        RepositoryLocation at = place(store, store.state().port(), store.caCertificate());
        int many = Integer.parseInt(arguments.get(2));
        if (many > 0) {
          many(view, many);
          large(store, view, site);
          FoundCredentials.ask(at, site, wrong(site), TestLab::tell);
        }
        if (view.lacks(StoreCapability.RETENTION).isEmpty()) {
          try (LockedObject locked = new LockedObject(at, (Credentials.Keys) site)) {
            locked.tell(view);
          }
        }
        try (Repository owner = store.view()) {
          TestLab.tell("owner lacks", owner.lacks(StoreCapability.RETENTION).orElse("no"));
        }
        store.revoke("onprem");
        TestLab.tell("admits the revoked", view.admits(site));
        TestLab.tell("the revoked reads", kind(() -> view.read("a/one")));
      }
      wrongCa(host, store, site);
      nobody(store, site);
    }
    return 0;
  }

  private static void basics(Repository view) {
    TestLab.tell("empty", view.objects(""));
    view.put("a/one", bytes("first"));
    view.put("b/two", bytes("second"));
    TestLab.tell("all", view.list(""));
    TestLab.tell(
        "below a", view.objects("a/").stream().map(o -> o.key() + " " + o.bytes()).toList());
    TestLab.tell("one", text(view.read("a/one")));
    ObjectFacts facts = view.stat("b/two");
    TestLab.tell("size", facts.bytes());
    TestLab.tell(
        "age",
        Math.abs(
                java.time.Clock.systemUTC().instant().getEpochSecond()
                    - facts.modified().getEpochSecond())
            < 60);
    view.put("c/three", bytes("thi"));
    String tag = view.objects("c/three").getFirst().tag();
    // Not every server has a content tag, and times are of whole seconds.
    LockSupport.parkNanos(Duration.ofMillis(1_100).toNanos());
    view.put("c/three", bytes("third"));
    TestLab.tell("replaced", text(view.read("c/three")));
    boolean first = view.create("e/once", "mine".getBytes(StandardCharsets.UTF_8));
    boolean second = view.create("e/once", "theirs".getBytes(StandardCharsets.UTF_8));
    TestLab.tell("created", first + " " + second + " " + text(view.read("e/once")));
    view.delete("e/once");
    TestLab.tell("another tag", !tag.equals(view.objects("c/three").getFirst().tag()));
    TestLab.tell("digest", view.digest("c/three"));
    view.copy("c/three", "d/ four + five=six");
    TestLab.tell("copied", text(view.read("d/ four + five=six")));
    TestLab.tell("odd name", view.list("d/"));
    view.put("e/empty", new byte[0]);
    TestLab.tell("nothing", view.read("e/empty").length + " " + view.digest("e/empty"));
    view.delete("c/three");
    view.delete("c/three");
    TestLab.tell("deleted", view.objects("c/"));
  }

  private static void edges(Repository view) {
    view.put("ten", bytes("0123456789"));
    TestLab.tell("first byte", text(view.read("ten", 0, 1)));
    TestLab.tell("middle", text(view.read("ten", 3, 4)));
    TestLab.tell("last byte", text(view.read("ten", 9, 1)));
    TestLab.tell("over the end", text(view.read("ten", 8, 100)));
    TestLab.tell("exactly all", text(view.read("ten", 0, 10)));
    TestLab.tell("behind the end", view.read("ten", 10, 5).length);
    TestLab.tell("far behind", view.read("ten", 1L << 40, 5).length);
  }

  private static void absent(Repository view) {
    TestLab.tell("missing message", failure(() -> view.read("a/none")));
    TestLab.tell("missing read", kind(() -> view.read("a/none")));
    TestLab.tell("missing range", kind(() -> view.read("a/none", 0, 1)));
    TestLab.tell("missing stat", kind(() -> view.stat("a/none")));
    TestLab.tell("missing digest", kind(() -> view.digest("a/none")));
    TestLab.tell("missing copy", kind(() -> view.copy("a/none", "a/some")));
  }

  private static void capabilities(Repository view) {
    TestLab.tell("lacks versions", view.lacks(StoreCapability.VERSIONS).orElse("no"));
    TestLab.tell("lacks retention", view.lacks(StoreCapability.RETENTION).orElse("no"));
    TestLab.tell("retention", view.retention("a/one"));
    view.put("v/one", bytes("old"));
    view.put("v/one", bytes("new"));
    String old =
        view.versions("v/").stream()
            .filter(v -> !v.current() && !v.deletion())
            .map(ObjectVersion::id)
            .findFirst()
            .orElse("");
    TestLab.tell("versions", view.versions("v/").stream().filter(v -> !v.deletion()).count());
    TestLab.tell("current", view.versions("v/").stream().filter(ObjectVersion::current).count());
    view.delete("v/one");
    TestLab.tell("gone", kind(() -> view.read("v/one")));
    TestLab.tell("old version", old.isEmpty() ? "none" : text(view.readVersion("v/one", old)));
    TestLab.tell("after deletion", view.versions("v/").stream().filter(v -> !v.deletion()).count());
    TestLab.tell("brought back", kind(() -> view.revive("v/one")));
    TestLab.tell("as it was", old.isEmpty() ? "none" : text(view.read("v/one")));
    TestLab.tell("never there", kind(() -> view.revive("v/never")));
  }

  private static void credentials(ObjectStore store, Repository view, Credentials site) {
    TestLab.tell("admits the granted", view.admits(site));
    Credentials wrong = wrong(site);
    TestLab.tell("admits the wrong", view.admits(wrong));
    int port = store.state().port();
    try (Repository stranger = store.view(wrong, port)) {
      TestLab.tell("wrong lists", kind(() -> stranger.list("")));
      TestLab.tell("wrong reads", kind(() -> stranger.read("a/one")));
      TestLab.tell("wrong writes", kind(() -> stranger.put("a/wrong", bytes("x"))));
      String said = failure(() -> stranger.list(""));
      TestLab.tell("secret in message", wrong.secrets().stream().anyMatch(said::contains));
    }
    ObjectStore.ReadOnlyEndpoint door = store.openReadOnly("onprem");
    try (Repository reading = store.view(door.credentials(), door.port())) {
      TestLab.tell("door lists", reading.list("a/"));
      TestLab.tell("door reads", text(reading.read("a/one")));
      TestLab.tell("door digests", reading.digest("b/two").length());
      TestLab.tell("door writes", kind(() -> reading.put("a/two", bytes("x"))));
      TestLab.tell("door overwrites", kind(() -> reading.put("a/one", bytes("x"))));
      TestLab.tell("door deletes", kind(() -> reading.delete("a/one")));
    }
    TestLab.tell("still there", text(view.read("a/one")) + " " + view.list("a/"));
  }

  private static Credentials wrong(Credentials right) {
    return switch (right) {
      case Credentials.Keys keys -> new Credentials.Keys(keys.accessKey(), "wrong-secret-0123");
      case Credentials.Token token -> new Credentials.Token("wrong-token-0123");
      case Credentials.SharedAccess access ->
          new Credentials.SharedAccess(
              access.account(),
              access.signature().replaceAll("sig=.*", "sig=d3JvbmctMDEyMw%3D%3D"));
      default -> throw new IllegalArgumentException(right.words());
    };
  }

  /** More objects than a store lists in one page. */
  private static void many(Repository view, int many) throws Exception {
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> parts = new ArrayList<>();
      for (int part = 0; part < AT_ONCE; part++) {
        int first = part;
        parts.add(
            threads.submit(
                () -> {
                  for (int n = first; n < many; n += AT_ONCE) {
                    view.put("many/object-%05d".formatted(n), bytes("x"));
                  }
                }));
      }
      for (Future<?> part : parts) {
        part.get();
      }
    }
    TestLab.tell("milliseconds to write many", (System.nanoTime() - start) / 1_000_000);
    long listing = System.nanoTime();
    List<StoredObject> listed = view.objects("many/");
    TestLab.tell("milliseconds to list many", (System.nanoTime() - listing) / 1_000_000);
    TestLab.tell("many", listed.stream().map(StoredObject::key).distinct().count());
    TestLab.tell("many bytes", listed.stream().mapToLong(StoredObject::bytes).sum());
    TestLab.tell(
        "in order",
        listed.stream()
            .map(StoredObject::key)
            .sorted()
            .toList()
            .equals(listed.stream().map(StoredObject::key).toList()));
  }

  private static void large(ObjectStore store, Repository view, Credentials site) {
    written(view, noise());
    String digest =
        SmallHeap.digest(place(store, store.state().port(), store.caCertificate()), site, "large");
    TestLab.tell("large", digest.equals(Sha256.of(noise())) ? "as expected" : digest);
    view.delete("large");
  }

  /** The clients end a call after 20 s; that says nothing of what is asked here. */
  private static void written(Repository view, byte[] large) {
    for (int attempt = 1; true; attempt++) {
      try {
        view.put("large", large);
        return;
      } catch (RepositoryException e) {
        if (attempt == TRIES) {
          throw e;
        }
        TestLab.tell("large, attempt " + attempt, String.valueOf(e.getMessage()));
      }
    }
  }

  private static byte[] noise() {
    byte[] noise = new byte[LARGE];
    new Random(1).nextBytes(noise);
    return noise;
  }

  private static void wrongCa(Host host, ObjectStore store, Credentials site) {
    String otherCa =
        host.run(
                Command.sh(
                    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
                        + " -days 2 -subj '/CN=Drillyard lab CA' -keyout /dev/null 2>/dev/null"))
            .stdout();
    try (Repository wrong = Repositories.open(place(store, store.state().port(), otherCa), site)) {
      TestLab.tell("wrong CA", kind(() -> wrong.list("")));
      TestLab.tell("wrong CA admits", kind(() -> wrong.admits(site)));
      TestLab.tell("wrong CA message", failure(() -> wrong.list("")));
    }
  }

  private static void nobody(ObjectStore store, Credentials site) {
    long start = System.nanoTime();
    try (Repository nobody = Repositories.open(place(store, 9999, store.caCertificate()), site)) {
      TestLab.tell("nobody there", kind(() -> nobody.list("")));
      TestLab.tell("nobody to read from", kind(() -> nobody.digest("a/one")));
    }
    TestLab.tell(
        "bounded",
        (System.nanoTime() - start) / 1e9 < HangLimit.quietSeconds(10).duration().toSeconds());
  }

  private static RepositoryLocation place(ObjectStore store, int port, String ca) {
    Environment.RepositoryState state = store.state();
    return new RepositoryLocation(
        StoreType.of(state.type()),
        java.net.URI.create("https://" + state.endpoint() + ":" + port),
        state.region(),
        state.bucket(),
        ca);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(Arrays.copyOf(bytes, bytes.length), StandardCharsets.UTF_8);
  }

  private static String kind(Runnable act) {
    try {
      act.run();
      return "none";
    } catch (RepositoryException e) {
      return e.kind().name();
    }
  }

  private static String failure(Runnable act) {
    try {
      act.run();
      return "none";
    } catch (RepositoryException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
