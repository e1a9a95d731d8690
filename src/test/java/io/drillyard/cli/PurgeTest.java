package io.drillyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.launch.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An order to purge that says too little, or too much, starts nothing and leaves nothing. */
class PurgeTest {
  private static final String LABEL = "20261101-010000F";

  private final Path folder;

  PurgeTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private void refused(String said, String... words) {
    Path reports = folder.resolve("reports");
    List<String> all = new ArrayList<>(List.of("purge"));
    all.addAll(List.of(words));
    all.addAll(List.of("--reports", reports.toString()));
    Terminal terminal = Terminal.drillyard(all.toArray(String[]::new));
    assertThat(terminal.exit()).as(terminal.all()).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains(said).doesNotContain("\tat ");
    assertThat(reports).doesNotExist();
  }

  @Test
  void whatIsMissingIsAskedFor() {
    refused("NAME", "--set", LABEL, "--reason", "r");
    refused("--reason", "nightly", "--set", LABEL);
    refused("--reason", "nightly", "--set", LABEL, "--reason", " ");
    refused("Which backups?", "nightly", "--reason", "r");
    refused("Which backups?", "nightly", "--reason", "r", "--set", LABEL, "--older-than", "30d");
  }

  @Test
  void whatMakesNoSenseIsNamed() {
    refused("'x'", "nightly", "--reason", "r", "--set", LABEL + ",x");
    refused("--older-than", "nightly", "--reason", "r", "--older-than", "30");
    refused("Did you mean 'nightly'", "nigthly", "--reason", "r", "--set", LABEL);
  }

  @Test
  void theLabsOwnRepositoryGoesWithItsLab() {
    refused("goes with its lab", "nightly", "--reason", "r", "--set", LABEL);
  }

  @Test
  void aRepositoryThatDeclaresNoPurgeIsLeftAlone() throws IOException {
    Path to = Terminal.declarations(folder, "contexts.yaml", "rto", "rto");
    Path file = to.resolve("repositories/ours.yaml");
    Files.writeString(to.resolve("repositories/ours.keys"), "x");
    Files.writeString(to.resolve("repositories/ours.purge"), "x");
    Files.writeString(
        to.resolve("restore/ours.yaml"),
        "description: d\nrepo_state_ref: repositories/ours.yaml\nserves: [audit-history]\n");
    String declared =
        """
        owner: external
        type: s3
        endpoint: s3.example.com
        region: eu
        bucket: ours
        path: /b
        stanza: shop
        credentials: ours.keys
        """;
    String[] words = {"ours", "--reason", "r", "--set", LABEL, "--environments", to.toString()};
    Files.writeString(file, declared);
    refused("declares no retention. Remedy:", words);
    Files.writeString(file, declared + "retention: 14d\n");
    refused("no credentials that may delete. Remedy:", words);
  }
}
