package io.drillyard.scenario.launch;

import io.drillyard.check.Verdict;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.ReportFolder;
import io.drillyard.evidence.StormStudy;
import io.drillyard.evidence.Study;
import io.drillyard.evidence.Sweep;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.LedgerReader;
import io.drillyard.target.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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
import org.jspecify.annotations.Nullable;

/** A run: several drills, some side by side, and one report. */
public final class Run {
  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final String id;
  private final Path reports;
  private final Instant started = Instant.now();

  /** A run that will report below that folder. */
  public Run(Path reports) {
    this.reports = reports;
    this.id = ID.format(started) + "-" + UUID.randomUUID().toString().substring(0, 4);
  }

  /** Identifier; sorts by time. */
  public String id() {
    return id;
  }

  /** Folder of this run's report. */
  public Path folder() {
    return reports.resolve(id);
  }

  /**
   * Plays the parts.
   *
   * @param atOnce how many labs at a time
   * @param declared every declared context, so that undrilled cells are shown
   * @param question what the drills are to show together
   */
  public Evidence play(
      List<Part> parts,
      DrillLauncher launcher,
      int atOnce,
      Collection<Context> declared,
      Question question) {
    List<Evidence.Drill> drills = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
      List<Future<Evidence.@Nullable Drill>> playing = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
        Part part = parts.get(i);
        int number = i + 1;
        playing.add(
            threads.submit(
                () -> launcher.interrupted() ? null : launcher.play(part, folder(), number)));
      }
      for (Future<Evidence.@Nullable Drill> one : playing) {
        Evidence.Drill drill = one.get();
        if (drill != null) {
          drills.add(drill);
        }
      }
    } catch (ExecutionException e) {
      launcher.interrupt();
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e);
    } catch (InterruptedException e) {
      launcher.interrupt();
      Thread.currentThread().interrupt();
    }
    return evidence(drills, launcher.interrupted(), declared, question);
  }

  /**
   * What the drills of a run are to show together.
   *
   * @param baseline to compare with, or null
   * @param grid of settings that they vary, or null
   * @param storm that they are replays of, or null
   */
  public record Question(
      Study.@Nullable Reference baseline,
      Sweep.@Nullable Grid grid,
      StormStudy.@Nullable Course storm) {
    /** Nothing beyond what each shows by itself, and what repeats and declared shares call for. */
    public static final Question NONE = new Question(null, null, null);

    /** Of anything but a storm. */
    public Question(Study.@Nullable Reference baseline, Sweep.@Nullable Grid grid) {
      this(baseline, grid, null);
    }
  }

  /** The record of these drills. */
  public Evidence evidence(
      List<Evidence.Drill> drills,
      boolean interrupted,
      Collection<Context> declared,
      Question question) {
    List<Evidence.Cell> cells = new ArrayList<>();
    for (Context context : declared) {
      context
          .objectives()
          .values()
          .forEach(objective -> cells.add(Evidence.Cell.of(context.name(), objective)));
    }
    for (Evidence.Drill drill : drills) {
      // What follows from declared targets is declared too: a storm's.
      Evidence.Cell cell = Evidence.Cell.of(drill.context(), drill.target().objective());
      if (question.storm() != null && !cells.contains(cell)) {
        cells.add(cell);
      }
    }
    boolean failed = drills.stream().anyMatch(d -> d.end().equals("failed"));
    Study study = Study.of(drills, question.baseline(), question.grid(), question.storm());
    Verdict verdict = Judging.run(drills, study);
    boolean whole = !interrupted && !failed;
    return new Evidence(
        Evidence.FORMAT,
        id,
        verdict == Verdict.MET && !whole ? Verdict.UNDETERMINED : verdict,
        started.toString(),
        Instant.now().toString(),
        interrupted ? "interrupted" : failed ? "failed" : "complete",
        machine(),
        cells,
        drills,
        study);
  }

  private static Map<String, String> machine() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("drillyard", "0.1.0");
    facts.put("java", System.getProperty("java.runtime.version", "?"));
    facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("transport", "lab (namespaces on one machine)");
    facts.put(
        "started as",
        io.drillyard.host.lab.Identity.current().word().replace("user", "ordinary user"));
    return facts;
  }

  /** What the ledger of a drill of this run holds. */
  List<Event> events(Evidence.Drill drill) {
    return LedgerReader.readWhatIsThere(
            folder().resolve(drill.folder()).resolve(DrillLauncher.LEDGER))
        .events();
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
