package io.drillyard.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Finding;
import io.drillyard.check.LedgerDeclarations;
import io.drillyard.check.Verdict;
import io.drillyard.declaration.Disruption;
import io.drillyard.declaration.FailoverMode;
import io.drillyard.declaration.Objective;
import io.drillyard.declaration.Rpo;
import io.drillyard.declaration.Target;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.EvidenceJson;
import io.drillyard.ledger.DrillFacts;
import io.drillyard.ledger.DrillPlan;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.FileLedger;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.LedgerFormat;
import io.drillyard.ledger.LedgerReader;
import io.drillyard.ledger.RunPlan;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stored record that was edited, or lacks something, is told apart from an honest one. */
final class StoredRunRecordTest {
  private static final String FOLDER = "drills/01-PowerOff";

  @TempDir Path run;

  @BeforeEach
  void writeLedger() throws IOException {
    ledger(FOLDER, "baseline.PowerOff", target(10, null));
  }

  private void ledger(String folder, String scenario, Target target) throws IOException {
    Path file = run.resolve(folder).resolve(DrillLauncher.LEDGER);
    Files.createDirectories(file.getParent());
    try (FileOutputStream out = new FileOutputStream(file.toFile());
        FileLedger ledger = new FileLedger(out, System.nanoTime())) {
      ledger.append(
          new Event.Opened(
              Interval.instant(ledger.now()),
              LedgerFormat.VERSION,
              "run-1",
              scenario,
              "three-nodes",
              "orders",
              "node-loss",
              "2026-11-21T00:00:00Z",
              Map.of()));
      ledger.append(new Event.Planned(Interval.instant(ledger.now()), plan(target), drill(target)));
      ledger.note("info", LedgerDeclarations.target(target));
      ledger.append(
          new Event.Facts(
              Interval.instant(ledger.now()),
              new DrillFacts(Map.of(), Map.of(), "memory", Map.of(), List.of())));
      ledger.note("info", LedgerDeclarations.exercise(true, target));
      ledger.append(new Event.Closed(Interval.instant(ledger.now()), "complete", null));
    }
  }

  private static DrillPlan drill(Target target) {
    return new DrillPlan(
        "PowerOff",
        "three-nodes",
        "orders",
        "node-loss",
        "Power off",
        "It serves again.",
        null,
        null,
        target.toString(),
        Map.of(),
        List.of(),
        List.of(),
        null,
        null);
  }

  private static RunPlan plan(Target target) {
    Evidence.Cell cell = Evidence.Cell.of("orders", target.objective());
    return new RunPlan(
        RunPlan.Kind.WHOLE,
        0,
        "",
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(new RunPlan.Cell("orders", "node-loss", cell.failover(), cell.rto(), cell.rpo())),
        List.of(
            new RunPlan.Entry(
                "01-PowerOff",
                "PowerOff",
                "three-nodes",
                "orders",
                "node-loss",
                drill(target).sha256())));
  }

  private static Target target(int rtoSeconds, @Nullable String control) {
    Objective objective =
        new Objective(
            Disruption.NODE_LOSS,
            FailoverMode.AUTOMATIC,
            Duration.ofSeconds(rtoSeconds),
            new Rpo.Transactions(0),
            Duration.ofMinutes(1),
            true);
    return new Target(
        "orders",
        objective,
        Duration.ofMillis(500),
        50,
        0.9,
        Duration.ofSeconds(5),
        true,
        control,
        "alpha");
  }

  private Evidence.Drill drill(
      String folder, Target target, Evidence.@Nullable Control control, List<Finding> checks) {
    Path ledger = run.resolve(folder).resolve(DrillLauncher.LEDGER);
    return new Evidence.Drill(
        "PowerOff",
        "Power off",
        "It serves again.",
        "orders",
        "node-loss",
        "three-nodes",
        Verdict.UNDETERMINED,
        control,
        target,
        checks,
        folder,
        FileDigests.sha256(ledger),
        "2026-11-21T00:00:00Z",
        1,
        "complete",
        Map.of(),
        Map.of(),
        Map.of(),
        "memory",
        Map.of(),
        List.of(),
        List.of(),
        true,
        null,
        null);
  }

  private Evidence.Drill honest() {
    List<Event> events = LedgerReader.read(run.resolve(FOLDER).resolve(DrillLauncher.LEDGER));
    Evidence.Drill drill = drill(FOLDER, target(10, null), null, List.of());
    return DrillJudging.judged(DrillRecord.of(drill, events, true, null), events);
  }

  private static Evidence evidence(Verdict verdict, Evidence.Drill... drills) {
    return new Evidence(
        Evidence.FORMAT,
        "run-1",
        verdict,
        "",
        "",
        "complete",
        Map.of(),
        List.of(Evidence.Cell.of("orders", target(10, null).objective())),
        List.of(drills));
  }

  private List<String> differences(Evidence evidence) throws IOException {
    Files.writeString(run.resolve("evidence.json"), EvidenceJson.write(evidence));
    StoredRunRecord stored = StoredRunRecord.read(run);
    return stored.differences(stored.judgedAgain());
  }

  private List<String> differences(Evidence.Drill drill) throws IOException {
    return differences(evidence(Verdict.UNDETERMINED, drill));
  }

  @Test
  void anHonestRecordAgrees() throws IOException {
    assertThat(differences(honest())).isEmpty();
  }

  @Test
  void anotherVerdictIsNoticed() throws IOException {
    assertThat(differences(evidence(Verdict.MET, honest()))).anyMatch(d -> d.startsWith("run:"));
  }

  @Test
  void aTargetMadeEasierIsNoticed() throws IOException {
    assertThat(differences(drill(FOLDER, target(3600, null), null, honest().checks())))
        .anyMatch(d -> d.contains("the target in the report is not the one that the ledger tells"));
  }

  @Test
  void aCheckLeftOutOrAddedIsNoticed() throws IOException {
    List<Finding> checks = honest().checks();
    assertThat(differences(drill(FOLDER, target(10, null), null, checks.subList(1, checks.size()))))
        .anyMatch(d -> d.endsWith("is not in the report"));
    Finding made = new Finding("madeUp", Verdict.MET, null, null, "", List.of(), Map.of());
    List<Finding> more = new java.util.ArrayList<>(checks);
    more.add(made);
    assertThat(differences(drill(FOLDER, target(10, null), null, more)))
        .anyMatch(d -> d.contains("madeUp is only in the report"));
  }

  @Test
  void aDrillLeftOutOrCountedTwiceIsNoticed() throws IOException {
    assertThat(differences(evidence(Verdict.UNDETERMINED)))
        .anyMatch(d -> d.contains("was drilled, and is not in the report"));
    assertThat(differences(evidence(Verdict.UNDETERMINED, honest(), honest())))
        .anyMatch(d -> d.contains("stands twice"));
  }

  @Test
  void anotherDrillsLedgerIsNoticed() throws IOException {
    ledger(FOLDER, "baseline.SomethingElse", target(10, null));
    assertThat(differences(honest())).anyMatch(d -> d.contains("scenario is 'PowerOff'"));
  }

  @Test
  void aLedgerThatWasTouchedIsNoticed() throws IOException {
    Evidence.Drill before = honest();
    Path file = run.resolve(FOLDER).resolve(DrillLauncher.LEDGER);
    Files.writeString(file, Files.readString(file).replace("2026", "2025"));
    assertThat(differences(before)).anyMatch(d -> d.contains("SHA-256"));
  }

  @Test
  void aControlFlagInOnePlaceOnlyMeetsNothing() {
    List<Event> events = LedgerReader.read(run.resolve(FOLDER).resolve(DrillLauncher.LEDGER));
    Target hidden = target(10, "ledgerIsSound");
    assertThat(DrillJudging.judged(drill(FOLDER, hidden, null, List.of()), events).verdict())
        .isEqualTo(Verdict.UNDETERMINED);
    Evidence.Control control = new Evidence.Control("noSplitBrain", "CAUGHT", "unsafe");
    Evidence.Drill judged =
        DrillJudging.judged(drill(FOLDER, target(10, null), control, List.of()), events);
    assertThat(judged.control()).extracting("result").isEqualTo("UNDETERMINED");
  }

  /** The ledger's word for what the drill exercises, changed; none where it is empty. */
  private Evidence.Drill told(String word) throws IOException {
    Path file = run.resolve(FOLDER).resolve(DrillLauncher.LEDGER);
    List<String> lines =
        Files.readString(file)
            .lines()
            .filter(l -> !word.isEmpty() || !l.contains("declared to exercise"))
            .map(l -> l.replace("declared to exercise", word))
            .toList();
    Files.writeString(file, String.join("\n", lines) + "\n");
    return drill(FOLDER, target(10, null), null, List.of());
  }

  private static Evidence.Drill exercising(Evidence.Drill d, @Nullable Boolean exercises) {
    return d.judged(d.verdict(), d.control(), d.checks(), exercises);
  }

  @Test
  void whatADrillExercisesIsReadFromItsLedgerAndNotFromItsRecord() throws IOException {
    Evidence.Drill drill = told("declared beside");
    List<Event> events = LedgerReader.read(run.resolve(FOLDER).resolve(DrillLauncher.LEDGER));
    Evidence.Drill judged = DrillJudging.judged(DrillRecord.of(drill, events, true, null), events);
    assertThat(judged.beside()).isTrue();
    assertThat(judged.fillsCell()).isFalse();
    assertThat(differences(judged)).isEmpty();
    assertThat(differences(exercising(judged, true)))
        .singleElement()
        .asString()
        .contains("exercises true, now false");
    assertThat(differences(exercising(judged, null)))
        .anyMatch(d -> d.contains("exercises null, now false"));
  }

  @Test
  void aLedgerThatNoLongerTellsIsNoticed() throws IOException {
    Evidence.Drill drill = told("");
    List<Event> events = LedgerReader.read(run.resolve(FOLDER).resolve(DrillLauncher.LEDGER));
    Evidence.Drill judged = DrillJudging.judged(drill, events);
    assertThat(judged.fillsCell()).isTrue();
    assertThat(differences(judged))
        .anyMatch(d -> d.contains("does not tell whether the drill exercises its disruption"));
  }

  @Test
  void drillsBesideTheCellsAloneMeetNoTargetAndAMissIsAMissAllTheSame() {
    Evidence.Drill met = exercising(verdict(honest(), Verdict.MET), false);
    assertThat(DrillJudging.run(List.of(met), null)).isEqualTo(Verdict.UNDETERMINED);
    assertThat(ExitCode.of(evidence(Verdict.UNDETERMINED, met))).isEqualTo(ExitCode.MET);
    Evidence.Drill filling = verdict(honest(), Verdict.MET);
    assertThat(DrillJudging.run(List.of(met, filling), null)).isEqualTo(Verdict.MET);
    Evidence.Drill missed = exercising(verdict(honest(), Verdict.MISSED), false);
    assertThat(DrillJudging.run(List.of(filling, missed), null)).isEqualTo(Verdict.MISSED);
    assertThat(ExitCode.of(evidence(Verdict.MISSED, missed))).isEqualTo(ExitCode.MISSED);
    Evidence.Drill unknown = exercising(honest(), false);
    assertThat(ExitCode.of(evidence(Verdict.UNDETERMINED, met, unknown)))
        .isEqualTo(ExitCode.UNDETERMINED);
    assertThat(DrillJudging.run(List.of(filling, unknown), null)).isEqualTo(Verdict.UNDETERMINED);
  }

  private static Evidence.Drill verdict(Evidence.Drill d, Verdict verdict) {
    return d.judged(verdict, d.control(), d.checks(), null);
  }

  @Test
  void controlsAloneMeetNoTarget() {
    Evidence.Control caught = new Evidence.Control("noSplitBrain", "CAUGHT", "unsafe");
    Evidence.Drill control = drill(FOLDER, target(10, "noSplitBrain"), caught, List.of());
    assertThat(DrillJudging.run(List.of(control), null)).isEqualTo(Verdict.UNDETERMINED);
    assertThat(ExitCode.of(evidence(Verdict.UNDETERMINED, control))).isEqualTo(ExitCode.MET);
    assertThat(ExitCode.of(evidence(Verdict.UNDETERMINED, control, honest())))
        .isEqualTo(ExitCode.UNDETERMINED);
    assertThat(ExitCode.of(evidence(Verdict.UNDETERMINED))).isEqualTo(ExitCode.UNDETERMINED);
  }
}
