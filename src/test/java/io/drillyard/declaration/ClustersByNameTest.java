package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Any number of clusters, each of which says what it is to another. */
class ClustersByNameTest {
  private static final String FILE = "three-clusters.yaml";

  @TempDir Path folder = Path.of("");

  private Environment shipped() {
    return Yard.copiedTo(folder).strict().environment("three-clusters").orThrow();
  }

  @Test
  void eachIsBuiltAfterTheOneThatItDependsOn() {
    Environment environment = shipped();
    assertThat(environment.clusters())
        .extracting(ClusterPlan::name)
        .containsExactly("onprem", "cloud-a", "cloud-b");
    assertThat(environment.serving().name()).isEqualTo("onprem");
    assertThat(environment.followers(environment.serving()))
        .extracting(ClusterPlan::name)
        .containsExactly("cloud-a");
    assertThat(environment.contracts()).containsEntry("failover", "dr/postgresql-ha-failover@v1");
  }

  @Test
  void aPlanMeansThemByPartOrByName() {
    Environment environment = shipped();
    assertThat(ClusterRef.FOLLOWER.in(environment).name()).isEqualTo("cloud-a");
    assertThat(ClusterRef.RESTORED.in(environment).name()).isEqualTo("cloud-b");
    assertThat(ClusterRef.SERVING.in(environment).name()).isEqualTo("onprem");
    assertThat(ClusterRef.named("cloud-b").in(environment).restoredFrom()).isEqualTo("onprem");
    assertThatThrownBy(() -> ClusterRef.named("cloud-c").in(environment))
        .hasMessageContaining("'three-clusters' has no such cluster");
    assertThatThrownBy(() -> ClusterRef.named("")).hasMessageContaining("by its name");
  }

  @Test
  void aClusterThatNoPlanSpeaksOfIsNotBuilt() {
    Environment environment = shipped();
    assertThat(environment.playing(List.of(), false).clusters())
        .extracting(ClusterPlan::name)
        .containsExactly("onprem", "cloud-a");
    assertThat(environment.playing(List.of(ClusterRef.RESTORED), false).clusters()).hasSize(3);
    assertThat(environment.playing(List.of(), false).inventory())
        .isEqualTo(environment.inventory());
  }

  @Test
  void aPartThatTwoPlayIsNotGuessed() {
    Environment environment =
        Yard.copiedTo(folder)
            .replace(FILE, "restored_from: onprem", "follows: onprem")
            .lenient()
            .environment("three-clusters")
            .orThrow();
    assertThat(ClusterRef.FOLLOWER.problem(environment))
        .hasValueSatisfying(why -> assertThat(why).contains("cloud-a, cloud-b"));
    assertThat(Declarations.load(folder).clusters(List.of(ClusterRef.FOLLOWER), environment))
        .singleElement()
        .satisfies(p -> assertThat(p.isError()).isTrue());
  }

  @Test
  void anIncarnationHasAPathAndAnAccountOfItsOwn() {
    ClusterPlan first = shipped().serving();
    ClusterPlan rebuilt = first.rebuilt("cloud-a");
    assertThat(rebuilt.repositoryPath()).isNotEqualTo(first.repositoryPath()).endsWith("onprem-2");
    assertThat(rebuilt.account()).isEqualTo("onprem-2");
    assertThat(rebuilt.follows()).isEqualTo("cloud-a");
    assertThat(rebuilt.serves()).isFalse();
    assertThat(rebuilt.rebuilt("cloud-a").repositoryPath()).endsWith("onprem-3");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          follows: onprem       | follows: cloud-b      | 'cloud-a' depends on 'cloud-b', and in a circle on itself | restored_from: onprem | restored_from: cloud-a
          follows: onprem       | serves: true          | two clusters serve at the start | - | -
          follows: onprem       | kind: patroni         | 'cloud-a' does not say what it is to the other clusters | - | -
          follows: onprem       | follows: cloudb       | 'cloudb' is no other cluster of this environment | - | -
          restored_from: onprem | repository_path: x    | 'cloud-b' does not say what it is | - | -
          members: [b1, b2]     | members: [b1, a2]     | 'a2' is in 'members' of both 'cloud-a' and 'cloud-b' | - | -
          members: [b1, b2]     | members: [b1, pg2]    | a site of 'onprem', which this cluster is to take over from | - | -
          """)
  void whatCannotStandTogetherIsTold(
      String from, String to, String message, String alsoFrom, String alsoTo) {
    Yard yard = Yard.copiedTo(folder).replace(FILE, from, to);
    if (!alsoFrom.equals("-")) {
      yard = yard.replace(FILE, alsoFrom, alsoTo);
    }
    assertThat(yard.lenient().environment("three-clusters").problems())
        .anyMatch(p -> p.isError() && p.message().contains(message));
  }
}
