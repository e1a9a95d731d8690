package io.drillyard.sabotage;

import io.drillyard.check.Verdict;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.EvidenceException;
import io.drillyard.ledger.LedgerException;
import io.drillyard.scenario.launch.Stored;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One way to falsify a stored run.
 *
 * @param name in a few words
 * @param what is done to its files
 * @param bad true: done to the record of a run that lost a row, to make it look met
 * @param says what the second judgement must say
 */
record FileSabotage(String name, String what, boolean bad, String says, Act act) {
  /** Falsifies. */
  interface Act {
    void on(StoredRun run) throws IOException;
  }

  /** What came of it: what was said of the falsified run. */
  record Result(FileSabotage sabotage, String said) {
    boolean caught() {
      return said.contains(sabotage.says());
    }

    /** For a person. */
    String words() {
      return "%s: expected '%s', got '%s'".formatted(sabotage.name(), sabotage.says(), said);
    }
  }

  /** Falsifies a run in this folder and judges it again. */
  Result in(Path folder) {
    try {
      StoredRun run = bad ? StoredRun.bad(folder) : StoredRun.good(folder);
      String before = judge(folder);
      if (!before.equals(bad ? "MISSED" : "MET")) {
        return new Result(this, "not honest before: " + before);
      }
      act.on(run);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Result(this, judge(folder));
  }

  /** The verdict alone where ledger and record agree; else everything that does not. */
  private static String judge(Path folder) {
    try {
      Stored stored = Stored.read(folder);
      Evidence again = stored.judgedAgain();
      List<String> differences = stored.differences(again);
      boolean agreed = differences.isEmpty();
      Verdict verdict = again.verdict();
      return agreed ? verdict.name() : verdict + "; " + String.join("; ", differences);
    } catch (LedgerException | EvidenceException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
