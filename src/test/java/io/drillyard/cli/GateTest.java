package io.drillyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.PromotionGate;
import io.drillyard.launch.DrillLauncher;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.FileLedger;
import io.drillyard.ledger.GateAsked;
import io.drillyard.ledger.GateConsulted;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.LedgerFormat;
import io.drillyard.ledger.PacedWait;
import io.drillyard.play.GateQuestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code gate}: a question in a drill's folder, and its answer from the drill's ledger. */
@Isolated("standard output is taken")
final class GateTest {
  private static final GateAsked.FenceSeen FENCED =
      new GateAsked.FenceSeen(true, List.of(), List.of(), 900);
  private static final GateAsked.Look LOST =
      new GateAsked.Look(
          List.of(new GateAsked.MemberSeen("pg1", PromotionGate.SILENT, 500)),
          FENCED,
          true,
          new GateAsked.StandbySeen("dr1", 900, 900, 2_500.0),
          null,
          40);

  private final Path run;

  GateTest(@TempDir Path run) {
    this.run = run;
  }

  private Path drill(String name, boolean ended) throws IOException {
    Path folder = Files.createDirectories(run.resolve("drills").resolve(name));
    try (FileLedger ledger =
        new FileLedger(
            Files.newOutputStream(folder.resolve(DrillLauncher.LEDGER)), System.nanoTime())) {
      ledger.append(
          new Event.Opened(
              Interval.instant(1),
              LedgerFormat.VERSION,
              "run",
              "S",
              "e",
              "orders",
              "site-loss",
              "2026-12-01T00:00:00Z",
              Map.of()));
      if (ended) {
        ledger.append(new Event.Closed(Interval.instant(2), "complete", null));
      }
    }
    return folder;
  }

  /** A lab that waits for a question, and answers by that look; null: it ends without an answer. */
  private static CompletableFuture<@Nullable JsonNode> lab(
      Path folder, GateAsked.@Nullable Look look) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            JsonNode question = question(folder.resolve(GateQuestion.INBOX));
            try (FileLedger ledger =
                new FileLedger(
                    Files.newOutputStream(
                        folder.resolve(DrillLauncher.LEDGER),
                        java.nio.file.StandardOpenOption.APPEND),
                    System.nanoTime())) {
              if (look == null) {
                ledger.append(new Event.Closed(Interval.instant(9), "complete", null));
                return question;
              }
              PromotionGate.Result result = PromotionGate.ask(look, 60_000.0);
              // Somebody else asked as well.
              for (String id : List.of("another", question.get("id").asString())) {
                ledger.append(
                    new GateConsulted(
                        new Interval(5, 9),
                        id,
                        id.equals("another") ? "elsewhere" : "dr",
                        "main",
                        look,
                        60_000.0,
                        result.answer().word(),
                        result.lossUpperMs(),
                        result.reasons()));
              }
            }
            return question;
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static JsonNode question(Path inbox) throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (System.nanoTime() < end) {
      if (Files.isDirectory(inbox)) {
        try (Stream<Path> files = Files.list(inbox)) {
          List<Path> all = files.filter(f -> f.toString().endsWith(".json")).toList();
          if (!all.isEmpty()) {
            return JsonMapper.shared().readTree(Files.readString(all.getFirst()));
          }
        }
      }
      PacedWait.pause(Duration.ofMillis(20));
    }
    throw new IllegalStateException("nobody asked");
  }

  @Test
  void aSafePromotionIsTold() throws Exception {
    drill("01-Ended", true);
    Path folder = drill("02-Runs", false);
    CompletableFuture<@Nullable JsonNode> lab = lab(folder, LOST);
    Terminal said = Terminal.drillyard("gate", run.toString(), "--promote", "dr", "--from", "main");
    assertThat(said.all()).contains("SAFE: 'dr' takes over from 'main'");
    assertThat(said.exit()).isZero();
    assertThat(said.out())
        .contains("pg1", "silent", "account denied; power: none", "dr1 received 0/384");
    JsonNode question = lab.get();
    assertThat(question.get("candidate").asString()).isEqualTo("dr");
    assertThat(question.get("other").asString()).isEqualTo("main");
  }

  @Test
  void onlySafeIsZero() throws Exception {
    Path folder = drill("01-Runs", false);
    GateAsked.Look unfenced =
        new GateAsked.Look(LOST.members(), null, true, LOST.standby(), null, 40);
    CompletableFuture<@Nullable JsonNode> lab = lab(folder, unfenced);
    Terminal said = Terminal.drillyard("gate", folder.toString(), "--json");
    assertThat(said.exit()).isEqualTo(3);
    assertThat(JsonMapper.shared().readTree(said.out()).get("answer").asString())
        .isEqualTo("OPERATOR-GATED");
    assertThat(lab.get().get("candidate").isNull()).isTrue();
  }

  @Test
  void aServingSideIsBlocked() throws Exception {
    Path folder = drill("01-Runs", false);
    GateAsked.Look serves =
        new GateAsked.Look(
            List.of(new GateAsked.MemberSeen("pg1", PromotionGate.PRIMARY, 500)),
            null,
            false,
            null,
            new GateAsked.ArchiveSeen(null, null, List.of(), null),
            40);
    CompletableFuture<@Nullable JsonNode> lab = lab(folder, serves);
    Terminal said = Terminal.drillyard("gate", run.toString());
    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.out()).startsWith("BLOCKED").contains("fence        not seen", "nothing was");
    lab.get();
  }

  @Test
  void whereNothingRunsNobodyAnswers() throws Exception {
    assertThat(Terminal.drillyard("gate", run.toString()).err()).contains("no folder of a run");
    drill("01-Ended", true);
    Terminal ended = Terminal.drillyard("gate", run.toString());
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains("no drill runs there now");
    Path folder = drill("02-Runs", false);
    Terminal silent = Terminal.drillyard("gate", run.toString(), "--wait", "300ms");
    assertThat(silent.exit()).isEqualTo(2);
    assertThat(silent.err()).contains("no answer within 300ms");
    drill("03-Runs", false);
    assertThat(Terminal.drillyard("gate", run.toString()).err()).contains("several drills run");
    // What was asked before is no question any more.
    try (Stream<Path> asked = Files.list(folder.resolve(GateQuestion.INBOX))) {
      for (Path file : asked.toList()) {
        Files.delete(file);
      }
    }
    CompletableFuture<@Nullable JsonNode> lab = lab(folder, null);
    Terminal over = Terminal.drillyard("gate", folder.toString());
    assertThat(over.err()).contains("ended before it answered");
    lab.get();
  }
}
