package io.drillyard.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Finding;
import io.drillyard.check.Finding.Measured;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.RestoreRungResult;
import io.drillyard.check.backup.Rung;
import io.drillyard.check.backup.RungFindings;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written of a restore test is complete, escaped, and never greener than the test. */
class RestoreTestReportTest {
  private static RestoreRungResult rung(Rung rung, Verdict verdict) {
    Finding finding =
        new Finding(
            rung.check(),
            verdict,
            null,
            rung == Rung.RECOVERY_TIME ? new Measured(5000, 5000, 9000.0, "ms") : null,
            "<b>" + verdict + "</b>",
            List.of("detail & more"),
            Map.of());
    return new RestoreRungResult(rung, rung != Rung.SETTINGS, 1, 1500, true, finding);
  }

  private static RestoreTest test(String name, Map<Rung, Verdict> special) {
    List<RestoreRungResult> ladder = new ArrayList<>();
    for (Rung rung : Rung.values()) {
      ladder.add(rung(rung, special.getOrDefault(rung, Verdict.MET)));
    }
    return ForgedTests.test(
        name,
        "nightly",
        List.of("inventory"),
        "vault",
        RestoreRungResult.of(ladder),
        "2026-11-21T16:00:00Z",
        "2026-11-21T16:00:30Z",
        "complete",
        7,
        Map.of("label", "20261121-153105F"),
        "latest",
        ladder,
        Map.of("copy", 1200.0),
        1 << 20,
        2500.0,
        Map.of("pgbackrest", "2.55.1"),
        List.of("Something."),
        List.of("<script>"),
        null);
  }

  private static Evidence run(RestoreTest... tests) {
    return ForgedTests.run("20261121T160000Z-abcd", tests);
  }

  private static String html(Evidence evidence) {
    StringWriter out = new StringWriter();
    try {
      ReportHtml.write(out, evidence, drill -> List.of());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toString();
  }

  private static RestoreTest caught(String result) {
    return ForgedTests.as(
        test("segment-missing", Map.of(Rung.CONTINUITY, Verdict.MISSED)),
        new RestoreTest.Control(
            "a segment is gone", Rung.CONTINUITY, List.of(Rung.CONTINUITY), result));
  }

  @Test
  void theRecordIsReadBackWithoutItsSentences() {
    Evidence run = run(test("clean", Map.of()), caught("CAUGHT"));
    String json = EvidenceJson.write(run);
    Evidence back = EvidenceJson.read(json, "a record");
    assertThat(json)
        .contains("\"rung\" : \"walContinuity\"")
        .doesNotContain("<b>", "detail & more");
    assertThat(EvidenceJson.write(back)).isEqualTo(json);
    assertThat(back.plainTests()).hasSize(1);
    assertThat(back.testControls().getFirst().asItShould()).isTrue();
  }

  @Test
  void buildServersSeeMissedAsFailureAndOpenAsError() {
    String xml =
        JunitXml.write(
            run(
                test(
                    "clean",
                    Map.of(
                        Rung.DUMP,
                        Verdict.MISSED,
                        Rung.FRESHNESS,
                        Verdict.UNDETERMINED,
                        Rung.SETTINGS,
                        Verdict.MISSED)),
                caught("CAUGHT")));
    assertThat(xml).contains("failures=\"1\" errors=\"1\" skipped=\"1\"");
    assertThat(xml).contains("&lt;b&gt;MISSED").doesNotContain("<b>");
    assertThat(xml).contains("classname=\"restore.repository-faults\"");
  }

  @Test
  void buildServersSeeWhatWasOvercomeAsPassed() {
    assertThat(JunitXml.write(run(caught("OVERCOME"))))
        .contains("name=\"restore.repository-faults\" tests=\"1\" failures=\"0\"")
        .doesNotContain("<failure");
    assertThat(JunitXml.write(run(caught("NOT OVERCOME"))))
        .contains("name=\"restore.repository-faults\" tests=\"1\" failures=\"1\"")
        .contains("message=\"NOT OVERCOME: a segment is gone\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CAUGHT", "NOT CAUGHT", "OVERCOME", "NOT OVERCOME", "UNDETERMINED"})
  void everyResultHasAShapeAndAColourOfItsOwn(String result) {
    String html = html(run(test("clean", Map.of()), caught(result)));
    String key = VerdictBadge.key(result);
    assertThat(html)
        .contains("class=\"badge " + key + "\"", "href=\"#i-" + key + "\"")
        .contains("<symbol id=\"i-" + key + "\"")
        .containsPattern("\\.badge\\." + key + "[ ,][^{]*\\{ color:")
        .containsPattern("\\.badge\\." + key + "[ ,][^{]*\\{ background:");
  }

  @Test
  void whatWasToBeOvercomeIsToBeCaughtByNoRung() {
    for (String result : List.of("NOT OVERCOME", "UNDETERMINED")) {
      Evidence run =
          run(
              ForgedTests.as(
                  test("slow", Map.of(Rung.CONTINUITY, Verdict.MISSED)),
                  new RestoreTest.Control(
                      "the way is slow", Rung.REMOVED, List.of(Rung.CONTINUITY), result)));
      assertThat(SummaryText.write(run, false))
          .contains("was to be proven all the same")
          .doesNotContain("by " + Rung.REMOVED.check());
      String row = html(run).replaceAll("(?s).*" + result + "</span></td>", "");
      assertThat(row).startsWith("<td>–</td>");
    }
  }

  @Test
  void metricsNameASuccessOnlyWhenThereWasOne() {
    String good = PrometheusText.write(run(test("clean", Map.of())));
    assertThat(good)
        .contains("last_success_timestamp_seconds{policy=\"nightly\",stanza=\"vault\"} ")
        .contains("recovery_time_seconds{policy=\"nightly\",stanza=\"vault\"} 5\n")
        .contains("freshness_seconds{policy=\"nightly\",stanza=\"vault\"} 2.500\n")
        .contains("rung=\"walContinuity\"} 1\n");
    String bad = PrometheusText.write(run(test("clean", Map.of(Rung.CONTINUITY, Verdict.MISSED))));
    assertThat(bad)
        .doesNotContain("last_success")
        .contains("rung=\"walContinuity\"} 0\n")
        .contains("verdict=\"MISSED\"} 1\n");
    assertThat(PrometheusText.write(run(caught("CAUGHT")))).isEmpty();
  }

  @Test
  void thePageShowsEveryRungAndEscapesEverything() {
    String html = html(run(test("clean", Map.of()), caught("CAUGHT")));
    assertThat(html)
        .doesNotContain("<script>")
        .contains("&lt;script&gt;", "&lt;b&gt;MET&lt;/b&gt;", "detail &amp; more");
    assertThat(html).contains("wal continuity", "a segment is gone", "Where the time went");
    assertThat(html).contains("The backup is proven").endsWith("</html>\n");
    assertThat(SummaryText.write(run(test("clean", Map.of()), caught("CAUGHT")), false))
        .contains("1 of 1 as they have to be", "wal continuity");
  }

  /** A context's backup stands beside its disruptions, also where nobody tested it. */
  @Test
  void eachContextHasARowForItsBackup() {
    Evidence tested = run(test("clean", Map.of()));
    Evidence both =
        new Evidence(
            tested.format(),
            tested.run(),
            tested.verdict(),
            tested.started(),
            tested.finished(),
            tested.end(),
            tested.harness(),
            List.of(new Evidence.Cell("inventory", "node-loss", "automatic", "30 s", "0")),
            List.of(),
            null,
            Map.of(),
            tested.restoreTests(),
            List.of(new Evidence.Backup("inventory", "26h"), new Evidence.Backup("orders", "7d")));
    String html = html(both);
    assertThat(html)
        .contains("to be proved every 26h", "href=\"#restore-nightly-clean\"", "9 s", "5 s")
        .contains("to be proved every 7d");
    ResultTable results = new ResultTable(both);
    assertThat(results.contexts()).containsExactly("inventory", "orders");
    assertThat(results.backups("inventory").getFirst().word()).isEqualTo("MET");
    assertThat(results.backups("orders").getFirst().word()).isEqualTo("NOT TESTED");
    // The disruption that nobody drilled, and the backup that nobody restored.
    assertThat(results.notTested()).isEqualTo(2);
    assertThat(html).contains("2 declared targets were not tested in this run");
  }

  /** Whatever each test says by itself: a run that did not come to its end is green nowhere. */
  @Test
  void noReaderIsGreenerThanTheRecord() {
    Evidence met = run(test("clean", Map.of()));
    Evidence broken = met.broken();
    assertThat(JunitXml.write(met)).contains("errors=\"0\"").doesNotContain("<error");
    assertThat(JunitXml.write(broken)).contains("name=\"ranToItsEnd\"", "type=\"failed\"");
    assertThat(PrometheusText.write(met))
        .contains("drillyard_run_verdict{verdict=\"MET\"} 1\n", "drillyard_run_complete 1\n");
    assertThat(PrometheusText.write(broken))
        .contains("drillyard_run_complete 0\n", "drillyard_run_verdict{verdict=\"MET\"} 0\n")
        .doesNotContain("last_success");
    assertThat(html(broken)).doesNotContain("The backup is proven").contains("the run was failed");
    Evidence blind = open(run(test("clean", Map.of()), caught("NOT CAUGHT")));
    assertThat(html(blind)).contains("a control did not come out as it must");
    Evidence undecided = open(met);
    assertThat(JunitXml.write(undecided)).contains("the run as a whole is UNDETERMINED");
  }

  private static Evidence open(Evidence run) {
    return run.with(Verdict.UNDETERMINED, run.drills(), run.study());
  }

  /** Of several tests of one policy the one that failed is not hidden by a later one. */
  @Test
  void figuresTellTheWorstOfRepeats() {
    String text =
        PrometheusText.write(
            run(test("clean", Map.of(Rung.CONTINUITY, Verdict.MISSED)), test("clean-2", Map.of())));
    assertThat(text)
        .contains("stanza=\"vault\",verdict=\"MISSED\"} 1\n")
        .doesNotContain("last_success");
  }

  @Test
  void aRungThatWasNotTriedSaysSo() {
    RestoreRungResult untried = RestoreRungResult.untried(Rung.DUMP, true, "the restore failed");
    assertThat(untried.finding().summary()).contains("Not tried", "the restore failed");
    assertThat(RungFindings.by(Rung.DUMP, List.of(), "good", "bad").summary()).isEqualTo("good");
  }
}
