package io.drillyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.launch.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each bad input gets status 2, names its place and a remedy, and leaves nothing behind. */
class BadInputTest {
  private static final String SYNC = "onprem-sync.yaml";

  private final Path folder;

  BadInputTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Breaks a copy of the declarations, then tries to validate, to plan and to run with it. */
  private void refused(String file, String from, String to, String... said) {
    Path copy = Terminal.declarations(folder, file, from, to);
    Path reports = folder.resolve("reports");
    for (String verb : List.of("validate", "plan", "run")) {
      Terminal terminal =
          Terminal.drillyard(
              verb, "--environments", copy.toString(), "--reports", reports.toString());
      assertThat(terminal.exit()).as("%s: %s", verb, terminal.all()).isEqualTo(ExitCode.USAGE);
      assertThat(terminal.all()).as(verb).contains(said).contains(file + ":");
      assertThat(terminal.all()).as(verb).doesNotContain("\tat ");
    }
    assertThat(reports).doesNotExist();
  }

  @Test
  void unknownKey() {
    refused(SYNC, "  kind: memory", "  knd: memory", "unknown key 'knd'", "Did you mean 'kind'");
  }

  @Test
  void objectiveWithoutUnit() {
    refused("contexts.yaml", "rto: 45s", "rto: 45", "'rto'", "45s");
  }

  @Test
  void negativeObjective() {
    refused("contexts.yaml", "rto: 45s", "rto: -45s", "'rto'", "-45s");
  }

  @Test
  void zeroObjective() {
    refused("contexts.yaml", "rto: 45s", "rto: 0s", "'rto'", "0s");
  }

  @Test
  void aTargetThatNoFailoverCanKeep() {
    refused(
        "contexts.yaml",
        "rto: 45s",
        "rto: 13s",
        "cannot be met: no failover comes sooner than ttl 20 s - loop_wait 5 s",
        SYNC + ":");
  }

  @Test
  void aShareOfAllCases() {
    refused("contexts.yaml", "rto: 45s", "rto: 45s\n        share: 100 %", "by no number of runs");
  }

  @Test
  void numbersOfRunsAndGridsThatMakeNoSense() {
    Path reports = folder.resolve("reports");
    String drill = "PlannedSwitchover";
    for (List<String> words :
        List.of(
            List.of("run", drill, "--repeat", "0"),
            List.of("run", drill, "--repeat", "1001"),
            List.of("run", drill, "--baseline", folder + "/none"),
            List.of("sweep", drill),
            List.of("sweep", "--set", "ttl=20"),
            List.of("sweep", "NoSuchDrill", "--set", "ttl=20"),
            List.of("sweep", drill, "--set", "ttl"),
            List.of("sweep", drill, "--set", "ttl=20,"),
            List.of("sweep", drill, "--set", "ttl=20", "--set", "ttl=30"),
            List.of("sweep", drill, "--set", "../x=1"),
            List.of("sweep", drill, "--set", "ttl=5", "--set", "loop_wait=5"),
            List.of("sweep", drill, "--set", "ttl=20", "--repeat", "1001"),
            List.of("storm", "--for", "soon"),
            List.of("storm", "--for", "3h"),
            List.of("storm", "--at-most", "0"),
            List.of("storm", "--shortest", "1s"),
            List.of("storm", "--shortest", "40s"),
            List.of("storm", "--seed", "x"),
            List.of("storm", "--faults", "kill-patrony"),
            List.of("storm", "--faults", "site-cut"),
            List.of("storm", "--max-replays", "101"),
            List.of("storm", "--max-time", "0s"),
            List.of("storm", "--context", "nobody"),
            List.of("storm", "--schedule", folder + "/none.yaml"))) {
      List<String> all = new java.util.ArrayList<>(words);
      all.addAll(List.of("--reports", reports.toString()));
      Terminal terminal = Terminal.drillyard(all.toArray(String[]::new));
      assertThat(terminal.exit()).as("%s: %s", words, terminal.all()).isEqualTo(ExitCode.USAGE);
      assertThat(terminal.all()).doesNotContain("\tat ");
    }
    assertThat(reports)
        .satisfiesAnyOf(r -> assertThat(r).doesNotExist(), r -> assertThat(r).isEmptyDirectory());
  }

  @Test
  void twoMembersOfOneName() {
    refused(SYNC, "members: [pg1, pg2, pg3]", "members: [pg1, pg2, pg2]", "two members", "'pg2'");
  }

  @Test
  void siteWithoutHosts() throws IOException {
    String file = "inventories/onprem.yaml";
    String text = Files.readString(Path.of("environments", file));
    String hosts = text.substring(text.indexOf("    hosts:"));
    refused(file, hosts, "    hosts: []\n", "hosts");
  }

  @Test
  void addressOutsideTheRange() {
    refused("inventories/onprem.yaml", "198.18.1.11", "10.0.0.11", "10.0.0.11", "198.18");
  }

  @Test
  void contextWithoutTargetsForTheDrill() throws IOException {
    String text = Files.readString(Path.of("environments", "contexts.yaml"));
    int from = text.indexOf("      node-loss:");
    String block = text.substring(from, text.indexOf("      planned-maintenance:"));
    Path copy = Terminal.declarations(folder, "contexts.yaml", block, "");
    Terminal terminal =
        Terminal.drillyard(
            "run",
            "PrimaryHostLosesPower",
            "--environments",
            copy.toString(),
            "--reports",
            folder.resolve("reports").toString());
    assertThat(terminal.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err())
        .contains("contexts.yaml:", "declares no targets for 'node-loss'", "Add node-loss:");
    assertThat(folder.resolve("reports")).doesNotExist();
  }

  @Test
  void patroniTimingIsAWarningAndAnErrorWhenStrict() {
    Path copy = Terminal.declarations(folder, SYNC, "retry_timeout: 5", "retry_timeout: 9");
    String[] plan = {"plan", "PrimaryHostLosesPower", "--environments", copy.toString()};
    Terminal lenient = Terminal.drillyard(plan);
    assertThat(lenient.exit()).isEqualTo(ExitCode.MET);
    assertThat(lenient.err()).contains(SYNC + ":", "warning:", "retry_timeout 9 > ttl 20");
    Terminal strict =
        Terminal.drillyard(
            Stream.concat(Stream.of(plan), Stream.of("--strict")).toArray(String[]::new));
    assertThat(strict.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(strict.err()).contains(SYNC + ":", "error:", "Set ttl to at least 23");
    assertThat(Terminal.drillyard("validate", "--environments", copy.toString()).exit())
        .isEqualTo(ExitCode.MET);
    assertThat(Terminal.drillyard("validate", "--strict", "--environments", copy.toString()).exit())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void evenNumberOfEtcdMembersIsAWarningWithTheReason() {
    Path copy = Terminal.declarations(folder, SYNC, "etcd: [pg1, pg2, pg3]", "etcd: [pg1, pg2]");
    Terminal terminal =
        Terminal.drillyard("plan", "PlannedSwitchover", "--environments", copy.toString());
    assertThat(terminal.exit()).isEqualTo(ExitCode.MET);
    assertThat(terminal.err()).contains(SYNC + ":", "warning: 2 etcd members tolerate no more");
  }

  @Test
  void unknownNames() {
    unknown("PrimaryHostLosesPower", "run", "PrimaryHostLosesPowr");
    unknown("onprem-sync", "run", "PlannedSwitchover", "--environment", "onprem-snyc");
    unknown("onprem-sync", "storm", "--environment", "onprem-snyc");
    unknown("freeze-patroni", "storm", "--faults", "freeze-patrony");
    unknown("audit-history", "run", "PlannedSwitchover", "--context", "audit-histry");
  }

  private void unknown(String meant, String... args) {
    Path reports = folder.resolve("reports");
    List<String> all = new java.util.ArrayList<>(List.of(args));
    all.addAll(List.of("--reports", reports.toString()));
    Terminal terminal = Terminal.drillyard(all.toArray(String[]::new));
    assertThat(terminal.exit()).as(terminal.all()).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("Did you mean '" + meant + "'?", "Known: ");
    assertThat(reports).doesNotExist();
  }

  @Test
  void wordsThatNobodyKnows() {
    assertThat(Terminal.drillyard("pla").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(Terminal.drillyard("plan", "--jsno").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(Terminal.drillyard("run", "--at-once", "9").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(Terminal.drillyard("run", "--at-once", "two").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(Terminal.drillyard().exit()).isEqualTo(ExitCode.USAGE);
    Terminal nowhere = Terminal.drillyard("list", "--environments", folder + "/none");
    assertThat(nowhere.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(nowhere.err()).contains(folder + "/none", "Remedy:");
  }

  @Test
  void imageThatWasNeverBuilt() throws Exception {
    // The cache is chosen by a variable of the environment, which only a process of its own can
    // have.
    Path reports = folder.resolve("reports");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "run",
            "PlannedSwitchover",
            "--reports",
            reports.toString());
    builder.environment().put("DRILLYARD_CACHE", folder.resolve("cache").toString());
    Path err = folder.resolve("err");
    Process process =
        builder.redirectError(err.toFile()).redirectOutput(folder.resolve("out").toFile()).start();
    assertThat(process.waitFor()).as(Files.readString(err)).isEqualTo(ExitCode.USAGE);
    assertThat(Files.readString(err)).contains("trixie: not built", "make setup IMAGES=trixie");
    assertThat(reports).doesNotExist();
    assertThat(folder.resolve("cache")).doesNotExist();
  }
}
