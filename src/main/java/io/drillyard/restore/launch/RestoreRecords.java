package io.drillyard.restore.launch;

import io.drillyard.evidence.RunFolders;
import io.drillyard.restore.report.PurgeRecord;
import io.drillyard.restore.report.RestoreJson;
import io.drillyard.restore.report.RestoreRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The restore tests and the purges on record in a folder of runs. A run of restore tests counts
 * only where its record agrees with its ledgers; runs of the first format have none, and count as
 * they are.
 *
 * @param runs in the order of their folders
 * @param purges likewise
 * @param refused records that prove nothing
 */
public record RestoreRecords(
    List<RestoreRun> runs, List<PurgeRecord> purges, List<Refused> refused) {
  /**
   * A record that proves nothing.
   *
   * @param why it does not, as the end of a sentence about the file
   */
  public record Refused(Path file, String why) {}

  /** All of them; none when there is no such folder. */
  public static RestoreRecords in(Path reports) {
    List<RestoreRun> runs = new ArrayList<>();
    List<PurgeRecord> purges = new ArrayList<>();
    List<Refused> refused = new ArrayList<>();
    for (Path folder : RunFolders.in(reports)) {
      run(folder, runs, refused);
      Path purge = folder.resolve(PurgeLauncher.RECORD);
      if (Files.isRegularFile(purge)) {
        try {
          purges.add(RestoreJson.readPurge(purge));
        } catch (RuntimeException e) {
          refused.add(new Refused(purge, "cannot be read"));
        }
      }
    }
    return new RestoreRecords(List.copyOf(runs), List.copyOf(purges), List.copyOf(refused));
  }

  private static void run(Path folder, List<RestoreRun> runs, List<Refused> refused) {
    if (!StoredRestore.isIn(folder)) {
      return;
    }
    Path record = folder.resolve(RestoreLauncher.RECORD);
    try {
      RestoreRun run = RestoreJson.readRun(record);
      if (run.format() == RestoreRun.OLDEST) {
        first(folder, run, runs, refused);
        return;
      }
      List<String> differences = StoredRestore.of(folder, run).differences();
      if (differences.isEmpty()) {
        runs.add(run);
      } else {
        refused.add(
            new Refused(
                record, "does not agree with its ledgers (%s)".formatted(differences.getFirst())));
      }
    } catch (RuntimeException e) {
      refused.add(new Refused(record, "cannot be read"));
    }
  }

  /** The first format left no ledgers: a run that has some is not of it, whatever it says. */
  private static void first(
      Path folder, RestoreRun run, List<RestoreRun> runs, List<Refused> refused) {
    boolean without =
        run.tests().stream().allMatch(t -> t.ledger() == null)
            && StoredRestore.ledgers(folder).isEmpty();
    if (without) {
      runs.add(run);
    } else {
      refused.add(
          new Refused(
              folder.resolve(RestoreLauncher.RECORD),
              "is of a format whose tests left no ledgers, and there are some"));
    }
  }
}
