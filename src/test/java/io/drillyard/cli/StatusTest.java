package io.drillyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.launch.ExitCode;
import io.drillyard.launch.ForgedRestoreRun;
import io.drillyard.play.restore.ForgedRestore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code status} is red when nobody reported, and reads nothing into what it cannot read. */
class StatusTest {
  private final Path reports;

  StatusTest(@TempDir Path reports) {
    this.reports = reports;
  }

  private Terminal status(String... more) {
    String[] args = new String[more.length + 3];
    args[0] = "status";
    args[1] = "--reports";
    args[2] = reports.toString();
    System.arraycopy(more, 0, args, 3, more.length);
    return Terminal.drillyard(args);
  }

  @Test
  void noRunIsRed() {
    Terminal said = status("--max-age", "26h");
    assertThat(said.exit()).isEqualTo(ExitCode.MISSED);
    assertThat(said.out()).contains("nightly", "MISSED", "no run is on record");
    assertThat(status("--json").out()).contains("\"verdict\"");
  }

  @Test
  void aRecordThatCannotBeReadIsNamedAndProvesNothing() throws IOException {
    Path run = Files.createDirectories(reports.resolve("20261121T000000Z-0000"));
    Files.writeString(run.resolve("restore.json"), "{\"format\": 1, \"verdict\": \"MET\"");
    Terminal said = status("nightly");
    assertThat(said.exit()).isEqualTo(ExitCode.MISSED);
    assertThat(said.err()).contains("restore.json cannot be read");
  }

  @Test
  void aRecordThatItsLedgersDenyProvesNothing() throws IOException {
    Path run = reports.resolve("20261121T000000Z-0000");
    ForgedRestoreRun.write(
        new ForgedRestore(run, "clean").test("clean", ForgedRestore.looks(), null));
    assertThat(status("nightly").err()).isEmpty();
    Path record = run.resolve("evidence.json");
    Files.writeString(record, Files.readString(record).replace("audit-history", "orders"));
    Terminal said = status("nightly");
    assertThat(said.exit()).isEqualTo(ExitCode.MISSED);
    assertThat(said.out()).contains("no run is on record");
    assertThat(said.err())
        .contains("does not agree with its ledgers (clean: what it serves is", "proves nothing");
  }

  /** What a refused record would have said is not known; a purge's says nothing of a proof. */
  @Test
  void onlyARefusedTestLeavesAProofOpen() throws IOException {
    String[] ever = {"nightly", "--max-age", "99999d"};
    ForgedRestoreRun.write(
        new ForgedRestore(reports.resolve("20261129T010000Z-cafe"), "clean")
            .test("clean", ForgedRestore.looks(), null));
    assertThat(status(ever).exit()).isEqualTo(ExitCode.MET);
    Path purge = Files.createDirectories(reports.resolve("20261129T020000Z-0000"));
    Files.writeString(purge.resolve("purge.json"), "{");
    assertThat(status(ever).err()).contains("purge.json cannot be read");
    assertThat(status(ever).exit()).isEqualTo(ExitCode.MET);
    Path test = Files.createDirectories(reports.resolve("20261129T030000Z-0000"));
    Files.writeString(test.resolve("restore.json"), "{");
    assertThat(status(ever).exit()).isEqualTo(ExitCode.UNDETERMINED);
  }

  /** The first format had no ledgers, so nobody may claim it for a run that has some. */
  @Test
  void anOlderFormatIsNoWayRoundTheLedgers() throws IOException {
    Path run = reports.resolve("20261129T010000Z-cafe");
    ForgedRestoreRun.write(
        new ForgedRestore(run, "clean").test("clean", ForgedRestore.looks(), null));
    Path record = run.resolve("evidence.json");
    Files.delete(record);
    Files.writeString(
        run.resolve("restore.json"),
        """
        {"format": 1, "run": "20261129T010000Z-cafe", "description": "d", "verdict": "MET",
         "started": "2026-11-29T01:00:00Z", "finished": "2026-11-29T01:01:00Z", "end": "complete",
         "machine": {}, "tests": []}
        """);
    assertThat(status("nightly").err()).contains("left no ledgers", "proves nothing");
  }

  @Test
  void aPurgeIsNoRun() throws IOException {
    Path run = Files.createDirectories(reports.resolve("20261121T000000Z-0000"));
    Files.writeString(run.resolve("purge.json"), "{\"format\": 1}");
    Terminal said = status("nightly");
    assertThat(said.exit()).isEqualTo(ExitCode.MISSED);
    assertThat(said.out()).contains("no run is on record");
    assertThat(said.err()).isEmpty();
  }

  @Test
  void badInputIsAUsageError() {
    assertThat(status("--max-age", "26").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(status("nigthly").exit()).isEqualTo(ExitCode.USAGE);
  }
}
