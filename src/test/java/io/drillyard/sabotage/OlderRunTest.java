package io.drillyard.sabotage;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.cli.Main;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.EvidenceJson;
import io.drillyard.evidence.ReportFolder;
import io.drillyard.launch.DrillLauncher;
import io.drillyard.launch.ExitCode;
import io.drillyard.launch.FileDigests;
import io.drillyard.launch.ForgedFolder;
import io.drillyard.launch.StoredRunRecord;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.LedgerReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A real run of older formats is read and judged; what today's rules leave undetermined in it is no
 * forgery, and what was edited in it is one or reaches nobody.
 */
@Tag("sabotage")
final class OlderRunTest {
  private static final String SCENARIO = "PlannedSwitchover";

  private Path folder = Path.of("");

  @BeforeEach
  void unpack(@TempDir Path empty) {
    folder = empty;
    KeptRun.unpack(folder, SCENARIO);
  }

  private Path record() {
    return folder.resolve(ReportFolder.EVIDENCE);
  }

  private Path ledger() {
    Evidence.Drill drill = EvidenceJson.read(record()).drills().getFirst();
    return folder.resolve(drill.folder()).resolve(DrillLauncher.LEDGER);
  }

  private void edit(Consumer<ObjectNode> edit) throws IOException {
    JsonMapper json = JsonMapper.shared();
    ObjectNode tree = (ObjectNode) json.readTree(Files.readString(record()));
    edit.accept(tree);
    Files.writeString(record(), json.writeValueAsString(tree));
  }

  private void drill(Consumer<ObjectNode> edit) throws IOException {
    edit(tree -> edit.accept((ObjectNode) tree.get("drills").get(0)));
  }

  private List<String> differences() {
    StoredRunRecord stored = StoredRunRecord.read(folder);
    return stored.differences(stored.judgedAgain());
  }

  private int status(String verb) {
    return Main.commandLine().execute(verb, folder.toString());
  }

  @Test
  void itIsOfTheOlderFormats() throws IOException {
    assertThat(EvidenceJson.read(record()).format()).isEqualTo(1);
    assertThat(((Event.Opened) LedgerReader.read(ledger()).getFirst()).format()).isLessThan(6);
    assertThat(differences()).isEmpty();
    assertThat(status("judge")).isIn(ExitCode.MET, ExitCode.UNDETERMINED);
    assertThat(status("report")).isEqualTo(ExitCode.MET);
  }

  @Test
  void whatTodayLeavesUndeterminedIsNoForgery() throws IOException {
    List<Event> events = LedgerReader.read(ledger());
    ForgedFolder.write(
        ledger(),
        Edits.without(
            events, e -> e instanceof Event.RowsRead rows && rows.purpose().equals("survivors")));
    drill(d -> d.put("ledgerSha256", FileDigests.sha256(ledger())));
    StoredRunRecord stored = StoredRunRecord.read(folder);
    Evidence again = stored.judgedAgain();
    assertThat(stored.differences(again)).isEmpty();
    assertThat(stored.earlierRules(again))
        .anyMatch(d -> d.contains("verdict MET, now UNDETERMINED"));
    assertThat(status("judge")).isEqualTo(ExitCode.UNDETERMINED);
  }

  @Test
  void aVerdictThatNoRuleExplainsIsADifference() throws IOException {
    drill(d -> d.put("verdict", "MISSED"));
    assertThat(differences()).anyMatch(d -> d.contains("verdict MISSED, now"));
    assertThat(status("judge")).isEqualTo(ExitCode.USAGE);
    assertThat(status("report")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void anotherLedgerIsADifference() throws IOException {
    Files.writeString(ledger(), Files.readString(ledger()).replaceFirst("REFUSED", "UNKNOWN"));
    assertThat(differences()).anyMatch(d -> d.contains("the ledger's SHA-256 is"));
  }

  @Test
  void aSentenceThatWasEditedReachesNobody() throws IOException {
    String text = FileSabotage.WRITTEN_IN;
    drill(
        d -> {
          d.put("title", text);
          d.put("claim", text);
          d.putArray("notChecked").add(text);
          d.get("checks").forEach(c -> ((ObjectNode) c).put("summary", text));
        });
    assertThat(status("report")).isEqualTo(ExitCode.MET);
    assertThat(Files.readString(folder.resolve(ReportFolder.JUNIT))).doesNotContain(text);
    assertThat(Files.readString(folder.resolve(ReportFolder.REPORT)))
        .doesNotContain(text)
        .contains("Durability of fsync");
  }
}
