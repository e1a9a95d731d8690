package io.drillyard.scenario;

import io.drillyard.launch.DrillLauncher;
import io.drillyard.ledger.GateConsulted;
import io.drillyard.ledger.LedgerReader;
import io.drillyard.ledger.PacedWait;
import io.drillyard.play.GateQuestion;
import io.drillyard.play.InboxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Asks a drill of this launch for the gate, again and again, as somebody at another terminal. */
final class GateAsker implements AutoCloseable {
  private static final Duration PACE = Duration.ofSeconds(1);
  private static final int MOST = 600;

  private final Path reports =
      Path.of(System.getProperty("drillyard.reports", "reports")).toAbsolutePath();
  private final Instant start = Instant.now();
  private final String scenario;
  private final Thread thread = Thread.ofVirtual().name("gate asker").unstarted(this::ask);

  GateAsker(Class<?> scenario) {
    this.scenario = scenario.getSimpleName();
  }

  void begin() {
    thread.start();
  }

  private void ask() {
    try {
      for (int i = 0; i < MOST; i++) {
        for (Path drill : drills()) {
          String id = UUID.randomUUID().toString();
          InboxFile.write(
              drill.resolve(GateQuestion.INBOX).resolve(id + ".json"),
              new GateQuestion(id, null, null).json());
        }
        PacedWait.pause(PACE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What every play of it answered. */
  List<GateConsulted> answers() throws IOException {
    return drills().stream()
        .flatMap(d -> LedgerReader.read(d.resolve(DrillLauncher.LEDGER)).stream())
        .filter(GateConsulted.class::isInstance)
        .map(GateConsulted.class::cast)
        .toList();
  }

  private List<Path> drills() throws IOException {
    if (!Files.isDirectory(reports)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(reports, 3)) {
      return files
          .filter(f -> String.valueOf(f.getFileName()).endsWith("-" + scenario))
          .filter(f -> f.toFile().lastModified() >= start.minusSeconds(2).toEpochMilli())
          .filter(f -> Files.exists(f.resolve(DrillLauncher.LEDGER)))
          .toList();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
