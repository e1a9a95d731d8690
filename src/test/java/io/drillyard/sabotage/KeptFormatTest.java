package io.drillyard.sabotage;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.cli.Main;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.EvidenceJson;
import io.drillyard.evidence.ReportFolder;
import io.drillyard.launch.DrillLauncher;
import io.drillyard.launch.ExitCode;
import io.drillyard.launch.StoredRunRecord;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.LedgerReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real run of ledger format 6 and record format 2 stays judgeable: it agrees with its ledgers,
 * and its report can be written.
 */
@Tag("sabotage")
final class KeptFormatTest {
  private static final Path KEPT = Path.of("src", "test", "resources", "kept-format-6");

  @Test
  void aRunOfTheseFormatsAgreesWithItsLedgers(@TempDir Path folder) throws IOException {
    Path record = folder.resolve(ReportFolder.EVIDENCE);
    Files.copy(KEPT.resolve(ReportFolder.EVIDENCE), record);
    Evidence evidence = EvidenceJson.read(record);
    assertThat(evidence.format()).isEqualTo(2);
    assertThat(evidence.drills()).hasSize(2);
    for (Evidence.Drill drill : evidence.drills()) {
      Path ledger = folder.resolve(drill.folder()).resolve(DrillLauncher.LEDGER);
      Files.createDirectories(ledger.getParent());
      String packed = Path.of(drill.folder()).getFileName() + ".ndjson.gz";
      try (InputStream in = new GZIPInputStream(Files.newInputStream(KEPT.resolve(packed)))) {
        Files.copy(in, ledger);
      }
      assertThat(((Event.Opened) LedgerReader.read(ledger).getFirst()).format()).isEqualTo(6);
      assertThat(LedgerReader.read(ledger).get(1)).isInstanceOf(Event.Planned.class);
    }
    StoredRunRecord stored = StoredRunRecord.read(folder);
    Evidence again = stored.judgedAgain();
    assertThat(stored.differences(again)).isEmpty();
    assertThat(stored.earlierRules(again)).isEmpty();
    assertThat(Main.commandLine().execute("judge", folder.toString())).isEqualTo(ExitCode.MET);
    assertThat(Main.commandLine().execute("report", folder.toString())).isEqualTo(ExitCode.MET);
    assertThat(folder.resolve(ReportFolder.JUNIT)).isNotEmptyFile();
  }
}
