package io.drillyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.ForgedRun;
import io.drillyard.evidence.ReportFolder;
import io.drillyard.launch.ExitCode;
import io.drillyard.launch.ForgedFolder;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.LedgerReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code judge} and {@code report} on a stored run: the same verdicts, or a refusal. */
class StoredRunTest {
  private static final String MET = "PrimaryHostLosesPower";
  private static final String CONTROL = "FrozenPatroniAsync";

  private final Path folder;

  StoredRunTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Forged drills, judged as a run would judge them, with their ledgers in place. */
  @BeforeEach
  void store() throws IOException {
    List<Evidence.Drill> drills = new ArrayList<>();
    List<List<Event>> ledgers = new ArrayList<>();
    for (String scenario : List.of(MET, CONTROL)) {
      Evidence.Drill forged =
          ForgedRun.drills().stream()
              .filter(d -> d.scenario().equals(scenario))
              .findFirst()
              .orElseThrow();
      drills.add(ForgedRun.stored(forged, folderOf(scenario), forged.ledgerSha256()));
      ledgers.add(ForgedRun.events(forged));
    }
    Evidence evidence = ForgedFolder.store(folder, drills, ledgers);
    ReportFolder.write(folder, evidence, drill -> LedgerReader.read(ledger(drill.scenario())));
  }

  private static String folderOf(String scenario) {
    return (scenario.equals(MET) ? "drills/01-" : "drills/02-") + scenario;
  }

  private Path ledger(String scenario) {
    return folder.resolve(folderOf(scenario)).resolve("ledger.ndjson");
  }

  private Terminal judge() {
    return Terminal.drillyard("judge", folder.toString());
  }

  private Path evidence() {
    return folder.resolve(ReportFolder.EVIDENCE);
  }

  private void edit(String from, String to) throws IOException {
    String text = Files.readString(evidence());
    assertThat(text).contains(from);
    Files.writeString(evidence(), text.replaceFirst(java.util.regex.Pattern.quote(from), to));
  }

  private void refused(Terminal terminal, String... said) {
    assertThat(terminal.exit()).as(terminal.all()).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains(said).doesNotContain("\tat ");
  }

  @Test
  void theSameVerdictsAsTheReport() {
    Terminal terminal = judge();
    assertThat(terminal.err()).contains("The same verdicts as in the report.");
    assertThat(terminal.exit())
        .isIn(ExitCode.MET, ExitCode.MISSED, ExitCode.UNDETERMINED, ExitCode.BROKEN);
    JsonNode stored = JsonMapper.shared().readTree(evidence());
    JsonNode again =
        JsonMapper.shared()
            .readTree(Terminal.drillyard("judge", "--json", folder.toString()).out());
    assertThat(again).isEqualTo(stored);
  }

  @Test
  void theReportIsWrittenAnew() throws IOException {
    Path report = folder.resolve(ReportFolder.REPORT);
    String before = Files.readString(report);
    Files.delete(report);
    String record = Files.readString(evidence());
    Terminal terminal = Terminal.drillyard("report", folder.toString());
    assertThat(terminal.exit()).as(terminal.all()).isEqualTo(ExitCode.MET);
    assertThat(Files.readString(evidence())).isEqualTo(record);
    assertThat(terminal.out()).contains(report.toString());
    assertThat(Files.readString(report)).isEqualTo(before);
  }

  @Test
  void noReportIsWrittenOfARecordThatSomebodyEdited() throws IOException {
    Path junit = folder.resolve(ReportFolder.JUNIT);
    Files.delete(junit);
    Files.delete(folder.resolve(ReportFolder.REPORT));
    edit("\"title\" : \"", "\"title\" : \"Not ");
    refused(
        Terminal.drillyard("report", folder.toString()),
        "title is 'Not ",
        "do not rely on it",
        "Nothing was written.");
    assertThat(junit).doesNotExist();
    assertThat(folder.resolve(ReportFolder.REPORT)).doesNotExist();
  }

  @Test
  void noRunIsABaselineOfItself() {
    refused(
        Terminal.drillyard("judge", folder.toString(), "--baseline", folder.toString()),
        "is the very run that is to be compared");
  }

  @Test
  void aBaselineThatSomebodyEditedIsRefused(@TempDir Path other) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Path to = other.resolve(folder.relativize(file).toString());
        if (!Files.isDirectory(file)) {
          Files.createDirectories(to.getParent());
          Files.copy(file, to);
        }
      }
    }
    Path record = other.resolve(ReportFolder.EVIDENCE);
    String text = Files.readString(record);
    Files.writeString(record, text.replace("\"run-1\"", "\"another-run\""));
    refused(
        Terminal.drillyard("judge", folder.toString(), "--baseline", other.toString()),
        "does not agree with its own ledgers, so it is no baseline");
  }

  @Test
  void cutOffEvidence() throws IOException {
    String text = Files.readString(evidence());
    Files.writeString(evidence(), text.substring(0, text.length() / 2));
    refused(judge(), ReportFolder.EVIDENCE + ":", "is cut off or damaged");
    refused(Terminal.drillyard("report", folder.toString()), "is cut off or damaged");
  }

  @Test
  void newerFormat() throws IOException {
    edit("\"format\" : " + Evidence.FORMAT, "\"format\" : 99");
    refused(judge(), "has format 99", "or a newer one");
  }

  @Test
  void notARun() throws IOException {
    Files.writeString(evidence(), "{\"some\": \"thing\"}");
    refused(judge(), "is not Drillyard evidence");
    Files.delete(evidence());
    refused(judge(), "no such file", "Name the folder of a run");
    refused(Terminal.drillyard("judge", folder + "/none"), "is no folder of a run");
  }

  @Test
  void aVerdictThatSomebodyEdited() throws IOException {
    String now = JsonMapper.shared().readTree(evidence()).path("verdict").asString();
    String forged = now.equals("MET") ? "MISSED" : "MET";
    edit("\"verdict\" : \"" + now + "\"", "\"verdict\" : \"" + forged + "\"");
    refused(judge(), "run: " + forged + " in the report, now " + now, "do not rely on it");
  }

  @Test
  void aLedgerThatSomebodyEdited() throws IOException {
    Path ledger = ledger(MET);
    List<String> lines = new ArrayList<>(Files.readAllLines(ledger));
    lines.removeIf(line -> line.contains("\"kind\":\"witnessed\""));
    Files.write(ledger, lines);
    refused(judge(), "the ledger's SHA-256 is", "do not rely on it");
  }

  @Test
  void aLedgerThatWasCutOff() throws IOException {
    Path ledger = ledger(MET);
    byte[] whole = Files.readAllBytes(ledger);
    Files.write(ledger, java.util.Arrays.copyOf(whole, whole.length / 2));
    refused(judge(), "ledger.ndjson");
    Files.delete(ledger);
    refused(judge(), "ledger.ndjson");
  }
}
