package io.drillyard.restore.play;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.cluster.Await;
import io.drillyard.cluster.ObjectStore;
import io.drillyard.cluster.PgBackRest;
import io.drillyard.cluster.PgBackRestRepository;
import io.drillyard.cluster.Secrets;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.host.lab.LabProgram;
import io.drillyard.host.lab.LabYard;
import io.drillyard.repository.Repository;
import io.drillyard.repository.RepositoryException;
import io.drillyard.repository.StoredObject;
import io.drillyard.restore.judge.Climbed;
import io.drillyard.restore.judge.Remembered;
import io.drillyard.restore.judge.Rung;
import io.drillyard.restore.report.RestoreJson;
import io.drillyard.restore.report.RestoreTest;
import io.drillyard.restore.tamper.Objects;
import io.drillyard.restore.tamper.Tampering;
import io.drillyard.target.Environment;
import io.drillyard.target.RestorePolicy;
import io.drillyard.target.RestorePolicyFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The demonstration inside a lab: a source with history, clean restore tests of it, and tests of
 * its repository after each damage. Writes one record per test; its standard output is progress.
 */
public final class RestoreProgram implements LabProgram {
  /** Folder of the records, below the lab's output. */
  public static final String RECORDS = "tests";

  /** How the line begins that names a sandbox that is kept. */
  public static final String KEPT = "kept: ";

  private static final Duration STEP_LIMIT = Duration.ofMinutes(5);

  @Override
  public int run(Inside inside, List<String> arguments) throws IOException {
    RestoreOrder order = RestoreOrder.of(arguments);
    PrintStream out = System.out;
    System.setOut(System.err);
    Progress progress =
        line -> {
          synchronized (out) {
            out.println(line);
            out.flush();
          }
        };
    RestorePolicy policy =
        RestorePolicyFile.load(inside.environments(), order.policy())
            .orThrow()
            .choosing(order.backup(), order.target());
    Secrets secrets = new Secrets();
    try (LabYard yard = LabYard.open(policy.environment(), inside.image(), inside.disks())) {
      new Play(inside, order, policy, yard, secrets, progress).run();
      return 0;
    } catch (RuntimeException e) {
      progress.say("failed: " + secrets.redact(String.valueOf(e.getMessage())));
      throw e;
    }
  }

  private static final class Play {
    private final Inside inside;
    private final RestoreOrder order;
    private final RestorePolicy policy;
    private final LabYard yard;
    private final Progress progress;
    private final Source source;
    private final ObjectStore store;
    private final Repository writable;
    private final Map<String, byte[]> past = new LinkedHashMap<>();
    private int number;

    Play(
        Inside inside,
        RestoreOrder order,
        RestorePolicy policy,
        LabYard yard,
        Secrets secrets,
        Progress progress) {
      this.inside = inside;
      this.order = order;
      this.policy = policy;
      this.progress = progress;
      this.source = Source.build(policy.environment(), yard, secrets, progress);
      this.store = source.store(policy.repository());
      this.writable = store.view();
      this.yard = yard;
    }

    void run() throws IOException {
      Vault all = new Vault(writable, source.path(), source.stanza());
      source.live(
          () -> {
            for (StoredObject object : writable.objects(all.root())) {
              past.put(object.key(), writable.read(object.key()));
            }
          });
      Map<String, String> versions = source.versions();
      ObjectStore.ReadingDoor door = store.openReadOnly(source.stanza());
      Host sandbox = yard.host(policy.sandbox());
      Environment.RepositoryState state = store.state();
      Fence fence = new Fence(yard, sandbox, yard.host(state.host()), door.port(), state.port());
      fence.up();
      Finding whileOn = fence.tried();
      source.off();
      Instant ended = Clock.systemUTC().instant();
      progress.say("the source is switched off");
      if (policy.repository() == 2) {
        loseTheFirst();
      }
      try (Repository reading = store.view(door.credentials(), door.port())) {
        refusesWrites(reading, all.root());
        Vault vault = new Vault(reading, source.path(), source.stanza());
        Trial.Setting setting =
            new Trial.Setting(
                policy,
                vault,
                sandbox(sandbox, state, door),
                fence,
                whileOn,
                source.stanza(),
                source.writes(),
                ended,
                versions);
        tests(setting);
      }
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
      PgBackRest tool = new PgBackRest(source.stanza());
      tool.configure(
          host,
          PgBackRest.CONFIGURATION,
          List.of(
              new PgBackRestRepository(
                  state.at(door.port()), source.path(), door.credentials(), store.caCertificate())),
          policy.environment().primary().pgbackrest(),
          Sandbox.data(Sandbox.version(host)));
      return new Sandbox(host, tool, STEP_LIMIT);
    }

    private void tests(Trial.Setting setting) throws IOException {
      Map<String, String> clean = setting.vault().digests();
      Remembered remembered = null;
      for (int run = 1; run <= order.cleanRuns(); run++) {
        String name = run == 1 ? "clean" : "clean-" + run;
        Trial trial = trial(setting, name, run - 1, remembered);
        boolean mayKeep = run == order.cleanRuns() && order.tamperings().isEmpty();
        boolean keep = mayKeep && order.keepSeconds() > 0;
        RestoreTest test = trial.run(clean, keep);
        write(test);
        remembered = trial.toRemember();
        if (keep && test.verdict() != Verdict.MET) {
          keep(setting.sandbox());
        }
      }
      for (String name : order.tamperings()) {
        tampered(setting, Tampering.named(name), clean, remembered);
      }
    }

    /** The lab stays as it is until somebody ends it, or the time is over. */
    private void keep(Sandbox sandbox) {
      sandbox.reopen();
      progress.say(KEPT + sandbox.host().name());
      Await.quietly(Duration.ofSeconds(order.keepSeconds()), inside::interrupted);
    }

    private Trial trial(
        Trial.Setting setting, String name, int shift, @Nullable Remembered remembered) {
      if (inside.interrupted()) {
        throw new HostException("interrupted before " + name);
      }
      progress.say(name);
      return new Trial(setting, name, order.seed() + shift, remembered, progress);
    }

    private void tampered(
        Trial.Setting setting,
        Tampering tampering,
        Map<String, String> clean,
        @Nullable Remembered remembered)
        throws IOException {
      Objects objects = Objects.of(List.copyOf(clean.keySet()), writable::read, past);
      tampering.apply(objects);
      Map<String, byte @Nullable []> undo = new LinkedHashMap<>();
      for (String key : objects.changes().keySet()) {
        undo.put(key, clean.containsKey(key) ? writable.read(key) : null);
      }
      try {
        change(objects.changes());
        Map<String, String> damaged = setting.vault().digests();
        if (damaged.equals(clean)) {
          throw new HostException(tampering + " changed nothing");
        }
        RestoreTest test = trial(setting, tampering.option(), 0, remembered).run(damaged, false);
        write(test.as(control(tampering, test)));
      } finally {
        change(undo);
      }
      if (!setting.vault().digests().equals(clean)) {
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

    private static RestoreTest.Control control(Tampering tampering, RestoreTest test) {
      List<Rung> by = new ArrayList<>();
      test.ladder().stream()
          .filter(c -> c.verdict() == Verdict.MISSED)
          .map(Climbed::rung)
          .forEach(by::add);
      Climbed named = test.rung(tampering.rung());
      boolean open = named == null || named.verdict() == Verdict.UNDETERMINED;
      String result =
          by.contains(tampering.rung()) ? "CAUGHT" : open ? "UNDETERMINED" : "NOT CAUGHT";
      return new RestoreTest.Control(tampering.words(), tampering.rung(), by, result);
    }

    private void write(RestoreTest test) throws IOException {
      number++;
      Path folder = Files.createDirectories(inside.out().resolve(RECORDS));
      Files.writeString(
          folder.resolve("%03d-%s.json".formatted(number, test.name())),
          RestoreJson.write(test),
          StandardCharsets.UTF_8);
      RestoreTest.Control control = test.control();
      progress.say(
          "%s: %s".formatted(test.name(), control == null ? test.verdict() : control.result()));
    }
  }
}
