package io.drillyard.sabotage;

import io.drillyard.cli.Main;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.EvidenceException;
import io.drillyard.evidence.ReportFolder;
import io.drillyard.launch.ExitCode;
import io.drillyard.launch.StoredRunRecord;
import io.drillyard.ledger.LedgerException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One way to falsify a stored run.
 *
 * @param name in a few words
 * @param what is done to its files
 * @param honest what the run is before
 * @param says what the second judgement must say; {@link #HARMLESS}: the same as before, and what
 *     was written in reaches nobody
 */
record FileSabotage(String name, String what, Honest honest, String says, Act act) {
  /** Nothing is relied on that was edited. */
  static final String HARMLESS = "the same verdicts";

  /** What is written into records where it must reach nobody. */
  static final String WRITTEN_IN = "by hand, all is well";

  /** The run that is falsified. */
  enum Honest {
    /** Every target met. */
    MET,
    /** A row was lost. */
    MISSED,
    /** It was interrupted; what is there is met. */
    UNDETERMINED
  }

  /** Falsifies. */
  interface Act {
    void on(StoredRun run) throws IOException;
  }

  /**
   * What came of it.
   *
   * @param said of the falsified run by the second judgement
   * @param report what {@code report} came to
   */
  record Result(FileSabotage sabotage, String said, String report) {
    boolean caught() {
      return sabotage.says().equals(HARMLESS)
          ? said.equals(sabotage.honest().name()) && report.equals("written")
          : said.contains(sabotage.says()) && report.equals("refused");
    }

    /** For a person. */
    String words() {
      return "%s: expected '%s', got '%s'; the report was %s"
          .formatted(sabotage.name(), sabotage.says(), said, report);
    }
  }

  /** Falsifies a run in this folder, judges it again, and asks for its report. */
  Result in(Path folder) {
    try {
      StoredRun run =
          switch (honest) {
            case MET -> StoredRun.good(folder);
            case MISSED -> StoredRun.bad(folder);
            case UNDETERMINED -> StoredRun.interrupted(folder);
          };
      String before = judge(folder);
      if (!before.equals(honest.name())) {
        return new Result(this, "not honest before: " + before, "");
      }
      act.on(run);
      return new Result(this, judge(folder), report(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The verdict alone where ledger and record agree; else everything that does not. */
  static String judge(Path folder) {
    try {
      StoredRunRecord stored = StoredRunRecord.read(folder);
      Evidence again = stored.judgedAgain();
      List<String> differences = stored.differences(again);
      return differences.isEmpty()
          ? again.verdict().name()
          : again.verdict() + "; " + String.join("; ", differences);
    } catch (LedgerException | EvidenceException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** {@code refused} with nothing written, {@code written} without what was written in, or why. */
  private static String report(Path folder) throws IOException {
    PrintStream out = System.out;
    PrintStream err = System.err;
    int status;
    try (PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8)) {
      System.setOut(nowhere);
      System.setErr(nowhere);
      status = Main.commandLine().execute("report", folder.toString());
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    Path junit = folder.resolve(ReportFolder.JUNIT);
    Path html = folder.resolve(ReportFolder.REPORT);
    if (status == ExitCode.USAGE) {
      return Files.exists(junit) || Files.exists(html) ? "refused after writing" : "refused";
    }
    String text = Files.readString(junit) + Files.readString(html);
    return text.contains(WRITTEN_IN) ? "written with what was written in" : "written";
  }
}
