package io.drillyard.launch;

import io.drillyard.check.Verdict;
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
 * their record agrees with their ledgers; those of the first format have none, and prove nothing.
 * What was planned and left no record, and ledgers beside which no record lies, count as open.
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
      unrecorded(folder, runs, refused);
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
          List<RestoreTest> tests = new ArrayList<>(stored.tests().judged());
          tests.addAll(UnrecordedTests.of(run, tests, stored.tests().plans()));
          runs.add(run.testing(tests));
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

  /** A harness that was killed leaves ledgers and no record; so does whoever takes one away. */
  private static void unrecorded(Path folder, List<Evidence> runs, List<Refused> refused) {
    try {
      if (!StoredRestoreTests.ledgers(folder).isEmpty()) {
        runs.add(UnrecordedTests.in(folder));
      }
    } catch (RuntimeException e) {
      refused.add(new Refused(folder, "holds ledgers and no record, and cannot be read", true));
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
      // Nothing bears them out: what failed then failed, and what was proven then is open.
      runs.add(
          run.testing(
              run.restoreTests().stream()
                  .map(
                      t ->
                          t.verdict() == Verdict.MET
                              ? t.judged(Verdict.UNDETERMINED, t.ladder())
                              : t)
                  .toList()));
    } else {
      refused.add(
          new Refused(
              StoredRunRecord.record(folder),
              "is of a format whose tests left no ledgers, and there are some",
              true));
    }
  }
}
