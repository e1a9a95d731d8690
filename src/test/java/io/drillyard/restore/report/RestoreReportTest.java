package io.drillyard.restore.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Finding;
import io.drillyard.check.Finding.Measured;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.Climbed;
import io.drillyard.check.backup.Judged;
import io.drillyard.check.backup.Rung;
import io.drillyard.evidence.Badge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written of a restore test is complete, escaped, and never greener than the test. */
class RestoreReportTest {
  private static Climbed rung(Rung rung, Verdict verdict) {
    Finding finding =
        new Finding(
            rung.check(),
            verdict,
            null,
            rung == Rung.RECOVERY_TIME ? new Measured(5000, 5000, 9000.0, "ms") : null,
            "<b>" + verdict + "</b>",
            List.of("detail & more"),
            Map.of());
    return new Climbed(rung, rung != Rung.SETTINGS, 1, 1500, true, finding);
  }

  private static RestoreTest test(String name, Map<Rung, Verdict> special) {
    List<Climbed> ladder = new ArrayList<>();
    for (Rung rung : Rung.values()) {
      ladder.add(rung(rung, special.getOrDefault(rung, Verdict.MET)));
    }
    return new RestoreTest(
        name,
        "nightly",
        List.of("inventory"),
        "vault",
        Climbed.of(ladder),
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

  private static RestoreRun run(RestoreTest... tests) {
    List<RestoreTest> all = List.of(tests);
    return new RestoreRun(
        1,
        "20261121T160000Z-abcd",
        "A <test>",
        RestoreRun.of(all),
        "2026-11-21T16:00:00Z",
        "2026-11-21T16:01:00Z",
        "complete",
        Map.of("java", "25"),
        all);
  }

  private static RestoreTest caught(String result) {
    return test("segment-missing", Map.of(Rung.CONTINUITY, Verdict.MISSED))
        .as(
            new RestoreTest.Control(
                "a segment is gone", Rung.CONTINUITY, List.of(Rung.CONTINUITY), result));
  }

  @Test
  void theRecordIsReadBackAsItWas(@TempDir Path folder) throws IOException {
    RestoreTest test = caught("CAUGHT");
    Path file = folder.resolve("test.json");
    Files.writeString(file, RestoreJson.write(test));
    assertThat(RestoreJson.read(file)).isEqualTo(test);
  }

  @Test
  void aControlNeverFillsTheVerdict() {
    assertThat(RestoreRun.of(List.of(test("clean", Map.of()), caught("CAUGHT"))))
        .isEqualTo(Verdict.MET);
    assertThat(RestoreRun.of(List.of(caught("CAUGHT")))).isEqualTo(Verdict.UNDETERMINED);
    assertThat(RestoreRun.of(List.of())).isEqualTo(Verdict.UNDETERMINED);
    assertThat(run(test("clean", Map.of()), caught("NOT CAUGHT")).notCaught()).isEqualTo(1);
    assertThat(run(caught("UNDETERMINED")).notCaught()).isEqualTo(1);
  }

  @Test
  void buildServersSeeMissedAsFailureAndOpenAsError() {
    String xml =
        RestoreJunit.write(
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
    assertThat(xml).contains("classname=\"restore.tampering\"");
  }

  @Test
  void buildServersSeeWhatWasOvercomeAsPassed() {
    assertThat(RestoreJunit.write(run(caught("OVERCOME"))))
        .contains("name=\"restore.tampering\" tests=\"1\" failures=\"0\"")
        .doesNotContain("<failure");
    assertThat(RestoreJunit.write(run(caught("NOT OVERCOME"))))
        .contains("name=\"restore.tampering\" tests=\"1\" failures=\"1\"")
        .contains("message=\"NOT OVERCOME: a segment is gone\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CAUGHT", "NOT CAUGHT", "OVERCOME", "NOT OVERCOME", "UNDETERMINED"})
  void everyResultHasAShapeAndAColourOfItsOwn(String result) {
    String html = RestoreHtml.write(run(test("clean", Map.of()), caught(result)));
    String key = Badge.key(result);
    assertThat(html)
        .contains("class=\"badge " + key + "\"", "href=\"#i-" + key + "\"")
        .contains("<symbol id=\"i-" + key + "\"")
        .containsPattern("\\.badge\\." + key + "[ ,][^{]*\\{ color:")
        .containsPattern("\\.badge\\." + key + "[ ,][^{]*\\{ background:");
  }

  @Test
  void whatWasToBeOvercomeIsToBeCaughtByNoRung() {
    for (String result : List.of("NOT OVERCOME", "UNDETERMINED")) {
      RestoreRun run =
          run(
              test("slow", Map.of(Rung.CONTINUITY, Verdict.MISSED))
                  .as(
                      new RestoreTest.Control(
                          "the way is slow", Rung.REMOVED, List.of(Rung.CONTINUITY), result)));
      assertThat(RestoreText.write(run))
          .contains("was to be proven all the same")
          .doesNotContain("by " + Rung.REMOVED.check());
      String row = RestoreHtml.write(run).replaceAll("(?s).*" + result + "</span></td>", "");
      assertThat(row).startsWith("<td>–</td>");
    }
  }

  @Test
  void metricsNameASuccessOnlyWhenThereWasOne() {
    String good = RestoreMetrics.write(run(test("clean", Map.of())));
    assertThat(good)
        .contains("last_success_timestamp_seconds{policy=\"nightly\",stanza=\"vault\"} ")
        .contains("recovery_time_seconds{policy=\"nightly\",stanza=\"vault\"} 5\n")
        .contains("freshness_seconds{policy=\"nightly\",stanza=\"vault\"} 2.500\n")
        .contains("rung=\"walContinuity\"} 1\n");
    String bad = RestoreMetrics.write(run(test("clean", Map.of(Rung.CONTINUITY, Verdict.MISSED))));
    assertThat(bad)
        .doesNotContain("last_success")
        .contains("rung=\"walContinuity\"} 0\n")
        .contains("verdict=\"MISSED\"} 1\n");
    assertThat(RestoreMetrics.write(run(caught("CAUGHT")))).isEmpty();
  }

  @Test
  void thePageShowsEveryRungAndEscapesEverything() {
    String html = RestoreHtml.write(run(test("clean", Map.of()), caught("CAUGHT")));
    assertThat(html).doesNotContain("<script>").contains("&lt;script&gt;", "A &lt;test&gt;");
    assertThat(html).contains("wal continuity", "a segment is gone", "Where the time went");
    assertThat(html).contains("The backup is proven").endsWith("</html>\n");
    assertThat(RestoreText.write(run(test("clean", Map.of()), caught("CAUGHT"))))
        .contains("1 of 1 as they have to be", "wal continuity");
  }

  @Test
  void aRungThatWasNotTriedSaysSo() {
    Climbed untried = Climbed.untried(Rung.DUMP, true, "the restore failed");
    assertThat(untried.finding().summary()).contains("Not tried", "the restore failed");
    assertThat(Judged.by(Rung.DUMP, List.of(), "good", "bad").summary()).isEqualTo("good");
  }
}
