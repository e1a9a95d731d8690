package io.drillyard.launch;

import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.ReportFolder;
import io.drillyard.evidence.RestoreTest;
import io.drillyard.ledger.LedgerReader;
import io.drillyard.play.restore.ForgedRestore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes the record of a forged run of restore tests, as the launcher does of a real one. */
public final class ForgedRestoreRun {
  private ForgedRestoreRun() {}

  /** The record, and the readers' files. */
  public static Evidence write(ForgedRestore forged) {
    Path folder = forged.folder();
    List<RestoreTest> tests = new ArrayList<>();
    for (String ledger : forged.ledgers()) {
      tests.add(RestoreRecord.of(folder, ledger, LedgerReader.read(folder.resolve(ledger)), true));
    }
    Run run =
        new Run(
            folder.resolveSibling(".").toAbsolutePath().normalize(),
            ForgedRestore.RUN,
            () -> ForgedRestore.ENDED);
    Evidence evidence = run.evidence(List.of(), tests, false, forged.plan(), Run.Question.NONE);
    ReportFolder.write(folder, evidence, drill -> List.of());
    return evidence;
  }
}
