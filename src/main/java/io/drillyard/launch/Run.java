package io.drillyard.launch;

import io.drillyard.check.PerEpisodeLedger;
import io.drillyard.check.Verdict;
import io.drillyard.declaration.BoundedContext;
import io.drillyard.evidence.AllureResults;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.EvidenceJson;
import io.drillyard.evidence.ReportFolder;
import io.drillyard.evidence.RestoreTest;
import io.drillyard.evidence.RunStudy;
import io.drillyard.evidence.SettingsSweep;
import io.drillyard.evidence.StormStudy;
import io.drillyard.evidence.SummaryText;
import io.drillyard.evidence.text.FigureWords;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.HarnessVersion;
import io.drillyard.ledger.LedgerReader;
import io.drillyard.ledger.RunPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A run: several drills and restore tests, some side by side, and one report. */
public final class Run {
  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** What the plan of a run calls the baseline that it is to be compared with. */
  static final String BASELINE = "baseline";

  /** What the plan of a run calls the digest of the grid of settings. */
  static final String GRID = "grid";

  /** What the plan of a run calls the limits of a storm. */
  static final String LIMITS = "limits";

  private final String id;
  private final Path reports;
  private final InstantSource clock;
  private final Instant started;
  private final Map<String, String> leftOut = new LinkedHashMap<>();

  /** A run that will report below that folder. */
  public Run(Path reports) {
    this(reports, "");
  }

  /** One of that name; empty: it gets one. */
  Run(Path reports, String id) {
    this(reports, id, InstantSource.system());
  }

  /** The same, with a clock of its own. */
  Run(Path reports, String id, InstantSource clock) {
    this.reports = reports;
    this.clock = clock;
    this.started = clock.instant();
    this.id =
        id.isEmpty() ? ID.format(started) + "-" + UUID.randomUUID().toString().substring(0, 4) : id;
  }

  /** Identifier; sorts by time. */
  public String id() {
    return id;
  }

  /**
   * Has the record name drills that were asked for and are not played.
   *
   * @param reasons by scenario
   */
  public void leaveOut(Map<String, String> reasons) {
    leftOut.putAll(reasons);
  }

  /** Folder of this run's report. */
  public Path folder() {
    return reports.resolve(id);
  }

  /** Plays drills alone. */
  public Evidence play(
      List<PlannedDrill> parts,
      DrillLauncher launcher,
      int atOnce,
      Collection<BoundedContext> declared,
      Question question) {
    return play(
        parts, List.of(), launcher, launcher.restores(line -> {}), atOnce, declared, question);
  }

  /**
   * Plays drills and restore tests.
   *
   * @param parts drills
   * @param restores restore tests
   * @param atOnce how many labs at a time, and fewer while the machine stalls ({@link LabSlots})
   * @param declared every declared context, so that undrilled cells are shown
   * @param question what the drills are to show together
   */
  public Evidence play(
      List<PlannedDrill> parts,
      List<PlannedRestoreTests> restores,
      DrillLauncher launcher,
      RestoreLauncher restorer,
      int atOnce,
      Collection<BoundedContext> declared,
      Question question) {
    RunPlan plan =
        plan(
            RunPlan.Kind.WHOLE,
            parts,
            restores,
            0,
            declared,
            launcher.declarations(),
            question.words());
    List<Evidence.Drill> drills = new ArrayList<>();
    List<RestoreTest> tests = new ArrayList<>();
    LabSlots slots = new LabSlots(atOnce);
    launcher.within(slots);
    try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
      List<Future<List<Evidence.Drill>>> playing = new ArrayList<>();
      List<Future<List<RestoreTest>>> testing = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
        PlannedDrill part = parts.get(i);
        int number = i + 1;
        playing.add(
            threads.submit(
                () ->
                    within(
                        slots,
                        () ->
                            launcher.interrupted()
                                ? List.of()
                                : launcher.play(part, folder(), number, plan))));
      }
      for (int i = 0; i < restores.size(); i++) {
        PlannedRestoreTests part = restores.get(i);
        int number = i + 1;
        testing.add(
            threads.submit(
                () ->
                    within(
                        slots,
                        () ->
                            restorer.interrupted()
                                ? List.of()
                                : restorer.play(part, folder(), number, plan))));
      }
      for (Future<List<Evidence.Drill>> one : playing) {
        drills.addAll(one.get());
      }
      for (Future<List<RestoreTest>> one : testing) {
        tests.addAll(one.get());
      }
    } catch (ExecutionException e) {
      launcher.interrupt();
      restorer.interrupt();
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e);
    } catch (InterruptedException e) {
      launcher.interrupt();
      restorer.interrupt();
      Thread.currentThread().interrupt();
    }
    return evidence(
        drills, tests, launcher.interrupted() || restorer.interrupted(), plan, question);
  }

  private static <T> List<T> within(LabSlots slots, Supplier<List<T>> lab)
      throws InterruptedException {
    slots.enter();
    try {
      return lab.get();
    } finally {
      slots.leave();
    }
  }

  /**
   * What the drills of a run are to show together.
   *
   * @param baseline to compare with, or null
   * @param grid of settings that they vary, or null
   * @param storm that they are replays of, or null
   */
  public record Question(
      RunStudy.@Nullable Reference baseline,
      SettingsSweep.@Nullable Grid grid,
      StormStudy.@Nullable Course storm) {
    /** Nothing beyond what each shows by itself, and what repeats and declared shares call for. */
    public static final Question NONE = new Question(null, null, null);

    /** Of anything but a storm. */
    public Question(RunStudy.@Nullable Reference baseline, SettingsSweep.@Nullable Grid grid) {
      this(baseline, grid, null);
    }

    /** What is known of it before the drills, for the plan of the run. */
    Map<String, String> words() {
      Map<String, String> words = new LinkedHashMap<>();
      if (baseline != null) {
        words.put(BASELINE, baseline.run() + " " + baseline.sha256());
      }
      if (grid != null) {
        words.put(GRID, RunPlanning.sha256(EvidenceJson.part(grid)));
      }
      return words;
    }
  }

  /**
   * What the whole run is to be.
   *
   * @param atMost so many drills may follow those of the parts
   * @param question what they are to show together, as far as it is known
   */
  RunPlan plan(
      RunPlan.Kind kind,
      List<PlannedDrill> parts,
      List<PlannedRestoreTests> restores,
      int atMost,
      Collection<BoundedContext> declared,
      Map<String, String> declarations,
      Map<String, String> question) {
    Map<String, String> facts = machine();
    leftOut.forEach((scenario, why) -> facts.put(SummaryText.NOT_TESTED + scenario, why));
    facts.put(
        "plan",
        switch (kind) {
          case WHOLE -> "whole: " + counted(parts, restores);
          case STORM -> "a storm, and at most " + atMost + " replays";
          case OPEN -> "open: a drill that was taken out would not be missed";
        });
    return new RunPlan(
        kind,
        atMost,
        started.toString(),
        facts,
        declarations,
        question,
        RunPlanning.cells(declared, kind == RunPlan.Kind.STORM ? parts : List.of()),
        RunPlanning.drills(kind == RunPlan.Kind.OPEN ? List.of() : parts),
        RunPlanning.restores(restores),
        RunPlanning.backups(declared));
  }

  private static String counted(List<PlannedDrill> parts, List<PlannedRestoreTests> restores) {
    int tests = restores.stream().mapToInt(r -> r.names().size()).sum();
    String drills = parts.isEmpty() && tests > 0 ? "" : FigureWords.count(parts.size(), "drill");
    String restored = tests == 0 ? "" : FigureWords.count(tests, "restore test");
    return drills + (drills.isEmpty() || restored.isEmpty() ? "" : ", ") + restored;
  }

  /** The record of these drills and restore tests. */
  Evidence evidence(
      List<Evidence.Drill> drills,
      List<RestoreTest> tests,
      boolean interrupted,
      RunPlan plan,
      Question question) {
    RunStudy study = RunStudy.of(drills, question.baseline(), question.grid(), question.storm());
    Verdict verdict = DrillJudging.run(drills, tests, study);
    String end = RunCompletion.of(plan, drills, tests, interrupted);
    return new Evidence(
        Evidence.FORMAT,
        id,
        verdict.given(end.equals(RunCompletion.COMPLETE)),
        plan.started(),
        clock.instant().toString(),
        end,
        plan.harness(),
        RunPlanning.cells(plan),
        drills,
        study,
        plan.declarations(),
        tests,
        RunPlanning.backups(plan));
  }

  private static Map<String, String> machine() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("drillyard", HarnessVersion.ofBuild().word());
    facts.put("java", System.getProperty("java.runtime.version", "?"));
    facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("transport", "lab (namespaces on one machine)");
    facts.put(
        "started as",
        io.drillyard.host.lab.HarnessUser.current().word().replace("user", "ordinary user"));
    return facts;
  }

  /** What the ledger of a drill of this run holds of its episode. */
  List<Event> events(Evidence.Drill drill) {
    Path ledger = folder().resolve(drill.folder()).resolve(DrillLauncher.LEDGER);
    return PerEpisodeLedger.view(
        LedgerReader.readWhatIsThere(ledger).events(), drill.episodeNumber());
  }

  /**
   * What does not follow from its own ledgers is no proof, whoever wrote it: a run of restore tests
   * that was written just now is read again, and called failed where record and ledgers differ.
   *
   * @param told is told what differs
   */
  public Evidence borneOut(Evidence evidence, Consumer<String> told) {
    if (evidence.restoreTests().isEmpty()) {
      return evidence;
    }
    List<String> differences = StoredRunRecord.read(folder()).testDifferences();
    if (differences.isEmpty()) {
      return evidence;
    }
    differences.forEach(d -> told.accept("the record does not follow from its ledgers: " + d));
    Evidence broken = evidence.broken();
    write(broken);
    return broken;
  }

  /**
   * Writes the run as results for Allure Report.
   *
   * @param results folder that Allure's command line is given
   */
  public void allure(Path results, Evidence evidence) {
    try {
      AllureResults.write(results, folder(), evidence, this::events);
    } catch (IOException e) {
      throw new UncheckedIOException("the report is written, but not " + results, e);
    }
  }

  /** Writes the report and points {@code latest} at it; returns the path of report.html. */
  public Path write(Evidence evidence) {
    Path report = ReportFolder.write(folder(), evidence, this::events);
    Path latest = reports.resolve("latest");
    try {
      Path fresh = reports.resolve(".latest-" + id);
      Files.createSymbolicLink(fresh, Path.of(id));
      Files.move(
          fresh,
          latest,
          java.nio.file.StandardCopyOption.REPLACE_EXISTING,
          java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("the report is written, but " + latest + " is not", e);
    }
    return report;
  }
}
