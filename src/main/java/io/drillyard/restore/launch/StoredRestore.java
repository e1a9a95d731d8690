package io.drillyard.restore.launch;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.Choice;
import io.drillyard.check.backup.Climbed;
import io.drillyard.check.backup.InformationLook;
import io.drillyard.check.backup.LadderJudge;
import io.drillyard.check.backup.RecoveryLook;
import io.drillyard.check.backup.RestoreTimeLook;
import io.drillyard.check.backup.Rung;
import io.drillyard.check.backup.UnchangedLook;
import io.drillyard.evidence.EvidenceException;
import io.drillyard.evidence.ReportFolder;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.LedgerException;
import io.drillyard.ledger.LedgerReader;
import io.drillyard.ledger.RestoreControl;
import io.drillyard.ledger.RestoreOrdered;
import io.drillyard.repository.Sha256;
import io.drillyard.restore.report.BackupFacts;
import io.drillyard.restore.report.ObjectListing;
import io.drillyard.restore.report.RestoreJson;
import io.drillyard.restore.report.RestoreRun;
import io.drillyard.restore.report.RestoreTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A stored run of restore tests, judged again from its ledgers, offline. */
public final class StoredRestore {
  private static final Pattern LEDGER = Pattern.compile("tests/[0-9]{3,}-[a-z0-9-]+\\.ndjson");
  private static final Pattern BESIDE =
      Pattern.compile("[0-9]{3,}-[a-z0-9-]+\\.(before|after)\\.gz");

  private final Path folder;
  private final RestoreRun run;
  private final Map<String, LadderJudge> again = new LinkedHashMap<>();
  private final List<String> differences = new ArrayList<>();

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

  /** Each test's rungs as its ledger has them, by the test's name. */
  public Map<String, List<Climbed>> ladders() {
    Map<String, List<Climbed>> ladders = new LinkedHashMap<>();
    again.forEach((name, judge) -> ladders.put(name, judge.ladder()));
    return ladders;
  }

  /** Writes the readers' files anew, with the rungs as the ledgers have them; the record stays. */
  public Path writeReport() {
    List<RestoreTest> tests =
        run.tests().stream()
            .map(
                t -> {
                  LadderJudge judge = again.get(t.name());
                  return judge == null ? t : t.climbed(judge.ladder());
                })
            .toList();
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
        again.put(test.name(), judge);
        compare(test, judge, events);
      } catch (IllegalArgumentException | IllegalStateException e) {
        differ(test, "its ledger cannot be judged: " + e.getMessage());
      }
    }
    whole(planned == null ? List.of() : planned);
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
      if (!Sha256.of(Files.readAllBytes(file)).equals(test.ledgerSha256())) {
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

  private void same(RestoreTest test, String what, @Nullable Object record, @Nullable Object due) {
    if (!Objects.equals(record, due)) {
      differ(test, "%s is '%s' in the record, '%s' in the ledger".formatted(what, record, due));
    }
  }

  private void compare(RestoreTest test, LadderJudge judge, List<Event> events) {
    var terms = judge.terms();
    Event first = events.getFirst();
    same(test, "the run", run.run(), first instanceof Event.Opened opened ? opened.runId() : null);
    same(test, "the name", test.name(), terms.name());
    same(test, "the policy", test.policy(), terms.policy());
    same(test, "what it serves", test.serves(), terms.serves());
    same(test, "the stanza", test.stanza(), terms.stanza());
    same(test, "the seed", test.seed(), terms.seed());
    same(test, "the order", test.started(), terms.ordered().toString());
    same(test, "the versions", test.versions(), terms.versions());
    same(test, "what it does not say", test.notChecked(), terms.notChecked());
    same(
        test,
        "what was observed",
        test.observations(),
        events.stream()
            .filter(e -> e instanceof Event.Note note && note.level().equals("remark"))
            .map(e -> ((Event.Note) e).text())
            .toList());
    same(test, "the verdict", test.verdict(), judge.verdict());
    same(test, "the end", test.end(), judge.broken() ? "failed" : "complete");
    same(
        test,
        "the ledger's end",
        test.end(),
        events.getLast() instanceof Event.Closed closed ? closed.end() : null);
    RestoreTimeLook time = judge.time();
    same(test, "the parts of the time", test.partsMs(), time == null ? Map.of() : time.partsMs());
    same(test, "the restored bytes", test.restoredBytes(), time == null ? 0L : time.bytes());
    chosen(test, judge);
    rungs(test, judge.ladder());
    control(test, judge, events);
  }

  private void chosen(RestoreTest test, LadderJudge judge) {
    InformationLook what = judge.information();
    RecoveryLook recovery = judge.recovery();
    if (judge.ladder().stream().noneMatch(c -> c.rung() == Rung.CONTINUITY)) {
      // One context alone was restored: its backup is that of the rung.
      return;
    }
    Choice choice = null;
    try {
      choice = what == null ? null : what.choice(judge.terms());
    } catch (Choice.NotThereException e) {
      // Then nothing was chosen.
    }
    same(
        test,
        "the target",
        test.target(),
        recovery != null
            ? recovery.target().words()
            : choice == null ? judge.terms().target() : choice.target().words());
    same(
        test,
        "the backup",
        test.backup(),
        BackupFacts.of(what, choice, judge.terms().repository()));
  }

  private void rungs(RestoreTest test, List<Climbed> due) {
    Map<Rung, Climbed> stored = new LinkedHashMap<>();
    for (Climbed each : test.ladder()) {
      if (stored.put(each.rung(), each) != null) {
        differ(test, each.rung().check() + " is twice in the record");
      }
    }
    Double freshness = null;
    for (Climbed each : due) {
      Climbed record = stored.remove(each.rung());
      String name = each.rung().check();
      if (record == null) {
        differ(test, name + " is not in the record");
        continue;
      }
      same(test, name + " is required", record.required(), each.required());
      same(test, name + " was tried", record.tried(), each.tried());
      same(test, name + "'s beginning", record.startMs(), each.startMs());
      same(test, name + "'s length", record.durationMs(), each.durationMs());
      same(test, name, record.verdict(), each.verdict());
      Finding finding = record.finding();
      same(test, name + "'s name", finding.check(), each.finding().check());
      same(test, name + "'s target", finding.target(), each.finding().target());
      same(test, name + "'s measure", finding.measured(), each.finding().measured());
      same(test, name + "'s parts", finding.parts(), each.finding().parts());
      Finding.Measured age = each.finding().measured();
      if (each.rung() == Rung.FRESHNESS && age != null) {
        freshness = age.upper();
      }
    }
    stored.keySet().forEach(r -> differ(test, r.check() + " is in no ledger"));
    // Only what befalls one context has a ladder of its own, and that is a control.
    if (test.control() == null) {
      EnumSet<Rung> none = EnumSet.allOf(Rung.class);
      due.forEach(c -> none.remove(c.rung()));
      none.forEach(r -> differ(test, r.check() + " was never climbed"));
    }
    same(test, "the age of the newest heartbeat", test.freshnessMs(), freshness);
  }

  /** How a control came out follows from its rungs, but for the words that a rung had to use. */
  private void control(RestoreTest test, LadderJudge judge, List<Event> events) {
    RestoreControl told =
        events.stream()
            .filter(RestoreControl.class::isInstance)
            .map(RestoreControl.class::cast)
            .findFirst()
            .orElse(null);
    RestoreTest.Control control = test.control();
    if (told == null || control == null) {
      same(test, "a control", control != null, told != null);
      return;
    }
    List<String> missed =
        judge.ladder().stream()
            .filter(c -> c.verdict() == Verdict.MISSED)
            .map(c -> c.rung().check())
            .toList();
    same(test, "what was done", control.words(), told.words());
    same(test, "the rung that has to catch it", control.rung().check(), told.rung());
    same(test, "the control", control.result(), told.result());
    same(test, "what caught it", control.by().stream().map(Rung::check).toList(), missed);
    boolean proved =
        switch (told.result()) {
          case RestoreRun.CAUGHT -> missed.contains(told.rung());
          case RestoreRun.OVERCOME -> judge.verdict() == Verdict.MET;
          default -> true;
        };
    if (!proved) {
      differ(test, "the control is " + told.result() + " in the ledger, and its rungs deny it");
    }
  }
}
