package io.drillyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.launch.ExitCode;
import io.drillyard.storm.StormFaults;
import io.drillyard.storm.StormScheduleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code storm} as far as it starts nothing. */
class StormTest {
  private final Path folder;

  StormTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static Terminal plan(String... args) {
    List<String> all = new java.util.ArrayList<>(List.of("storm", "--plan"));
    all.addAll(List.of(args));
    Terminal terminal = Terminal.drillyard(all.toArray(String[]::new));
    assertThat(terminal.exit()).as(terminal.all()).isEqualTo(ExitCode.MET);
    return terminal;
  }

  @Test
  void theSameSeedPrintsTheSamePlan() {
    String once = plan("--seed", "42").out();
    assertThat(once).isEqualTo(plan("--seed", "42").out()).contains("seed 42", "onprem-sync");
    assertThat(once).isNotEqualTo(plan("--seed", "43").out());
  }

  @Test
  void aSeedByChanceIsPrintedAndGivesTheSameAgain() {
    String once = plan("--for", "90s").out();
    String seed = once.replaceAll("(?s).*seed (\\d+):.*", "$1");
    assertThat(plan("--for", "90s", "--seed", seed).out()).isEqualTo(once);
  }

  @Test
  void groupsAndNamesNarrowTheMix() {
    String out = plan("--seed", "1", "--faults", "network,freeze-patroni").out();
    assertThat(out.lines().skip(1))
        .isNotEmpty()
        .allMatch(
            line ->
                StormFaults.choices().stream()
                    .filter(c -> line.contains(" " + c.name() + " "))
                    .anyMatch(
                        c ->
                            c.name().equals("freeze-patroni")
                                || c.fault().group().equals("network")));
  }

  @Test
  void whatBreaksThePromiseByItselfComesOnlyIfNamed() {
    assertThat(plan("--seed", "3", "--for", "30m").out()).doesNotContain("promoted-by-hand");
    assertThat(plan("--seed", "3", "--faults", "promoted-by-hand").out())
        .contains("promoted-by-hand");
  }

  @Test
  void theContextFollowsTheEnvironmentUnlessItIsNamed() {
    assertThat(plan("--seed", "1", "--environment", "onprem-async").out())
        .contains("for task-orchestration");
    assertThat(plan("--seed", "1", "--context", "audit-history").out())
        .contains("for audit-history");
  }

  @Test
  void programsGetTheScheduleAndTheMenu() {
    JsonNode said = new JsonMapper().readTree(plan("--seed", "42", "--json").out());
    assertThat(said.path("seed").asLong()).isEqualTo(42);
    assertThat(said.path("schedule").size()).isPositive();
    assertThat(said.path("menu").size()).isEqualTo(StormFaults.choices().size());
  }

  @Test
  void aStoredScheduleIsPlannedAsItIs() throws IOException {
    Path file = folder.resolve("storm.yaml");
    Files.writeString(
        file,
        """
        format: 1
        seed: 9
        environment: onprem-sync
        context: inventory-tenancy
        entries:
          - {number: 4, at_ms: 0, for_ms: 12000, fault: freeze-patroni}
        """);
    assertThat(StormScheduleText.parse(Files.readString(file), "x").schedule().entries())
        .hasSize(1);
    assertThat(plan("--schedule", file.toString()).out())
        .contains("seed 9: 1 fault from a stored schedule", "4.", "for 12.0 s", "freeze-patroni");
    Files.writeString(file, Files.readString(file).replace("freeze-patroni", "clock-back"));
    Terminal unfit = Terminal.drillyard("storm", "--plan", "--schedule", file.toString());
    assertThat(unfit.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(unfit.err()).contains("clock-back cannot be injected in onprem-sync");
  }
}
