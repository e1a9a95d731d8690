package io.drillyard.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.drillyard.check.Verdict;
import io.drillyard.check.repeat.BaselineRegression;
import io.drillyard.check.repeat.RepeatDistribution;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What drills show together: in the record, in the report, for build servers. */
final class RunStudyTest {
  private static final Evidence REPEATS = ForgedStudy.repeats(12);
  private static final Evidence SWEEP = ForgedStudy.sweep();
  private static final Evidence STORM = ForgedStorm.evidence();

  private static String html(Evidence evidence) throws IOException {
    StringWriter out = new StringWriter();
    ReportHtml.write(out, evidence, d -> List.of());
    // For a look at the pages: mvn test -Ddrillyard.pages=FOLDER
    String pages = System.getProperty("drillyard.pages");
    if (pages != null) {
      RunStudy study = Objects.requireNonNull(evidence.study());
      String kind =
          study.storm() != null ? "storm-" : study.sweep() == null ? "repeats-" : "sweep-";
      String name = kind + evidence.drills().size();
      Files.createDirectories(Path.of(pages));
      Files.writeString(Path.of(pages).resolve(name + ".html"), out.toString());
    }
    return out.toString();
  }

  @Test
  void whatIsWrittenIsReadBackAndFollowsTheSchema() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream("/schema/evidence.schema.json"))) {
      var schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(in, InputFormat.JSON);
      for (Evidence evidence : List.of(REPEATS, SWEEP, STORM)) {
        String json = EvidenceJson.write(evidence);
        assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
        assertThat(EvidenceJson.write(EvidenceJson.read(json, "x"))).isEqualTo(json);
      }
    }
  }

  @Test
  void aForgedIntervalIsRefused() {
    String whole = EvidenceJson.write(REPEATS);
    int at = whole.indexOf("\"samples\"");
    String json =
        whole.substring(0, at) + whole.substring(at).replaceFirst("\"lower\" : ", "\"lower\" : -");
    assertThatThrownBy(() -> EvidenceJson.read(json, "x")).isInstanceOf(EvidenceException.class);
  }

  @Test
  void theSameDrillsAreStudiedTheSameAgain() {
    for (Evidence evidence : List.of(REPEATS, SWEEP, STORM)) {
      assertThat(RunStudy.again(evidence.study(), evidence.drills())).isEqualTo(evidence.study());
    }
  }

  @Test
  void drillsThatStandForThemselvesNeedNoStudy() {
    assertThat(RunStudy.of(ForgedRun.drills(), null, null)).isNull();
  }

  @Test
  void missedUndeterminedAndSlowerAreAllTold() throws IOException {
    RunStudy study = Objects.requireNonNull(REPEATS.study());
    RepeatDistribution d = study.distributions().getFirst();
    assertThat(d.verdict()).isEqualTo(Verdict.MISSED);
    assertThat(List.of(d.met(), d.missed(), d.undetermined())).containsExactly(10, 1, 1);
    assertThat(d.rto().max().upper()).isInfinite();
    BaselineRegression r = Objects.requireNonNull(study.baseline()).regressions().getFirst();
    assertThat(r.outcome()).isEqualTo(BaselineRegression.Outcome.SLOWER);
    assertThat(html(REPEATS))
        .contains(
            "10 of 12 runs met", "target 30 s", "p50 ", "Mann–Whitney", "12 runs in two-sites");
    assertThat(SummaryText.write(REPEATS, false))
        .contains("×12", "10 of 12 runs met", "Compared with earlier-run");
    assertThat(SummaryText.write(REPEATS, false).lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void ofManyRepeatsOnlyTheTellingOnesAreDrawn() throws IOException {
    String page = html(REPEATS);
    // The first, the missed and the undetermined one; the last is also without an end.
    assertThat(page.split("One of many repeats, and met", -1)).hasSize(12 - 3 + 1);
    assertThat(html(ForgedStudy.repeats(10))).doesNotContain("One of many repeats");
  }

  @Test
  void buildServersSeeEachRunAndWhatTheyShowTogether() {
    String xml = JunitXml.write(REPEATS);
    assertThat(xml)
        .contains("name=\"PrimaryHostLosesPower.run-1\"", "name=\"PrimaryHostLosesPower.run-12\"")
        .contains("classname=\"together\" name=\"repeats of PrimaryHostLosesPower")
        .contains("no slower than earlier-run");
  }

  @Test
  void cellsThatAreNotDecidedAreNeverShaded() throws IOException {
    SettingsSweep sweep = Objects.requireNonNull(Objects.requireNonNull(SWEEP.study()).sweep());
    assertThat(sweep.cells()).hasSize(8);
    assertThat(sweep.cells().stream().filter(c -> c.point().skipped() != null)).hasSize(2);
    assertThat(sweep.cells())
        .filteredOn(c -> c.runs() == 0)
        .allSatisfy(c -> assertThat(c.rto().verdict()).isEqualTo(Verdict.UNDETERMINED));
    assertThat(SummaryText.write(SWEEP, false))
        .contains("ttl=20 loop_wait=5: RTO 17.50 – 17.59 s MET", "left out: loop_wait 15")
        .satisfies(t -> assertThat(t.lines()).allMatch(line -> line.length() <= 100));
    assertThat(html(SWEEP))
        .contains("cell undetermined", "cell missed", "cell left-out", "cell h")
        .contains("Patroni will adjust them", "synchronous_mode = off", "9.40 s");
  }

  @Test
  void aStormShowsItsSeedItsScheduleItsSearchAndTheCommand() throws IOException {
    StormStudy storm = Objects.requireNonNull(Objects.requireNonNull(STORM.study()).storm());
    assertThat(storm.trials().stream().map(StormStudy.Trial::outcome))
        .containsExactly(
            StormStudy.Outcome.VIOLATED,
            StormStudy.Outcome.HELD,
            StormStudy.Outcome.VIOLATED,
            StormStudy.Outcome.UNRESOLVED);
    assertThat(storm.violated()).isEqualTo(1);
    assertThat(storm.replays()).isEqualTo(2);
    assertThat(html(STORM))
        .contains("The storm: seed 42", "freeze-patroni", "which violated in 1 of 2 replays")
        .contains("bin/drillyard storm --schedule reports/x/smallest.yaml")
        .contains("Service after the last heal");
    assertThat(SummaryText.write(STORM, false))
        .contains("storm, seed 42", "Play it again: bin/drillyard storm --schedule reports/x/");
  }

  @Test
  void aStormIsJudgedAgainFromItsDrills() {
    RunStudy again = RunStudy.again(STORM.study(), STORM.drills());
    assertThat(again).isEqualTo(STORM.study());
    List<Evidence.Drill> fewer = STORM.drills().subList(0, 2);
    assertThatThrownBy(() -> RunStudy.again(STORM.study(), fewer))
        .isInstanceOf(EvidenceException.class);
  }
}
