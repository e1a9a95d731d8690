package io.drillyard.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.declaration.Disruption;
import io.drillyard.evidence.Evidence.Drill;
import io.drillyard.evidence.picture.EventsByKind;
import io.drillyard.evidence.picture.TimelinePicture;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Event.ProbeResult;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReportHtmlTest {
  private static String render(Evidence evidence, LedgerSource ledgers) throws IOException {
    StringWriter out = new StringWriter();
    ReportHtml.write(out, evidence, ledgers);
    return out.toString();
  }

  private static Drill hostile() {
    return ForgedRun.drill(
        "X<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "a & b \u0000",
        "inventory-tenancy",
        Disruption.NODE_LOSS,
        Verdict.MET,
        null,
        List.of(),
        "complete");
  }

  @Test
  void nothingIsFetchedAndNothingRuns() throws IOException {
    String html = render(ForgedRun.evidence(), ForgedRun::events);
    assertThat(html).doesNotContain("<script", "http:", "https:", "url(", "@import", "<img");
    assertThat(html).contains("default-src &#39;none&#39;");
  }

  @Test
  void whatIsDeclaredForPeopleIsMarkedBesideTheRto() throws IOException {
    Drill drill =
        ForgedRun.drill(
            "SiteIsLost",
            "The site is lost",
            "claim",
            "inventory-tenancy",
            Disruption.NODE_LOSS,
            Verdict.MET,
            null,
            List.of(
                ForgedRun.measured(
                    "recoveryTime",
                    Verdict.MET,
                    "RTO",
                    new Finding.Measured(135_000, 137_000, 300_000.0, "ms"),
                    "service was back",
                    Map.of(
                        "technical", new Finding.Measured(15_000, 17_000, null, "ms"),
                        "declared-detection", new Finding.Measured(30_000, 30_000, null, "ms"),
                        "declared-decision", new Finding.Measured(90_000, 90_000, null, "ms")))),
            "complete");
    String html = render(ForgedRun.evidence("complete", List.of(drill)), d -> List.of());
    assertThat(html).contains("2 min of it declared for people, whom the drill simulates");
    assertThat(render(ForgedRun.evidence(), ForgedRun::events)).doesNotContain("for people");
  }

  @Test
  void hostileTextStaysText() throws IOException {
    String html = render(ForgedRun.evidence("complete", List.of(hostile())), d -> List.of());
    assertThat(html).doesNotContain("<script", "<img", "\u0000").contains("a &amp; b \ufffd");
  }

  @Test
  void undrilledCellsReadNotTestedAndAControlFillsNone() throws IOException {
    Evidence evidence = ForgedRun.evidence();
    ResultTable results = new ResultTable(evidence);
    assertThat(results.notTested()).isEqualTo(3 * 6 - 4);
    assertThat(results.rows().get("task-orchestration")).allMatch(row -> row.drill() == null);
    assertThat(render(evidence, ForgedRun::events)).contains("NOT TESTED", "CAUGHT");
  }

  @Test
  void twoDrillsOfOneCellAreTwoRows() {
    Drill drill = ForgedRun.drills().getFirst();
    ResultTable results = new ResultTable(ForgedRun.evidence("complete", List.of(drill, drill)));
    assertThat(results.rows().get("inventory-tenancy"))
        .filteredOn(row -> drill.equals(row.drill()))
        .hasSize(2);
  }

  @Test
  void anInterruptedRunSaysSoFirst() throws IOException {
    String html = render(ForgedRun.evidence("interrupted", List.of()), d -> List.of());
    assertThat(html).contains("This run was interrupted.", "No declared target was drilled");
  }

  @Test
  void aLedgerThatCannotBeReadCostsOnlyItsOwnPicture() throws IOException {
    String html =
        render(
            ForgedRun.evidence(),
            d -> {
              if (d.control() != null) {
                throw new IllegalStateException("cut off at line 7");
              }
              return ForgedRun.events(d);
            });
    assertThat(html).contains("cut off at line 7", "Timeline, close-up", "Judge it again");
  }

  @Test
  void aPictureStaysSmallHoweverRestlessTheDrill() {
    ForgedLedger ledger = new ForgedLedger("S", "c", "node-loss");
    ledger.members("pg1@a", "pg2@a", "pg3@a", "pg4@b", "pg5@b").phase(1000, "steady");
    ProbeResult[] all = ProbeResult.values();
    for (int i = 0; i < 12_000; i++) {
      for (int m = 1; m <= 5; m++) {
        double t = 1000 + i * 25;
        ledger.probes("pg" + m, t, t + 20, all[(i + m) % all.length], 1);
      }
    }
    ledger.routed(1000, 300_000, 200, io.drillyard.ledger.WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    List<Event> events = ledger.fault(20_000, "f", "cut", "pg1", "d").events;
    TimelinePicture picture = new TimelinePicture(new EventsByKind(events), null, true);
    assertThat(picture.whole().length()).isLessThan(150_000);
  }
}
