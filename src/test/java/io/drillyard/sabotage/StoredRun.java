package io.drillyard.sabotage;

import io.drillyard.evidence.Evidence;
import io.drillyard.launch.DrillLauncher;
import io.drillyard.launch.FileDigests;
import io.drillyard.launch.ForgedFolder;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.LedgerReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stored run of two drills and of one target that nobody tried, in a folder of its own, to be
 * tampered with: the first drill.
 */
final class StoredRun {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String FIRST = "drills/01-SWITCHOVER";
  private static final String SECOND = "drills/02-POWER_OFF";

  private final Path folder;
  private final Path record;
  private final Path ledger;

  private StoredRun(Path folder, List<Event> first, String end) throws IOException {
    this.folder = folder;
    this.record = folder.resolve("evidence.json");
    this.ledger = folder.resolve(FIRST).resolve(DrillLauncher.LEDGER);
    Clean second = CleanDrills.of(CleanDrills.Shape.POWER_OFF, 2);
    ForgedFolder.store(
        folder,
        List.of(
            drill(CleanDrills.Shape.SWITCHOVER, FIRST), drill(CleanDrills.Shape.POWER_OFF, SECOND)),
        List.of(ended(first, end), second.events()));
  }

  /** An honest record of a truthful run. */
  static StoredRun good(Path folder) throws IOException {
    return new StoredRun(folder, clean().events(), "complete");
  }

  /** An honest record of a run that lost a row. */
  static StoredRun bad(Path folder) throws IOException {
    return new StoredRun(folder, DataSabotages.lostRows(clean(), 1), "complete");
  }

  /** An honest record of a run that was interrupted. */
  static StoredRun interrupted(Path folder) throws IOException {
    return new StoredRun(folder, clean().events(), "interrupted");
  }

  private static Clean clean() {
    return CleanDrills.of(CleanDrills.Shape.SWITCHOVER, 1);
  }

  private static List<Event> ended(List<Event> events, String end) {
    return Edits.each(
        events,
        Event.Closed.class,
        c -> new Event.Closed(c.at(), end, end.equals("complete") ? null : "by a signal"));
  }

  private static Evidence.Drill drill(CleanDrills.Shape shape, String folder) {
    var target = CleanDrills.target(shape);
    return new Evidence.Drill(
        shape.name(),
        "A drill of the shape " + shape,
        "Clients are served again in time.",
        target.context(),
        target.objective().disruption().word(),
        "three-nodes",
        io.drillyard.check.Verdict.UNDETERMINED,
        null,
        target,
        List.of(),
        folder,
        "",
        "",
        0,
        "",
        Map.of("postgresql", "17.6", "patroni", "4.0.7"),
        Map.of("pg1:/etc/patroni.yml", "5f".repeat(32)),
        Map.of(
            "patroni.ttl", "30",
            "client.socket_timeout", "2000 ms",
            "load.routed_per_second", "50.0"),
        "memory",
        Map.of("label", "20261120-221430F"),
        List.of("tls", "fsync", "failback"),
        List.of("pg2: work_mem asked 4MB, in effect 8MB"));
  }

  Path folder() {
    return folder;
  }

  /** Puts other events in the place of the ledger. */
  void write(List<Event> events) throws IOException {
    ForgedFolder.write(ledger, events);
    digest();
  }

  List<Event> events() {
    return LedgerReader.read(ledger);
  }

  /** Makes the recorded digest fit the ledger. */
  void digest() throws IOException {
    drill(d -> d.put("ledgerSha256", FileDigests.sha256(ledger)));
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

  /** Takes the first drill out of the record and away. */
  void forget() throws IOException {
    record(e -> ((ArrayNode) e.get("drills")).remove(0));
    Files.delete(ledger);
    Files.delete(folder.resolve(FIRST));
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
