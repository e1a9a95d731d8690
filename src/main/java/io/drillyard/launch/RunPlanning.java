package io.drillyard.launch;

import io.drillyard.declaration.BoundedContext;
import io.drillyard.declaration.Durations;
import io.drillyard.declaration.Environment;
import io.drillyard.declaration.FailoverBounds;
import io.drillyard.evidence.Evidence;
import io.drillyard.ledger.DrillPlan;
import io.drillyard.ledger.RunPlan;
import io.drillyard.ledger.Sha256;
import io.drillyard.play.DeclaredSettings;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenarios;
import io.drillyard.scenario.step.BeginEpisode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a run and its drills are to be, put together before anything begins. */
final class RunPlanning {
  /** More files of declarations, as a sweep makes them, are told by one digest together. */
  private static final int FILES_MAX = 100;

  private RunPlanning() {}

  /** The name of a drill's folder. */
  static String folder(int number, String scenario) {
    return "%02d-%s".formatted(number, Scenarios.simple(scenario));
  }

  /** What one drill is to be. */
  static DrillPlan drill(PlannedDrill part) {
    Drill.Control control = part.drill().control();
    return new DrillPlan(
        Scenarios.simple(part.scenario()),
        part.environment().name(),
        part.context().name(),
        part.drill().disruption().word(),
        part.drill().title(),
        part.drill().claim(),
        control == null ? null : control.check(),
        control == null ? null : control.why(),
        part.target().toString(),
        settings(part),
        NotChecked.of(part),
        part.warnings().stream().map(Object::toString).toList(),
        episodes(part),
        part.environment().contracts().isEmpty() ? null : part.environment().contracts());
  }

  private static @Nullable List<DrillPlan.Episode> episodes(PlannedDrill part) {
    List<BeginEpisode> further = part.drill().furtherEpisodes();
    List<PlannedDrill> each = part.episodes();
    List<DrillPlan.Episode> episodes = new ArrayList<>();
    for (BeginEpisode next : further) {
      episodes.add(
          new DrillPlan.Episode(
              next.number(),
              next.name(),
              next.disruption().word(),
              next.exercises(),
              each.get(next.number() - 1).target().toString()));
    }
    return episodes.isEmpty() ? null : List.copyOf(episodes);
  }

  /** With what the recovery waits for, where only the end of a lease brings it. */
  private static Map<String, String> settings(PlannedDrill part) {
    Environment environment = part.environment();
    Map<String, String> settings = DeclaredSettings.of(environment);
    if (PrimaryLossInPlan.in(part.drill(), environment)) {
      settings.put(
          FailoverBounds.WAITS_FOR,
          FailoverBounds.of(environment.serving(), environment.route()).waitsFor());
    }
    return settings;
  }

  /** The drills of a run as its plan names them, numbered from 1. */
  static List<RunPlan.Entry> drills(List<PlannedDrill> parts) {
    List<RunPlan.Entry> entries = new ArrayList<>();
    for (PlannedDrill part : parts) {
      DrillPlan plan = drill(part);
      entries.add(
          new RunPlan.Entry(
              folder(entries.size() + 1, part.scenario()),
              plan.scenario(),
              plan.environment(),
              plan.context(),
              plan.disruption(),
              plan.sha256()));
    }
    return List.copyOf(entries);
  }

  /** The restore tests of a run as its plan names them, numbered from 1. */
  static List<RunPlan.Restore> restores(List<PlannedRestoreTests> parts) {
    List<RunPlan.Restore> restores = new ArrayList<>();
    for (PlannedRestoreTests part : parts) {
      restores.add(part.planned(restores.size() + 1));
    }
    return List.copyOf(restores);
  }

  /** Every declared cell, and those that follow for the parts of a storm. */
  static List<RunPlan.Cell> cells(Collection<BoundedContext> declared, List<PlannedDrill> storm) {
    List<Evidence.Cell> cells = new ArrayList<>();
    for (BoundedContext context : declared) {
      context
          .objectives()
          .values()
          .forEach(objective -> cells.add(Evidence.Cell.of(context.name(), objective)));
    }
    for (PlannedDrill part : storm) {
      Evidence.Cell cell = Evidence.Cell.of(part.context().name(), part.objective());
      if (!cells.contains(cell)) {
        cells.add(cell);
      }
    }
    return cells.stream()
        .map(c -> new RunPlan.Cell(c.context(), c.disruption(), c.failover(), c.rto(), c.rpo()))
        .toList();
  }

  /** That every declared context's backup has to be proved. */
  static List<RunPlan.Backup> backups(Collection<BoundedContext> declared) {
    return declared.stream()
        .map(c -> new RunPlan.Backup(c.name(), Durations.format(c.proofCadence())))
        .toList();
  }

  /** The same in the shape of the record. */
  static List<Evidence.Backup> backups(RunPlan plan) {
    List<RunPlan.Backup> told = plan.backups();
    return told == null
        ? List.of()
        : told.stream().map(b -> new Evidence.Backup(b.context(), b.cadence())).toList();
  }

  /** The same in the shape of the record. */
  static List<Evidence.Cell> cells(RunPlan plan) {
    return plan.cells().stream()
        .map(c -> new Evidence.Cell(c.context(), c.disruption(), c.failover(), c.rto(), c.rpo()))
        .toList();
  }

  /** SHA-256 of a text. */
  static String sha256(String text) {
    return Sha256.of(text);
  }

  /** SHA-256 of the files of declarations, by path in their folder. */
  static Map<String, String> declarations(Path folder) {
    Map<String, String> digests = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (var files = Files.walk(folder)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
          digests.put(folder.relativize(file).toString(), FileDigests.sha256(file));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return digests.size() <= FILES_MAX
        ? digests
        : Map.of(digests.size() + " files together", sha256(digests.toString()));
  }
}
