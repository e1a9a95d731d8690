package io.drillyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.declaration.Declarations;
import io.drillyard.launch.ExitCode;
import io.drillyard.launch.PlannedDrill;
import io.drillyard.ledger.HarnessVersion;
import io.drillyard.scenario.Scenarios;
import io.drillyard.scenario.step.InjectFault;
import io.drillyard.scenario.step.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A plan names every host, fault, wait and limit of its drill, and nothing that is not built. */
class PlanTest {
  private final Path folder;

  PlanTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void everyPlanIsComplete() {
    Declarations declarations = Declarations.load(Path.of("environments"));
    assertThat(Scenarios.names()).hasSizeGreaterThanOrEqualTo(9);
    for (String name : Scenarios.names()) {
      var drill = Scenarios.named(name).plan();
      PlannedDrill part =
          PlannedDrill.of(declarations, name, drill, drill.environment(), drill.context());
      String text = PlanText.of(part);
      assertThat(text).contains(drill.title(), drill.claim(), "Judged for " + drill.context());
      assertThat(text).contains(part.environment().serving().members());
      assertThat(text).contains(part.environment().serving().etcd());
      assertThat(text).contains(part.environment().repository().host());
      for (var site : PlanText.built(part.environment())) {
        assertThat(text).contains(site.name(), site.subnet());
        site.hosts().forEach(h -> assertThat(text).contains(h.name() + " " + h.address()));
      }
      for (Step step : drill.course()) {
        assertThat(text).contains(step.words() + "  [limit ");
        assertThat(step.limit()).as(step.words()).isPositive();
        if (step instanceof InjectFault inject) {
          assertThat(text).contains("inject '" + inject.name() + "'", inject.fault().words());
        }
      }
      assertThat(text).contains("At most ", "etcd leader");
    }
  }

  @Test
  void hostsThatAreNotBuiltAreNotPlanned() {
    Terminal beside = Terminal.drillyard("plan", "PrimaryHostLosesPower");
    assertThat(beside.exit()).isEqualTo(ExitCode.MET);
    assertThat(beside.out()).contains("pg1 198.18.1.11", "lb1").doesNotContain("etcd1");
    assertThat(Terminal.drillyard("plan", "EtcdLosesQuorum").out()).contains("etcd1 198.18.1.21");
  }

  @Test
  void planAndListAsJson() {
    JsonNode plans = JsonMapper.shared().readTree(Terminal.drillyard("plan", "--json").out());
    assertThat(plans.size()).isGreaterThanOrEqualTo(9);
    plans.forEach(
        plan -> {
          assertThat(plan.path("hosts").size()).isPositive();
          assertThat(plan.path("steps").size()).isPositive();
          plan.path("steps").forEach(s -> assertThat(s.path("limit").asString()).startsWith("PT"));
        });
    JsonNode list = JsonMapper.shared().readTree(Terminal.drillyard("list", "--json").out());
    JsonNode all =
        JsonMapper.shared().readTree(Terminal.drillyard("plan", "--all", "--json").out());
    assertThat(all.size()).isGreaterThan(plans.size());
    JsonNode loop =
        JsonMapper.shared().readTree(Terminal.drillyard("plan", "--below", "loop", "--json").out());
    assertThat(loop.size()).isGreaterThan(10);
    assertThat(list.path("scenarios").size()).isEqualTo(all.size() + loop.size());
    assertThat(Terminal.drillyard("plan", "--below", "lop").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(Terminal.drillyard("list", "faults").out())
        .contains("network", "kill-walsender", "etcd-snapshot-restored");
    assertThat(Terminal.drillyard("list", "weather").exit()).isEqualTo(ExitCode.USAGE);
    JsonNode valid = JsonMapper.shared().readTree(Terminal.drillyard("validate", "--json").out());
    assertThat(valid.isArray()).isTrue();
  }

  @Test
  void nothingIsStartedAndNothingWritten() throws IOException {
    Path reports = folder.resolve("reports");
    assertThat(Terminal.drillyard("plan", "--reports", reports.toString()).exit()).isZero();
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void completionAndHelp() {
    assertThat(Terminal.drillyard("generate-completion").out())
        .contains("drillyard", "doctor", "--environment");
    assertThat(Terminal.drillyard("--help").out())
        .contains("doctor", "list", "validate", "plan", "run", "judge", "report", "clean")
        .contains("Exit codes: 0 targets met");
  }

  @Test
  void everyVerbKnowsTheVersion() {
    String line = "drillyard " + HarnessVersion.ofBuild().word();
    assertThat(Terminal.drillyard("--version").out().strip()).isEqualTo(line);
    assertThat(Terminal.drillyard("restore-test", "--version").out().strip()).isEqualTo(line);
  }
}
