package io.drillyard.scenario.launch;

import io.drillyard.check.Verdict;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.EvidenceException;
import io.drillyard.evidence.EvidenceJson;
import io.drillyard.evidence.ReportFolder;
import io.drillyard.evidence.Study;
import io.drillyard.evidence.Sweep;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.LedgerReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
    return studied(drills, Study.again(evidence.study(), drills));
  }

  /**
   * The same, compared with another stored run in place of any baseline that it was compared with.
   *
   * @throws EvidenceException when the other does not agree with its own ledgers, or is this one
   */
  public Evidence judgedAgain(Stored baseline) {
    List<Evidence.Drill> drills = judgedAgain().drills();
    Study was = evidence.study();
    Sweep sweep = was == null ? null : was.sweep();
    return studied(
        drills,
        Study.of(drills, baseline.reference(evidence.run()), sweep == null ? null : sweep.grid()));
  }

  private Evidence studied(List<Evidence.Drill> drills, @Nullable Study study) {
    boolean whole = evidence.end().equals("complete");
    Verdict verdict = Judging.run(drills, study);
    return evidence.with(
        verdict == Verdict.MET && !whole ? Verdict.UNDETERMINED : verdict, drills, study);
  }

  /**
   * What this run measured, judged again from its ledgers.
   *
   * @param other run that is to be compared with it
   * @throws EvidenceException when it does not agree with its own ledgers, or is that run itself
   */
  public Study.Reference reference(String other) {
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
    return Study.reference(again, Digests.sha256(folder.resolve(ReportFolder.EVIDENCE)));
  }

  /** Where a second judgement and the stored report do not agree; empty when they do. */
  public List<String> differences(Evidence again) {
    Comparison comparison = new Comparison();
    if (again.verdict() != evidence.verdict()) {
      comparison.run(evidence.verdict() + " in the report, now " + again.verdict());
    }
    // Runs from before there were studies have none, and are none the worse for it.
    if (evidence.study() != null && !Objects.equals(again.study(), evidence.study())) {
      comparison.run(
          "the statements over repeats, baseline or sweep do not follow from its drills");
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
