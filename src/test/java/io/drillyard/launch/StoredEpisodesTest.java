package io.drillyard.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.LedgerDeclarations;
import io.drillyard.check.PerEpisodeLedger;
import io.drillyard.check.TwoEpisodes;
import io.drillyard.check.Verdict;
import io.drillyard.declaration.Target;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.EvidenceJson;
import io.drillyard.evidence.JunitXml;
import io.drillyard.evidence.ReportFolder;
import io.drillyard.ledger.DrillFacts;
import io.drillyard.ledger.DrillPlan;
import io.drillyard.ledger.EpisodeBegan;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.LedgerReader;
import io.drillyard.ledger.RunPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stored drill of two episodes: none of them can be left out, doubled or judged as another. */
class StoredEpisodesTest {
  private static final String FOLDER = "drills/01-Scenario";
  private static final Map<String, String> CONTRACTS =
      Map.of("failover", "dr/postgresql-ha-failover@v1");

  @TempDir Path run = Path.of("");

  private static DrillPlan drill() {
    return new DrillPlan(
        "Scenario",
        "three-nodes",
        "orders",
        "node-loss",
        "There and back",
        "It serves.",
        null,
        null,
        TwoEpisodes.first().toString(),
        Map.of(),
        List.of(),
        List.of(),
        List.of(
            new DrillPlan.Episode(
                2, "back", "planned-maintenance", true, TwoEpisodes.second().toString())),
        CONTRACTS);
  }

  private static RunPlan plan() {
    List<RunPlan.Cell> cells = new ArrayList<>();
    for (Target target : List.of(TwoEpisodes.first(), TwoEpisodes.second())) {
      Evidence.Cell c = Evidence.Cell.of("orders", target.objective());
      cells.add(new RunPlan.Cell("orders", c.disruption(), c.failover(), c.rto(), c.rpo()));
    }
    return new RunPlan(
        RunPlan.Kind.WHOLE,
        0,
        "",
        Map.of(),
        Map.of(),
        Map.of(),
        cells,
        List.of(
            new RunPlan.Entry(
                "01-Scenario",
                "Scenario",
                "three-nodes",
                "orders",
                "node-loss",
                drill().sha256())));
  }

  private static List<Event> events() {
    List<Event> events =
        new ArrayList<>(TwoEpisodes.ledger(TwoEpisodes.ALL, TwoEpisodes.ALL).events());
    events.sort(Comparator.comparingLong(e -> e.at().startNs()));
    Interval first = new Interval(0, 0);
    List<Event> told = new ArrayList<>();
    told.add(new Event.Planned(first, plan(), drill()));
    List<Target> targets = List.of(TwoEpisodes.first(), TwoEpisodes.second());
    for (int i = 1; i <= targets.size(); i++) {
      Target target = targets.get(i - 1);
      told.add(
          new Event.Note(
              first, "info", PerEpisodeLedger.note(i, LedgerDeclarations.target(target))));
      told.add(
          new Event.Note(
              first, "info", PerEpisodeLedger.note(i, LedgerDeclarations.exercise(true, target))));
    }
    events.addAll(1, told);
    Event.Closed closed = (Event.Closed) events.removeLast();
    events.add(
        new Event.Facts(
            closed.at(), new DrillFacts(Map.of(), Map.of(), "memory", Map.of(), List.of())));
    events.add(closed);
    return events;
  }

  private Path ledger() {
    return run.resolve(FOLDER).resolve(DrillLauncher.LEDGER);
  }

  @BeforeEach
  void write() throws IOException {
    ForgedFolder.write(ledger(), events());
  }

  private Evidence.Drill recorded(int number, Target target) {
    Evidence.Drill base =
        new Evidence.Drill(
            "Scenario",
            "",
            "",
            "orders",
            "",
            "three-nodes",
            Verdict.UNDETERMINED,
            null,
            target,
            List.of(),
            FOLDER,
            FileDigests.sha256(ledger()),
            "",
            0,
            "complete",
            Map.of(),
            Map.of(),
            Map.of(),
            "memory",
            Map.of(),
            List.of(),
            List.of(),
            true,
            new Evidence.Episode(number, ""),
            null);
    List<Event> events = LedgerReader.read(ledger());
    return DrillJudging.judged(DrillRecord.of(base, events, true, null), events);
  }

  private List<Evidence.Drill> honest() {
    return List.of(recorded(1, TwoEpisodes.first()), recorded(2, TwoEpisodes.second()));
  }

  private StoredRunRecord stored(List<Evidence.Drill> drills) throws IOException {
    Evidence evidence =
        new Evidence(
            Evidence.FORMAT,
            "run",
            DrillJudging.run(drills, null),
            "",
            "",
            "complete",
            Map.of(),
            RunPlanning.cells(plan()),
            drills,
            null,
            Map.of());
    Files.writeString(run.resolve(ReportFolder.EVIDENCE), EvidenceJson.write(evidence));
    return StoredRunRecord.read(run);
  }

  private List<String> differences(List<Evidence.Drill> drills) throws IOException {
    StoredRunRecord stored = stored(drills);
    return stored.differences(stored.judgedAgain());
  }

  @Test
  void anHonestOneAgreesAndFillsTwoCells() throws IOException {
    List<Evidence.Drill> drills = honest();
    assertThat(differences(drills)).isEmpty();
    assertThat(drills).extracting(Evidence.Drill::verdict).containsOnly(Verdict.MET);
    assertThat(drills)
        .extracting(Evidence.Drill::disruption)
        .containsExactly("node-loss", "planned-maintenance");
    assertThat(drills)
        .extracting(Evidence.Drill::name)
        .containsExactly("Scenario.node-loss", "Scenario.back");
    assertThat(drills).extracting(Evidence.Drill::contracts).containsOnly(CONTRACTS);
    Evidence again = stored(drills).judgedAgain();
    assertThat(again.verdict()).isEqualTo(Verdict.MET);
    assertThat(JunitXml.write(again))
        .contains("name=\"Scenario.node-loss\"", "name=\"Scenario.back\"");
  }

  @Test
  void oneThatIsLeftOutIsNoticed() throws IOException {
    assertThat(differences(List.of(honest().getFirst())))
        .anyMatch(d -> d.contains("episode 2 was planned, and is not in the report"));
    assertThat(differences(List.of(honest().getLast())))
        .anyMatch(d -> d.contains("episode 1 was planned, and is not in the report"));
  }

  @Test
  void oneThatStandsTwiceIsNoticed() throws IOException {
    Evidence.Drill first = honest().getFirst();
    assertThat(differences(List.of(first, first)))
        .anyMatch(d -> d.contains("stands twice"))
        .anyMatch(d -> d.contains("episode 2 was planned"));
  }

  @Test
  void oneThatIsJudgedByTheOthersTargetIsNoticed() throws IOException {
    assertThat(
            differences(
                List.of(recorded(1, TwoEpisodes.first()), recorded(2, TwoEpisodes.first()))))
        .anyMatch(d -> d.contains("target"));
  }

  @Test
  void aBeginningThatWasTakenOutOfTheLedgerLeavesNothingMet() throws IOException {
    List<Evidence.Drill> was = honest();
    List<Event> cut = events();
    cut.removeIf(EpisodeBegan.class::isInstance);
    ForgedFolder.write(ledger(), cut);
    List<Evidence.Drill> now = honest();
    assertThat(now.getLast().verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(now.getFirst().verdict()).isNotEqualTo(Verdict.MET);
    assertThat(differences(was)).anyMatch(d -> d.contains("verdict"));
  }
}
