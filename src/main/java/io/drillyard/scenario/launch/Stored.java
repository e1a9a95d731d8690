package io.drillyard.scenario.launch;

import io.drillyard.check.Verdict;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.EvidenceException;
import io.drillyard.evidence.EvidenceJson;
import io.drillyard.evidence.ReportFolder;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.LedgerReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A stored run: its evidence, and the ledgers that it was judged from. */
public final class Stored {
  private final Path folder;
  private final Evidence evidence;

  private Stored(Path folder, Evidence evidence) {
    this.folder = folder;
    this.evidence = evidence;
  }

  /**
   * Reads a run's folder.
   *
   * @throws EvidenceException when it is none, truncated or of a newer format
   */
  public static Stored read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new EvidenceException(
          folder.toString(), "is no folder of a run", "Name one, for example reports/latest");
    }
    return new Stored(folder, EvidenceJson.read(folder.resolve(ReportFolder.EVIDENCE)));
  }

  private List<Event> events(Evidence.Drill drill) {
    Path ledger = folder.resolve(drill.folder()).resolve(DrillLauncher.LEDGER);
    // A run that was interrupted or failed says so in its evidence; only a run that claims to be
    // whole must have a whole ledger.
    return drill.end().equals("complete")
        ? LedgerReader.read(ledger)
        : LedgerReader.readWhatIsThere(ledger).events();
  }

  /** The same record with every verdict taken from the ledgers again. */
  public Evidence judgedAgain() {
    List<Evidence.Drill> drills = new ArrayList<>();
    for (Evidence.Drill drill : evidence.drills()) {
      drills.add(Judging.judged(drill, events(drill)));
    }
    Evidence e = evidence;
    boolean whole = e.end().equals("complete");
    Verdict verdict = Judging.run(drills);
    return new Evidence(
        e.format(),
        e.run(),
        verdict == Verdict.MET && !whole ? Verdict.UNDETERMINED : verdict,
        e.started(),
        e.finished(),
        e.end(),
        e.harness(),
        e.contexts(),
        drills);
  }

  /** Where a second judgement and the stored report do not agree; empty when they do. */
  public List<String> differences(Evidence again) {
    Comparison comparison = new Comparison();
    if (again.verdict() != evidence.verdict()) {
      comparison.run(evidence.verdict() + " in the report, now " + again.verdict());
    }
    comparison.folders(folder, evidence);
    for (int i = 0; i < evidence.drills().size(); i++) {
      Evidence.Drill was = evidence.drills().get(i);
      Path ledger = folder.resolve(was.folder()).resolve(DrillLauncher.LEDGER);
      comparison.drill(was, again.drills().get(i), Digests.sha256(ledger));
      comparison.ledger(evidence, was, events(was));
    }
    return comparison.differences();
  }

  /** Writes the report's files anew from the stored evidence. */
  public Path writeReport() {
    return ReportFolder.write(folder, evidence, this::events);
  }
}
