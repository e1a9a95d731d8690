package io.drillyard.launch;

import io.drillyard.check.PerEpisodeLedger;
import io.drillyard.check.Verdict;
import io.drillyard.evidence.AllureResults;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.EvidenceException;
import io.drillyard.evidence.EvidenceJson;
import io.drillyard.evidence.FormerRestoreRecord;
import io.drillyard.evidence.ReportFolder;
import io.drillyard.evidence.RestoreTest;
import io.drillyard.evidence.RunStudy;
import io.drillyard.evidence.SettingsSweep;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.LedgerReader;
import io.drillyard.ledger.RunPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stored run: its evidence, and the ledgers that it was judged from. */
public final class StoredRunRecord {
  private static final Duration CLOCK = Duration.ofMinutes(2);
  private static final Duration KEPT = Duration.ofHours(26);

  private final Path folder;
  private final Evidence evidence;
  private @Nullable StoredRestoreTests tests;

  private StoredRunRecord(Path folder, Evidence evidence) {
    this.folder = folder;
    this.evidence = evidence;
  }

  /**
   * Reads a run's folder.
   *
   * @throws EvidenceException when it is none, truncated or of a newer format
   */
  public static StoredRunRecord read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new EvidenceException(
          folder.toString(), "is no folder of a run", "Name one, for example reports/latest");
    }
    Path record = record(folder);
    return new StoredRunRecord(
        folder,
        FormerRestoreRecord.isIn(folder)
            ? FormerRestoreRecord.read(record)
            : EvidenceJson.read(record));
  }

  /** The record's file in the folder of a run. */
  static Path record(Path folder) {
    return folder.resolve(
        FormerRestoreRecord.isIn(folder) ? FormerRestoreRecord.FILE : ReportFolder.EVIDENCE);
  }

  /** True of a folder that holds the record of a run. */
  static boolean isIn(Path folder) {
    return Files.isRegularFile(record(folder));
  }

  /** The record as it is. */
  Evidence evidence() {
    return evidence;
  }

  /** Its restore tests, judged again once. */
  StoredRestoreTests tests() {
    StoredRestoreTests known = tests;
    if (known == null) {
      if (leftNoLedgers()) {
        throw new EvidenceException(
            folder.toString(),
            "is of the first format, whose restore tests left no ledgers: they cannot be judged again",
            "Test the backup again");
      }
      known = new StoredRestoreTests(folder, evidence);
      tests = known;
    }
    return known;
  }

  /** True of a run whose restore tests are of the time when they left no ledgers. */
  boolean leftNoLedgers() {
    return FormerRestoreRecord.isIn(folder)
        && evidence.format() == FormerRestoreRecord.WITHOUT_LEDGERS;
  }

  /** What the ledger of a drill holds. */
  private record Read(List<Event> events, boolean whole) {}

  private Read read(Evidence.Drill drill) {
    Path ledger = folder.resolve(drill.folder()).resolve(DrillLauncher.LEDGER);
    // A run that was interrupted or failed says so in its evidence; only a run that claims to be
    // whole must have a whole ledger.
    if (drill.end().equals(RunCompletion.COMPLETE)) {
      return new Read(LedgerReader.read(ledger), true);
    }
    if (drill.end().equals(RunCompletion.FAILED) && !Files.exists(ledger)) {
      return new Read(List.of(), false);
    }
    LedgerReader.WhatIsThere there = LedgerReader.readWhatIsThere(ledger);
    return new Read(there.events(), there.whole());
  }

  /** What its ledger holds of its episode. */
  private List<Event> events(Evidence.Drill drill) {
    return PerEpisodeLedger.view(read(drill).events(), drill.episodeNumber());
  }

  /** The same record with everything taken from the ledgers again that they tell. */
  public Evidence judgedAgain() {
    List<Evidence.Drill> drills = new ArrayList<>();
    RunPlan plan = null;
    for (Evidence.Drill drill : evidence.drills()) {
      Read read = read(drill);
      Event.Planned planned = DrillRecord.planned(read.events());
      plan = plan == null && planned != null ? planned.run() : plan;
      drills.add(judgedAgain(drill, read, planned != null));
    }
    for (RunPlan told : tests().plans()) {
      plan = plan == null ? told : plan;
    }
    return studied(drills, plan, RunStudy.again(evidence.study(), drills));
  }

  private static Evidence.Drill judgedAgain(Evidence.Drill drill, Read read, boolean told) {
    String failure = DrillRecord.failure(drill).orElse(null);
    Evidence.Drill again =
        told
            ? DrillRecord.of(drill, read.events(), read.whole(), failure)
            : DrillRecord.retold(drill);
    return DrillJudging.judged(again, read.events());
  }

  /**
   * The same, compared with another stored run in place of any baseline that it was compared with.
   *
   * @throws EvidenceException when the other does not agree with its own ledgers, or is this one
   */
  public Evidence judgedAgain(StoredRunRecord baseline) {
    Evidence plain = judgedAgain();
    List<Evidence.Drill> drills = plain.drills();
    RunStudy was = evidence.study();
    SettingsSweep sweep = was == null ? null : was.sweep();
    RunStudy study =
        RunStudy.of(
            drills, baseline.reference(evidence.run()), sweep == null ? null : sweep.grid());
    return plain.with(verdict(plain.end(), drills, study), drills, study);
  }

  private Evidence studied(
      List<Evidence.Drill> drills, @Nullable RunPlan plan, @Nullable RunStudy study) {
    List<RestoreTest> again = tests().judged();
    if (plan == null) {
      return evidence.with(verdict(evidence.end(), drills, study), drills, study).testing(again);
    }
    boolean agrees = RunCompletion.agrees(evidence.end(), plan, drills, again);
    String end = agrees ? evidence.end() : RunCompletion.of(plan, drills, again, false);
    return new Evidence(
        evidence.format(),
        evidence.run(),
        verdict(end, drills, study),
        plan.started(),
        evidence.finished(),
        end,
        plan.harness(),
        RunPlanning.cells(plan),
        drills,
        study,
        plan.declarations(),
        again,
        RunPlanning.backups(plan));
  }

  private Verdict verdict(String end, List<Evidence.Drill> drills, @Nullable RunStudy study) {
    return DrillJudging.run(drills, tests().judged(), study)
        .given(end.equals(RunCompletion.COMPLETE));
  }

  /**
   * What this run measured, judged again from its ledgers.
   *
   * @param other run that is to be compared with it
   * @throws EvidenceException when it does not agree with its own ledgers, or is that run itself
   */
  public RunStudy.Reference reference(String other) {
    if (evidence.run().equals(other)) {
      throw new EvidenceException(
          folder.toString(), "is the very run that is to be compared", "Name an earlier one");
    }
    Evidence again = judgedAgain();
    List<String> differences = differences(again);
    if (!differences.isEmpty()) {
      throw new EvidenceException(
          folder.toString(),
          "does not agree with its own ledgers, so it is no baseline: " + differences.getFirst(),
          "Take the run from where it was made");
    }
    return RunStudy.reference(again, FileDigests.sha256(folder.resolve(ReportFolder.EVIDENCE)));
  }

  /** The same of its restore tests alone: a run may hold many drills beside them. */
  List<String> testDifferences() {
    List<String> all = new ArrayList<>(tests().differences());
    if (!FormerRestoreRecord.isIn(folder)) {
      PlanComparison plans = new PlanComparison(evidence);
      tests().plans().forEach(plans::add);
      all.addAll(plans.differences());
    }
    return List.copyOf(all);
  }

  /** Where a second judgement and the stored report do not agree; empty when they do. */
  public List<String> differences(Evidence again) {
    return compared(again).differences();
  }

  /**
   * What differs, and is no fault of the record: its ledgers are older than some of today's rules.
   */
  public List<String> earlierRules(Evidence again) {
    return compared(again).earlierRules();
  }

  private RecordComparison compared(Evidence again) {
    RecordComparison comparison = new RecordComparison();
    PlanComparison plans = new PlanComparison(evidence);
    tests().plans().forEach(plans::add);
    boolean former = FormerRestoreRecord.isIn(folder);
    boolean anyOlder = former;
    for (int i = 0; i < evidence.drills().size(); i++) {
      Evidence.Drill was = evidence.drills().get(i);
      Evidence.Drill now = again.drills().get(i);
      Path ledger = folder.resolve(was.folder()).resolve(DrillLauncher.LEDGER);
      List<Event> events = events(was);
      boolean older = RecordComparison.older(events);
      anyOlder |= older;
      if (DrillRecord.planned(events) != null) {
        comparison.told(was, now);
      }
      comparison.drill(was, now, FileDigests.sha256(ledger), older);
      if (!events.isEmpty()) {
        comparison.ledger(evidence, was, events);
      }
      plans.add(was, events);
    }
    if (again.verdict() != evidence.verdict()) {
      comparison.run(
          evidence.verdict() + " in the report, now " + again.verdict(),
          anyOlder && RecordComparison.milder(evidence.verdict(), again.verdict()));
    }
    // Runs from before there were studies have none, and are none the worse for it.
    if (evidence.study() != null
        && !EvidenceJson.part(again.study()).equals(EvidenceJson.part(evidence.study()))) {
      comparison.run(
          "the statements over repeats, baseline or sweep do not follow from its drills", anyOlder);
    }
    comparison.folders(folder, evidence);
    tests().differences().forEach(comparison::add);
    finished(comparison);
    if (!former) {
      plans.differences().forEach(comparison::add);
    }
    return comparison;
  }

  /** A run ends after its last test, and no longer after it than a sandbox may be kept. */
  private void finished(RecordComparison comparison) {
    List<RestoreTest> all = tests().judged();
    if (all.isEmpty() || FormerRestoreRecord.isIn(folder)) {
      return;
    }
    try {
      Instant end = Instant.parse(evidence.finished());
      Instant last =
          all.stream().map(t -> Instant.parse(t.finished())).max(Instant::compareTo).orElse(end);
      if (end.isBefore(last.minus(CLOCK))
          || (evidence.drills().isEmpty() && end.isAfter(last.plus(KEPT)))) {
        comparison.add("run: it finished at %s, its last test at %s".formatted(end, last));
      }
    } catch (DateTimeException e) {
      comparison.add("run: nobody can read when it finished");
    }
  }

  /**
   * Writes it as results for Allure Report.
   *
   * @param again a second judgement that agrees with the record
   */
  public void allure(Path results, Evidence again) {
    try {
      AllureResults.write(results, folder.toRealPath(), again, this::events);
    } catch (IOException e) {
      throw new EvidenceException(
          results.toString(), "cannot be written: " + e, "Name a folder that can be written", e);
    }
  }

  /**
   * Writes what people and build servers read anew, by a second judgement.
   *
   * @param again that judgement, which agrees with the record
   */
  public Path writeReport(Evidence again) {
    return ReportFolder.rewrite(folder, again, this::events);
  }
}
