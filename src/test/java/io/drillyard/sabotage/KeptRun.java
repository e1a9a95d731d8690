package io.drillyard.sabotage;

import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.EvidenceJson;
import io.drillyard.launch.DrillLauncher;
import io.drillyard.ledger.LedgerReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Three drills of a real run, kept with their ledgers. */
final class KeptRun {
  private static final Path KEPT = Path.of("src", "test", "resources", "kept");

  private KeptRun() {}

  /** Unpacks the run, or those of its drills that are named, into a folder, as a run leaves it. */
  static Evidence unpack(Path folder, String... scenarios) {
    Evidence e = EvidenceJson.read(KEPT.resolve("evidence.json"));
    List<Evidence.Drill> drills =
        e.drills().stream()
            .filter(d -> scenarios.length == 0 || List.of(scenarios).contains(d.scenario()))
            .toList();
    Evidence evidence =
        new Evidence(
            e.format(),
            e.run(),
            e.verdict(),
            e.started(),
            e.finished(),
            e.end(),
            e.harness(),
            e.contexts(),
            drills);
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("evidence.json"), EvidenceJson.write(evidence));
      for (Evidence.Drill drill : drills) {
        Path ledger = folder.resolve(drill.folder()).resolve(DrillLauncher.LEDGER);
        Files.createDirectories(ledger.getParent());
        try (InputStream in =
            new GZIPInputStream(
                Files.newInputStream(KEPT.resolve(drill.scenario() + ".ndjson.gz")))) {
          Files.copy(in, ledger, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
    return evidence;
  }

  /** Its drills, read from where they were unpacked. */
  static List<Clean> drills(Path folder) {
    return unpack(folder).drills().stream()
        .map(
            d ->
                new Clean(
                    d.scenario(),
                    LedgerReader.read(folder.resolve(d.folder()).resolve(DrillLauncher.LEDGER)),
                    d.target()))
        .toList();
  }
}
