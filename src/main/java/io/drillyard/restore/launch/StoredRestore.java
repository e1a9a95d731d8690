package io.drillyard.restore.launch;

import io.drillyard.check.Verdict;
import io.drillyard.check.backup.LadderJudge;
import io.drillyard.check.backup.UnchangedLook;
import io.drillyard.evidence.EvidenceException;
import io.drillyard.evidence.ReportFolder;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.LedgerException;
import io.drillyard.ledger.LedgerReader;
import io.drillyard.ledger.RestoreOrdered;
import io.drillyard.repository.Sha256;
import io.drillyard.restore.report.ObjectListing;
import io.drillyard.restore.report.RestoreJson;
import io.drillyard.restore.report.RestoreRun;
import io.drillyard.restore.report.RestoreTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A stored run of restore tests, judged again from its ledgers, offline. */
public final class StoredRestore {
  private static final Pattern LEDGER = Pattern.compile("tests/[0-9]{3,}-[a-z0-9-]+\\.ndjson");
  private static final Pattern BESIDE =
      Pattern.compile("[0-9]{3,}-[a-z0-9-]+\\.(before|after)\\.gz");

  private final Path folder;
  private final RestoreRun run;
  private final List<JudgedTest> judged = new ArrayList<>();
  private final List<String> differences = new ArrayList<>();

  /**
   * A test, and who judged its ledger.
   *
   * @param test as it is on record
   */
  public record JudgedTest(RestoreTest test, LadderJudge judge) {}

  private StoredRestore(Path folder, RestoreRun run) {
    this.folder = folder;
    this.run = run;
  }

  /** True of a run's folder that holds restore tests. */
  public static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(RestoreLauncher.RECORD));
  }

  /**
   * Reads a run's folder, and judges it again.
   *
   * @throws EvidenceException when its record cannot be read, or is of the first format, whose
   *     tests left no ledgers
   */
  public static StoredRestore read(Path folder) {
    Path record = folder.resolve(RestoreLauncher.RECORD);
    RestoreRun run;
    try {
      run = RestoreJson.readRun(record);
    } catch (RuntimeException e) {
      throw new EvidenceException(
          record.toString(), "cannot be read: " + e.getMessage(), "Name a whole run", e);
    }
    if (run.format() < RestoreRun.FORMAT) {
      throw new EvidenceException(
          record.toString(),
          "is of format %d, whose restore tests left no ledgers: they cannot be judged again"
              .formatted(run.format()),
          "Test the backup again");
    }
    return of(folder, run);
  }

  /** Judges a run again whose record was read already. */
  static StoredRestore of(Path folder, RestoreRun run) {
    StoredRestore stored = new StoredRestore(folder, run);
    stored.judge();
    return stored;
  }

  /** Its record. */
  public RestoreRun run() {
    return run;
  }

  /** Where the record says something else than the ledgers; empty when they agree. */
  public List<String> differences() {
    return List.copyOf(differences);
  }

  /** How each test came out by its ledger; one whose ledger cannot be judged is not among them. */
  public List<JudgedTest> judged() {
    return List.copyOf(judged);
  }

  /** Writes the readers' files anew, with the rungs as the ledgers have them; the record stays. */
  public Path writeReport() {
    List<RestoreTest> tests =
        judged.stream().map(each -> each.test().climbed(each.judge().ladder())).toList();
    RestoreLauncher.writeForReaders(folder, run.with(tests));
    return folder.resolve(ReportFolder.REPORT);
  }

  private void judge() {
    List<String> planned = null;
    for (RestoreTest test : run.tests()) {
      List<Event> events = events(test);
      if (events == null) {
        continue;
      }
      List<String> told = planned(events);
      if (planned != null && !planned.equals(told)) {
        differ(test, "its ledger tells another plan of the run than the ledgers before it");
      }
      planned = told;
      try {
        LadderJudge judge = LadderJudge.of(events, this::listing);
        judged.add(new JudgedTest(test, judge));
        new TestComparison(run.run(), test, judge, events, differences).compare();
      } catch (IllegalArgumentException | IllegalStateException e) {
        differ(test, "its ledger cannot be judged: " + e.getMessage());
      }
    }
    unclaimed();
    whole(planned == null ? List.of() : planned);
  }

  /** Files of ledgers in a run's folder. */
  static List<Path> ledgers(Path folder) {
    Path tests = folder.resolve(RestoreLauncher.TESTS);
    if (!Files.isDirectory(tests)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(tests)) {
      return files.filter(f -> f.toString().endsWith(".ndjson")).sorted().toList();
    } catch (IOException e) {
      throw new EvidenceException(
          tests.toString(), "cannot be read: " + e.getMessage(), "Name a whole run", e);
    }
  }

  /** A test that was ended is on record; one that broke off leaves a ledger, and a broken run. */
  private void unclaimed() {
    for (Path ledger : ledgers(folder)) {
      String path = RestoreLauncher.TESTS + "/" + ledger.getFileName();
      if (run.tests().stream().anyMatch(t -> path.equals(t.ledger()))) {
        continue;
      }
      if (run.end().equals("complete") || ended(ledger)) {
        differences.add("no test of the record names " + path);
      }
    }
  }

  /** True of a ledger that was ended, and of one that cannot be read: nobody knows of it. */
  private static boolean ended(Path ledger) {
    try {
      List<Event> events = LedgerReader.readWhatIsThere(ledger).events();
      return !events.isEmpty()
          && events.getLast() instanceof Event.Closed closed
          && closed.end().equals("complete");
    } catch (LedgerException e) {
      return true;
    }
  }

  private static List<String> planned(List<Event> events) {
    return events.stream()
        .filter(RestoreOrdered.class::isInstance)
        .map(e -> ((RestoreOrdered) e).planned())
        .findFirst()
        .orElse(List.of());
  }

  /** What was planned is there, or the run says that it is not whole. */
  private void whole(List<String> planned) {
    List<String> there = run.tests().stream().map(RestoreTest::name).toList();
    boolean all = there.equals(planned);
    if (run.end().equals("complete") && !all) {
      differences.add(
          "the run is complete in the record; planned were %s, there are %s"
              .formatted(planned, there));
    }
    if (there.size() > planned.size() || !planned.subList(0, there.size()).equals(there)) {
      differences.add("the tests %s are not those that were planned: %s".formatted(there, planned));
    }
    boolean broken = run.tests().stream().anyMatch(t -> t.end().equals("failed"));
    boolean failed = !all || broken || !run.end().equals("complete");
    Verdict verdict = RestoreRun.of(run.tests());
    Verdict due = verdict == Verdict.MET && failed ? Verdict.UNDETERMINED : verdict;
    if (run.verdict() != due) {
      differences.add(
          "the run's verdict is %s in the record, %s by its tests".formatted(run.verdict(), due));
    }
    if (run.end().equals("complete") && broken) {
      differences.add("the run is complete in the record, and a test of it failed");
    }
  }

  private @Nullable List<Event> events(RestoreTest test) {
    String path = test.ledger();
    if (path == null || !LEDGER.matcher(path).matches()) {
      differ(test, "the record names no ledger of it");
      return null;
    }
    Path file = folder.resolve(path);
    try {
      if (!Sha256.of(file).equals(test.ledgerSha256())) {
        differ(test, path + " has another digest than the record says");
      }
      return LedgerReader.read(file);
    } catch (IOException e) {
      differ(test, path + " cannot be read");
    } catch (LedgerException e) {
      differ(test, String.valueOf(e.getMessage()));
    }
    return null;
  }

  private Map<String, String> listing(UnchangedLook.Listing listing) {
    if (!BESIDE.matcher(listing.file()).matches()) {
      throw new IllegalArgumentException(listing.file() + " is no name of a listing");
    }
    Path file = folder.resolve(RestoreLauncher.TESTS).resolve(listing.file());
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (!Sha256.of(bytes).equals(listing.sha256())) {
        throw new IllegalArgumentException(
            listing.file() + " has another digest than the ledger says");
      }
      return ObjectListing.read(bytes);
    } catch (IOException e) {
      throw new IllegalArgumentException(listing.file() + " cannot be read", e);
    }
  }

  private void differ(RestoreTest test, String what) {
    differences.add(test.name() + ": " + what);
  }
}
