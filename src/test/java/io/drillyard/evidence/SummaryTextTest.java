package io.drillyard.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SummaryTextTest {
  @Test
  void fitsAHundredColumnsWithoutColour() {
    String text = SummaryText.write(ForgedRun.evidence("interrupted", ForgedRun.drills()), false);
    assertThat(text.lines()).allMatch(line -> line.length() <= 100);
    assertThat(text)
        .doesNotContain("\u001b")
        .contains("inventory-tenancy", "NOT TESTED", "21.12–21.16 s", "8.84 s", "CAUGHT")
        .contains("THIS RUN WAS INTERRUPTED");
  }

  @Test
  void aDrillBesideTheCellsLeavesItsCellNotTested() {
    Evidence.Drill met =
        ForgedRun.drills().stream()
            .filter(d -> d.verdict() == Verdict.MET && d.control() == null)
            .findFirst()
            .orElseThrow();
    String alone =
        SummaryText.write(ForgedRun.evidence("complete", List.of(ForgedRun.beside(met))), false);
    assertThat(alone).contains("every cell stays NOT TESTED", "beside the cells: judged by these");
    assertThat(alone.substring(0, alone.indexOf("beside the cells")))
        .doesNotContain(" MET ", met.scenario())
        .contains("NOT TESTED");
    assertThat(alone.substring(alone.indexOf("beside the cells"))).contains(" MET ");
    String both =
        SummaryText.write(
            ForgedRun.evidence("complete", List.of(met, ForgedRun.beside(met))), false);
    assertThat(both).doesNotContain("every cell stays NOT TESTED").contains("beside the cells");
    assertThat(both.substring(0, both.indexOf("beside the cells"))).contains(" MET ");
    assertThat(SummaryText.write(ForgedRun.evidence("complete", List.of(met)), false))
        .doesNotContain("beside the cells");
  }

  @Test
  void theReportListsItApartAndTheFilesForBuildServersTellIt() {
    Evidence.Drill met =
        ForgedRun.drills().stream()
            .filter(d -> d.verdict() == Verdict.MET && d.control() == null)
            .findFirst()
            .orElseThrow();
    Evidence evidence = ForgedRun.evidence("complete", List.of(ForgedRun.beside(met)));
    ResultTable results = new ResultTable(evidence);
    assertThat(results.notTested()).isEqualTo(evidence.contexts().size());
    assertThat(results.beside()).singleElement().extracting(ResultTable.Row::word).isEqualTo("MET");
    assertThat(results.noCellTried()).isTrue();
    assertThat(JunitXml.write(evidence))
        .contains("name=\"exercises\" value=\"no: judged beside " + met.disruption());
    assertThat(JunitXml.write(ForgedRun.evidence("complete", List.of(met))))
        .doesNotContain("judged beside");
    assertThat(EvidenceJson.read(EvidenceJson.write(evidence), "x").drills().getFirst().beside())
        .isTrue();
    String old = EvidenceJson.write(evidence).replaceAll(",\\s*\"exercises\" : false", "");
    assertThat(old).doesNotContain("exercises");
    assertThat(EvidenceJson.read(old, "x").drills().getFirst().fillsCell()).isTrue();
  }

  @Test
  void coloursOnlyTheVerdict() {
    assertThat(SummaryText.write(ForgedRun.evidence(), true)).contains("\u001b[1;31mMISSED");
  }

  @Test
  void whyADrillIsNotMetIsSaidWithoutTheReport() {
    List<Evidence.Drill> drills = ForgedRun.drills();
    Evidence.Drill bad =
        drills.stream()
            .filter(d -> d.verdict() == Verdict.MISSED && d.control() == null)
            .findFirst()
            .orElseThrow();
    String text = SummaryText.write(ForgedRun.evidence("complete", drills), false);
    var missed =
        bad.checks().stream().filter(f -> f.verdict() == Verdict.MISSED).findFirst().orElseThrow();
    assertThat(text.replaceAll("\\s+", " "))
        .contains("why " + bad.scenario() + " is MISSED")
        .contains(missed.check() + " MISSED: " + missed.summary().replaceAll("\\s+", " "));
    List<Evidence.Drill> good =
        drills.stream().filter(d -> d.verdict() == Verdict.MET && d.control() == null).toList();
    assertThat(SummaryText.write(ForgedRun.evidence("complete", good), false))
        .doesNotContain("why ");
  }
}
