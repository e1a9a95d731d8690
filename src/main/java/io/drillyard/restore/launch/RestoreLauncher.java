package io.drillyard.restore.launch;

import io.drillyard.check.Verdict;
import io.drillyard.check.backup.TestLimit;
import io.drillyard.evidence.EvidenceException;
import io.drillyard.evidence.ReportFolder;
import io.drillyard.host.HostException;
import io.drillyard.host.lab.LabLauncher;
import io.drillyard.host.lab.LabSession;
import io.drillyard.ledger.HarnessVersion;
import io.drillyard.restore.play.RestoreOrder;
import io.drillyard.restore.play.RestoreProgram;
import io.drillyard.restore.report.RestoreHtml;
import io.drillyard.restore.report.RestoreJson;
import io.drillyard.restore.report.RestoreJunit;
import io.drillyard.restore.report.RestoreMetrics;
import io.drillyard.restore.report.RestoreRun;
import io.drillyard.restore.report.RestoreTest;
import io.drillyard.target.ExternalRepository;
import io.drillyard.target.RestorePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs restore tests in a lab and writes their report. */
public final class RestoreLauncher {
  /** The machine's copy. */
  public static final String RECORD = "restore.json";

  /** Folder of the tests' ledgers and listings. */
  public static final String TESTS = RestoreProgram.RECORDS;

  /** For Prometheus' node exporter. */
  public static final String METRICS = "restore.prom";

  private static final Duration BUILD_LIMIT = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(200);

  private final LabLauncher labs;
  private final Consumer<String> progress;
  private final Clock clock = Clock.systemUTC();
  private volatile @Nullable LabSession running;
  private volatile boolean interrupted;
  private volatile boolean kept;
  private @Nullable String residue;

  /** In labs of that launcher; progress is told line by line. */
  public RestoreLauncher(LabLauncher labs, Consumer<String> progress) {
    this.labs = labs;
    this.progress = progress;
  }

  /** Ends the lab early; what was tested by then is reported. */
  public void interrupt() {
    interrupted = true;
    LabSession session = running;
    if (session != null) {
      session.interrupt();
    }
  }

  /** What could not be removed, or null. */
  public @Nullable String residue() {
    return residue;
  }

  /**
   * Runs.
   *
   * @param folder of the run's report; made here
   */
  public RestoreRun run(RestorePolicy policy, RestoreOrder order, Path folder) {
    Instant started = clock.instant();
    boolean complete = false;
    try {
      Files.createDirectories(folder);
      complete = lab(policy, order, folder);
    } catch (IOException | HostException e) {
      progress.accept("the harness failed: " + e.getMessage());
    }
    List<RestoreTest> tests = tests(folder);
    boolean whole = complete && tests.size() == order.tests();
    boolean failed = !whole || tests.stream().anyMatch(t -> t.end().equals("failed"));
    Verdict verdict = RestoreRun.of(tests);
    RestoreRun run =
        new RestoreRun(
            RestoreRun.FORMAT,
            order.runId(),
            policy.description(),
            verdict == Verdict.MET && failed ? Verdict.UNDETERMINED : verdict,
            started.toString(),
            clock.instant().toString(),
            interrupted && !kept ? "interrupted" : failed ? "failed" : "complete",
            machine(),
            tests);
    write(folder, run);
    return borneOut(folder, run);
  }

  /** What does not follow from its own ledgers is no proof, whoever wrote it. */
  private RestoreRun borneOut(Path folder, RestoreRun run) {
    List<String> differences = StoredRestore.read(folder).differences();
    if (differences.isEmpty()) {
      return run;
    }
    differences.forEach(d -> progress.accept("the record does not follow from its ledgers: " + d));
    RestoreRun broken = run.broken();
    write(folder, broken);
    return broken;
  }

  private boolean lab(RestorePolicy policy, RestoreOrder order, Path folder) throws IOException {
    ExternalRepository external = policy.external();
    String secret = external == null ? "" : Errand.secret(external, external.credentials());
    Path said = folder.resolve("progress.log");
    Files.createFile(said);
    LabSession session =
        labs.launch(
            policy.environment().image(),
            RestoreProgram.class,
            order.arguments(),
            Errand.HEAP_MIB,
            said.toFile(),
            folder.resolve("lab.log").toFile());
    running = session;
    long end =
        System.nanoTime()
            + BUILD_LIMIT
                .plus(
                    Objects.requireNonNullElse(policy.limit(), TestLimit.LEAST)
                        .multipliedBy(order.tests()))
                .plusSeconds(order.keepSeconds())
                .toNanos();
    OptionalInt exit = OptionalInt.empty();
    try (LineTail tail = new LineTail(said)) {
      if (external != null) {
        session.relayTo(external.connectsTo(), external.port());
        String control = external.control();
        if (control != null) {
          int colon = control.lastIndexOf(':');
          session.controlAt(
              control.substring(0, colon), Integer.parseInt(control.substring(colon + 1)));
        }
        session.entrust(secret);
      }
      while (exit.isEmpty() && System.nanoTime() < end) {
        exit = session.await(POLL);
        for (String line : tail.poll()) {
          progress.accept(line);
          if (line.startsWith(RestoreProgram.ALLOWED)) {
            String[] words = line.substring(RestoreProgram.ALLOWED.length()).split(" ", 2);
            end += Duration.ofSeconds(Long.parseLong(words[0])).minus(TestLimit.LEAST).toNanos();
          }
          if (line.startsWith(RestoreProgram.KEPT)) {
            kept = true;
            howToLook(session, line.substring(RestoreProgram.KEPT.length()), order.keepSeconds());
          }
        }
        if (interrupted) {
          break;
        }
      }
      Errand.takeOut(session.out(), folder);
    } finally {
      running = null;
      try {
        session.close();
      } catch (HostException e) {
        residue = e.getMessage();
      }
    }
    boolean ended = exit.isPresent() && exit.getAsInt() == 0;
    if (!ended && !interrupted) {
      progress.accept(
          exit.isPresent()
              ? "the lab ended with status %d%s: see %s"
                  .formatted(exit.getAsInt(), outOfMemory(folder), folder.resolve("lab.log"))
              : "the lab was ended: it took longer than its tests may take together");
    }
    return kept || ended;
  }

  /** A repository with very many objects may need more than the harness has in its lab. */
  private static String outOfMemory(Path folder) throws IOException {
    Path log = folder.resolve("lab.log");
    return Files.exists(log) && Files.readString(log).contains("OutOfMemoryError")
        ? " (the harness's memory there, %d MiB, did not suffice)".formatted(Errand.HEAP_MIB)
        : "";
  }

  private void howToLook(LabSession session, String host, long seconds) {
    OptionalLong pid = session.hostPid(host);
    progress.accept(
        "The failed sandbox, owned by the lab, is kept for %d s, or until Ctrl-C. To look into it from another terminal:"
            .formatted(seconds));
    progress.accept(
        "  nsenter -t %s -U -m -n -u -i -p -r -w -- setpriv --reuid=postgres --regid=postgres --clear-groups psql -h /run/postgresql postgres"
            .formatted(pid.isPresent() ? Long.toString(pid.getAsLong()) : "PID"));
  }

  private static List<RestoreTest> tests(Path folder) {
    Path records = folder.resolve(RestoreProgram.RECORDS);
    if (!Files.isDirectory(records)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(records)) {
      List<RestoreTest> tests = new ArrayList<>();
      files
          .filter(f -> f.toString().endsWith(".json"))
          .sorted()
          .forEach(f -> tests.add(RestoreJson.read(f)));
      return List.copyOf(tests);
    } catch (IOException e) {
      throw new EvidenceException(
          records.toString(), "cannot be read: " + e, "Run the test again", e);
    }
  }

  private static void write(Path folder, RestoreRun run) {
    try {
      ReportFolder.replace(folder.resolve(RECORD), o -> o.write(RestoreJson.write(run)));
    } catch (IOException e) {
      throw unwritten(folder, e);
    }
    writeForReaders(folder, run);
  }

  /** Report, JUnit XML and figures. */
  static void writeForReaders(Path folder, RestoreRun run) {
    try {
      ReportFolder.replace(
          folder.resolve(ReportFolder.JUNIT), o -> o.write(RestoreJunit.write(run)));
      ReportFolder.replace(folder.resolve(METRICS), o -> o.write(RestoreMetrics.write(run)));
      ReportFolder.replace(
          folder.resolve(ReportFolder.REPORT), o -> o.write(RestoreHtml.write(run)));
    } catch (IOException e) {
      throw unwritten(folder, e);
    }
  }

  private static EvidenceException unwritten(Path folder, IOException e) {
    return new EvidenceException(
        folder.toString(),
        "the report cannot be written: " + e,
        "Make room or the folder writable, and run the test again",
        e);
  }

  private static Map<String, String> machine() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("drillyard", HarnessVersion.ofBuild().word());
    facts.put("java", System.getProperty("java.runtime.version", "?"));
    facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("transport", "lab (namespaces on one machine)");
    return facts;
  }
}
