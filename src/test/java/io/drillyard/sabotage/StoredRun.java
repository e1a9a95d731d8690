package io.drillyard.sabotage;

import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.EvidenceJson;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.FileLedger;
import io.drillyard.ledger.LedgerReader;
import io.drillyard.scenario.launch.Digests;
import io.drillyard.scenario.launch.DrillLauncher;
import io.drillyard.scenario.launch.Stored;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A stored run of one drill, in a folder of its own, to be tampered with. */
final class StoredRun {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SCENARIO = "PlannedSwitchover";

  private final Path folder;
  private final Path record;
  private final Path ledger;

  private StoredRun(Path folder) {
    this.folder = folder;
    this.record = folder.resolve("evidence.json");
    Evidence evidence = KeptRun.unpack(folder, SCENARIO);
    this.ledger =
        folder.resolve(evidence.drills().getFirst().folder()).resolve(DrillLauncher.LEDGER);
  }

  /** An honest record of a truthful run. */
  static StoredRun good(Path folder) throws IOException {
    StoredRun run = new StoredRun(folder);
    run.judge();
    return run;
  }

  /** An honest record of a run that lost a row. */
  static StoredRun bad(Path folder) throws IOException {
    StoredRun run = new StoredRun(folder);
    Clean clean =
        new Clean(
            SCENARIO,
            LedgerReader.read(run.ledger),
            EvidenceJson.read(run.record).drills().getFirst().target());
    run.write(DataSabotages.lostRows(clean, 1));
    run.judge();
    return run;
  }

  Path folder() {
    return folder;
  }

  /** Puts other events in the place of the ledger. */
  void write(List<Event> events) throws IOException {
    try (FileLedger out =
        new FileLedger(new FileOutputStream(ledger.toFile()), System.nanoTime())) {
      events.forEach(out::append);
    }
    digest();
  }

  List<Event> events() {
    return LedgerReader.read(ledger);
  }

  /** Takes every verdict from the ledger, as an honest run does. */
  private void judge() throws IOException {
    Files.writeString(record, EvidenceJson.write(Stored.read(folder).judgedAgain()));
  }

  /** Makes the recorded digest fit the ledger. */
  void digest() throws IOException {
    drill(d -> d.put("ledgerSha256", Digests.sha256(ledger)));
  }

  /** Edits the ledger's lines; the first and the last one are {@code opened} and {@code closed}. */
  void lines(Consumer<List<String>> edit) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(ledger));
    edit.accept(lines);
    Files.writeString(ledger, String.join("\n", lines) + "\n");
  }

  /** Edits the ledger's bytes. */
  void text(UnaryOperator<String> edit) throws IOException {
    Files.writeString(ledger, edit.apply(Files.readString(ledger)), StandardCharsets.UTF_8);
  }

  /** Edits the record. */
  void record(Consumer<ObjectNode> edit) throws IOException {
    ObjectNode tree = (ObjectNode) JSON.readTree(Files.readString(record));
    edit.accept(tree);
    Files.writeString(record, JSON.writeValueAsString(tree));
  }

  /** Edits the record of the drill. */
  void drill(Consumer<ObjectNode> edit) throws IOException {
    record(tree -> edit.accept((ObjectNode) tree.get("drills").get(0)));
  }

  /** Edits the record of one check. */
  void check(String name, Consumer<ObjectNode> edit) throws IOException {
    drill(
        d ->
            d.get("checks")
                .forEach(
                    c -> {
                      if (c.get("name").asString().equals(name)) {
                        edit.accept((ObjectNode) c);
                      }
                    }));
  }
}
