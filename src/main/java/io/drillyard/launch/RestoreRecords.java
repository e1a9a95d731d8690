package io.drillyard.launch;

import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.RestoreTest;
import io.drillyard.evidence.RunFolders;
import io.drillyard.evidence.purge.BackupPurgeJson;
import io.drillyard.evidence.purge.BackupPurgeRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The restore tests and the purges on record in a folder of runs. Restore tests count only where
 * their record agrees with their ledgers; those of the first format have none, and count as they
 * are.
 *
 * @param runs that hold restore tests, with these as their ledgers have them, in the order of their
 *     folders
 * @param purges likewise
 * @param refused records that prove nothing
 */
public record RestoreRecords(
    List<Evidence> runs, List<BackupPurgeRecord> purges, List<Refused> refused) {
  /**
   * A record that proves nothing.
   *
   * @param why it does not, as the end of a sentence about the file
   * @param tests it holds restore tests, or perhaps does
   */
  public record Refused(Path file, String why, boolean tests) {}

  /** All of them; none when there is no such folder. */
  public static RestoreRecords in(Path reports) {
    List<Evidence> runs = new ArrayList<>();
    List<BackupPurgeRecord> purges = new ArrayList<>();
    List<Refused> refused = new ArrayList<>();
    for (Path folder : RunFolders.in(reports)) {
      run(folder, runs, refused);
      Path purge = folder.resolve(BackupPurgeLauncher.RECORD);
      if (Files.isRegularFile(purge)) {
        try {
          purges.add(BackupPurgeJson.readRecord(purge));
        } catch (RuntimeException e) {
          refused.add(new Refused(purge, "cannot be read", false));
        }
      }
    }
    return new RestoreRecords(List.copyOf(runs), List.copyOf(purges), List.copyOf(refused));
  }

  private static void run(Path folder, List<Evidence> runs, List<Refused> refused) {
    if (!StoredRunRecord.isIn(folder)) {
      return;
    }
    Path record = StoredRunRecord.record(folder);
    try {
      StoredRunRecord stored = StoredRunRecord.read(folder);
      Evidence run = stored.evidence();
      if (stored.leftNoLedgers()) {
        first(folder, run, runs, refused);
      } else if (!run.restoreTests().isEmpty() || !StoredRestoreTests.ledgers(folder).isEmpty()) {
        List<String> differences = stored.testDifferences();
        if (differences.isEmpty()) {
          runs.add(run.testing(stored.tests().judged()));
        } else {
          refused.add(
              new Refused(
                  record,
                  "does not agree with its ledgers (%s)".formatted(differences.getFirst()),
                  true));
        }
      }
    } catch (RuntimeException e) {
      refused.add(new Refused(record, "cannot be read", true));
    }
  }

  /** The first format left no ledgers: a run that has some is not of it, whatever it says. */
  private static void first(Path folder, Evidence run, List<Evidence> runs, List<Refused> refused) {
    boolean without =
        run.restoreTests().stream().allMatch(t -> t.ledger() == null)
            && StoredRestoreTests.ledgers(folder).isEmpty();
    try {
      // Whatever is missing is missed here, and not when it is asked for.
      for (RestoreTest test : run.restoreTests()) {
        Instant.parse(test.finished());
      }
    } catch (RuntimeException e) {
      refused.add(new Refused(StoredRunRecord.record(folder), "cannot be read", true));
      return;
    }
    if (without) {
      runs.add(run);
    } else {
      refused.add(
          new Refused(
              StoredRunRecord.record(folder),
              "is of a format whose tests left no ledgers, and there are some",
              true));
    }
  }
}
