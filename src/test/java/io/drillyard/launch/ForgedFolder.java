package io.drillyard.launch;

import io.drillyard.check.LedgerDeclarations;
import io.drillyard.check.Verdict;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.EvidenceJson;
import io.drillyard.evidence.ForgedRun;
import io.drillyard.evidence.ReportFolder;
import io.drillyard.ledger.DrillFacts;
import io.drillyard.ledger.DrillPlan;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.FileLedger;
import io.drillyard.ledger.LedgerFormat;
import io.drillyard.ledger.RunPlan;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Stores forged drills as a run stores them: plans and facts on their ledgers, and a record. */
public final class ForgedFolder {
  /** A declared target that no drill tries. */
  public static final Evidence.Cell NOT_TESTED =
      new Evidence.Cell("orders", "site-loss", "manual", "30 min", "0 transactions");

  private static final String RUN = "run-1";

  private ForgedFolder() {}

  /**
   * Stores a run of which everything was planned that is there.
   *
   * @param drills as they were meant to be; their folders are below the run's
   * @param ledgers of the drills, {@code opened} first and {@code closed} last
   */
  public static Evidence store(Path folder, List<Evidence.Drill> drills, List<List<Event>> ledgers)
      throws IOException {
    RunPlan plan = plan(drills);
    List<Evidence.Drill> judged = new ArrayList<>();
    for (int i = 0; i < drills.size(); i++) {
      List<Event> events = told(plan, drills.get(i), ledgers.get(i));
      Path ledger = folder.resolve(drills.get(i).folder()).resolve(DrillLauncher.LEDGER);
      write(ledger, events);
      judged.add(judged(drills.get(i), events, FileDigests.sha256(ledger)));
    }
    Evidence evidence = evidence(plan, judged);
    Files.writeString(folder.resolve(ReportFolder.EVIDENCE), EvidenceJson.write(evidence));
    return evidence;
  }

  /** Writes a ledger. */
  public static void write(Path ledger, List<Event> events) throws IOException {
    Files.createDirectories(ledger.getParent());
    try (OutputStream out = Files.newOutputStream(ledger);
        FileLedger file = new FileLedger(out, 0)) {
      events.forEach(file::append);
    }
  }

  private static Evidence evidence(RunPlan plan, List<Evidence.Drill> drills) {
    String end = RunCompletion.of(plan, drills, List.of(), false);
    Verdict verdict = DrillJudging.run(drills, null);
    return new Evidence(
        Evidence.FORMAT,
        RUN,
        verdict.given(end.equals(RunCompletion.COMPLETE)),
        plan.started(),
        "2026-11-21T00:10:00Z",
        end,
        plan.harness(),
        RunPlanning.cells(plan),
        drills,
        null,
        plan.declarations());
  }

  private static Evidence.Drill judged(Evidence.Drill d, List<Event> events, String sha256) {
    Evidence.Drill base = ForgedRun.stored(d, d.folder(), sha256);
    return DrillJudging.judged(DrillRecord.of(base, events, true, null), events);
  }

  private static RunPlan plan(List<Evidence.Drill> drills) {
    List<RunPlan.Cell> cells = new ArrayList<>();
    for (Evidence.Drill drill : drills) {
      Evidence.Cell c = Evidence.Cell.of(drill.target().context(), drill.target().objective());
      RunPlan.Cell cell =
          new RunPlan.Cell(c.context(), c.disruption(), c.failover(), c.rto(), c.rpo());
      if (!cells.contains(cell)) {
        cells.add(cell);
      }
    }
    cells.add(
        new RunPlan.Cell(
            NOT_TESTED.context(),
            NOT_TESTED.disruption(),
            NOT_TESTED.failover(),
            NOT_TESTED.rto(),
            NOT_TESTED.rpo()));
    List<RunPlan.Entry> entries =
        drills.stream()
            .map(
                d ->
                    new RunPlan.Entry(
                        Path.of(d.folder()).getFileName().toString(),
                        d.scenario(),
                        d.environment(),
                        d.context(),
                        d.disruption(),
                        plan(d).sha256()))
            .toList();
    return new RunPlan(
        RunPlan.Kind.WHOLE,
        0,
        "2026-11-21T00:00:00Z",
        Map.of("drillyard", "0.1.0", "kernel", "Linux 6.12"),
        Map.of("contexts.yaml", "c0".repeat(32)),
        Map.of(),
        cells,
        entries);
  }

  private static DrillPlan plan(Evidence.Drill d) {
    Evidence.Control control = d.control();
    return new DrillPlan(
        d.scenario(),
        d.environment(),
        d.context(),
        d.disruption(),
        d.title(),
        d.claim(),
        control == null ? null : control.check(),
        control == null ? null : control.why(),
        d.target().toString(),
        d.settings(),
        d.notChecked(),
        List.of(),
        null,
        null);
  }

  /** The events with all that a ledger tells beside them. */
  private static List<Event> told(RunPlan run, Evidence.Drill drill, List<Event> events) {
    List<Event> told = new ArrayList<>();
    String storage =
        events.stream()
            .filter(Event.Topology.class::isInstance)
            .map(e -> ((Event.Topology) e).storage())
            .findFirst()
            .orElse(drill.storage());
    boolean target =
        events.stream()
            .anyMatch(e -> e instanceof Event.Note n && n.text().startsWith("declared t"));
    for (Event event : events) {
      if (event instanceof Event.Opened o) {
        told.add(opened(o, drill));
        told.add(new Event.Planned(o.at(), run, plan(drill)));
        if (!target) {
          told.add(new Event.Note(o.at(), "info", LedgerDeclarations.target(drill.target())));
          told.add(
              new Event.Note(o.at(), "info", LedgerDeclarations.exercise(true, drill.target())));
        }
      } else {
        if (event instanceof Event.Closed closed) {
          told.add(
              new Event.Facts(
                  closed.at(),
                  new DrillFacts(
                      drill.versions(),
                      drill.configuration(),
                      storage,
                      drill.backup(),
                      drill.observations())));
        }
        told.add(event);
      }
    }
    return told;
  }

  private static Event.Opened opened(Event.Opened o, Evidence.Drill drill) {
    return new Event.Opened(
        o.at(),
        LedgerFormat.VERSION,
        RUN,
        drill.scenario(),
        drill.environment(),
        drill.context(),
        drill.disruption(),
        o.wallClockAnchor(),
        o.versions());
  }
}
