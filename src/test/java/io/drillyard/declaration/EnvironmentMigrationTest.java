package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file from before clusters had names is refused with the way out, and that way works. */
class EnvironmentMigrationTest {
  @TempDir Path folder = Path.of("");

  private static String former() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            EnvironmentMigrationTest.class.getResourceAsStream("former-standby.yaml"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void isRefusedWithTheKeyOfToday() throws IOException {
    Yard.copiedTo(folder);
    Files.writeString(folder.resolve("mine.yaml"), former());
    assertThat(Declarations.load(folder).environment("mine").problems())
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.message()).contains("clusters have names");
              assertThat(p.remedy()).contains("clusters:", "follows: NAME", "migrate");
              assertThat(p.line()).isEqualTo(10);
            });
  }

  @Test
  void becomesOneOfTodayAndKeepsItsComments() throws IOException {
    Yard.copiedTo(folder);
    String moved = EnvironmentMigration.moved(former()).orElseThrow();
    assertThat(moved)
        .contains(
            "clusters:\n  # the one that clients use\n  onprem: # serves\n    serves: true\n",
            "  recovery:\n    follows: onprem\n    scope: \"2nd\"\n",
            "\n\n# how clients find it\nroute:")
        .doesNotContain("mode:");
    Files.writeString(folder.resolve("mine.yaml"), moved);
    Environment environment = Declarations.load(folder).environment("mine").orThrow();
    assertThat(environment.serving().name()).isEqualTo("onprem");
    // A scope may begin with a digit, and a name may not: it keeps the one of its part.
    ClusterPlan follower = environment.cluster("recovery");
    assertThat(follower.scope()).isEqualTo("2nd");
    assertThat(follower.follows()).isEqualTo("onprem");
    assertThat(ClusterRef.FOLLOWER.in(environment)).isEqualTo(follower);
    assertThat(EnvironmentMigration.moved(moved)).isEmpty();
  }

  @Test
  void aClusterThatIsMadeWhenItIsNeededIsRestored() throws IOException {
    String restored = former().replace("    mode: standby # from the start\n", "");
    assertThat(EnvironmentMigration.moved(restored).orElseThrow())
        .contains("  recovery:\n    restored_from: onprem\n");
  }

  @Test
  void whatStandsOnOneLineIsForItsOwner() {
    assertThat(EnvironmentMigration.moved("cluster: {primary: {scope: a}}\n")).isEmpty();
    assertThat(EnvironmentMigration.moved("cluster:\n  first:\n    scope: a\n")).isEmpty();
    assertThat(EnvironmentMigration.moved("contexts: {}\n")).isEmpty();
  }
}
