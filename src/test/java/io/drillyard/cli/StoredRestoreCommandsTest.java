package io.drillyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.backup.RestoredSettingsLook;
import io.drillyard.check.backup.Rung;
import io.drillyard.check.backup.RungLook;
import io.drillyard.launch.ExitCode;
import io.drillyard.launch.ForgedRestoreRun;
import io.drillyard.play.restore.ForgedRestore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code judge} and {@code report} of a stored run of restore tests. */
class StoredRestoreCommandsTest {
  private final Path run;

  StoredRestoreCommandsTest(@TempDir Path folder) {
    this.run = folder.resolve("20261129T010000Z-cafe");
  }

  @BeforeEach
  void aProvenBackup() throws IOException {
    ForgedRestoreRun.write(
        new ForgedRestore(run, "clean").test("clean", ForgedRestore.looks(), null));
  }

  private void edit(String from, String to) throws IOException {
    Path record = run.resolve("evidence.json");
    String before = Files.readString(record);
    assertThat(before).contains(from);
    Files.writeString(record, before.replace(from, to));
  }

  @Test
  void itIsJudgedAgain() {
    Terminal said = Terminal.drillyard("judge", run.toString());
    assertThat(said.exit()).isEqualTo(ExitCode.MET);
    assertThat(said.out()).contains("clean: MET", "walContinuity", "All 3 segments from backup");
    assertThat(said.err()).contains("The same verdicts as in the report.");
    assertThat(Terminal.drillyard("judge", run.toString(), "--json").out())
        .contains("\"walContinuity\"");
    assertThat(Terminal.drillyard("judge", run.toString(), "--baseline", run.toString()).exit())
        .isEqualTo(ExitCode.USAGE);
  }

  /** Every required rung is MET, and the harness failed at another one: that is no proof. */
  @Test
  void whatBrokeIsNotCalledMet() throws IOException {
    Map<Rung, RungLook> looks = ForgedRestore.looks();
    looks.put(
        Rung.SETTINGS,
        new RestoredSettingsLook(List.of(), List.of(), List.of(), List.of(), "no JSON", List.of()));
    Path broken = run.resolveSibling("20261129T020000Z-cafe");
    ForgedRestoreRun.write(new ForgedRestore(broken, "clean").test("clean", looks, null));
    Terminal said = Terminal.drillyard("judge", broken.toString());
    assertThat(said.out()).contains("clean: UNDETERMINED").doesNotContain("clean: MET");
    assertThat(said.exit()).isEqualTo(ExitCode.BROKEN);
  }

  @Test
  void anEditedRecordIsRefusedAndNothingIsWritten() throws IOException {
    edit("\"restoredBytes\" : 5000000", "\"restoredBytes\" : 5");
    Files.delete(run.resolve("report.html"));
    Files.delete(run.resolve("junit.xml"));
    Terminal judged = Terminal.drillyard("judge", run.toString());
    assertThat(judged.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(judged.err())
        .contains(
            "clean: the restored bytes is '5' in the record, '5000000' in the ledger",
            "do not rely on it");
    Terminal reported = Terminal.drillyard("report", run.toString());
    assertThat(reported.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(run.resolve("report.html")).doesNotExist();
    assertThat(run.resolve("junit.xml")).doesNotExist();
  }

  /** The record holds no sentences; every reader's come from the ledgers. */
  @Test
  void aReportIsWrittenFromTheLedgers() throws IOException {
    Files.delete(run.resolve("junit.xml"));
    Files.delete(run.resolve("drillyard.prom"));
    Files.writeString(run.resolve("report.html"), "All 9 segments from a backup that nobody made");
    Terminal said = Terminal.drillyard("report", run.toString());
    assertThat(said.exit()).isEqualTo(ExitCode.MET);
    assertThat(Files.readString(run.resolve("report.html")))
        .contains("All 3 segments from backup")
        .doesNotContain("nobody made");
    assertThat(run.resolve("junit.xml")).exists();
    assertThat(run.resolve("drillyard.prom")).exists();
  }
}
