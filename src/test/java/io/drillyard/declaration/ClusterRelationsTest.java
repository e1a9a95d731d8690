package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clusters are to each other, and what they must not share. */
class ClusterRelationsTest {
  private static final String A = "{serves: true, scope: a, members: [pg1], etcd: [etcd1]}";

  private final Path file;

  ClusterRelationsTest(@TempDir Path folder) {
    this.file = folder.resolve("a.yaml");
  }

  private List<String> told(String... clusters) throws IOException {
    Files.writeString(file, "clusters:\n  " + String.join("\n  ", clusters) + "\nhost: repo1\n");
    DeclarationProblems problems = new DeclarationProblems(false);
    YamlNode root = YamlReader.read(file, problems);
    Environment.Inventory none = new Environment.Inventory("none", List.of());
    new ClusterRelations(new ClusterChecks(none, problems), problems)
        .check(root.get("clusters"), root.get("host"));
    return problems.list().stream()
        .filter(DeclarationProblem::isError)
        .map(p -> p.line() + " " + p.message())
        .toList();
  }

  @Test
  void exactlyOneServes() throws IOException {
    assertThat(told("a: " + A)).isEmpty();
    assertThat(told("a: {scope: a, members: [pg1]}"))
        .containsExactly("1 none of the clusters serves");
    assertThat(told("a: " + A, "b: {serves: true, scope: b}", "c: {serves: true, scope: c}"))
        .containsExactly(
            "3 two clusters serve at the start, the first at line 2",
            "4 two clusters serve at the start, the first at line 2");
    Files.writeString(file, "x: 1\n");
    DeclarationProblems problems = new DeclarationProblems(false);
    YamlNode root = YamlReader.read(file, problems);
    new ClusterRelations(
            new ClusterChecks(new Environment.Inventory("none", List.of()), problems), problems)
        .check(root.get("clusters"), root.get("host"));
    assertThat(problems.list()).as("what is not there is the schema's affair").isEmpty();
  }

  @Test
  void whoReadsTheArchiveAloneNeedsOneThatIsNeverOld() throws IOException {
    String timed = "{serves: true, scope: a, members: [pg1], parameters: {archive_timeout: %s}}";
    String alone = "b: {scope: b, follows: a, follows_by: archive}";
    assertThat(told("a: " + timed.formatted("10s"), alone)).isEmpty();
    for (String never : List.of("0", "0s")) {
      assertThat(told("a: " + timed.formatted(never), alone))
          .containsExactly(
              "3 'a' has no archive_timeout: who reads its archive alone may stay behind for any time");
    }
    assertThat(told("a: " + A, alone)).hasSize(1);
    assertThat(told("a: " + A, "b: {scope: b, follows: a, follows_by: streaming}")).isEmpty();
    assertThat(told("a: " + A, "b: {scope: b, restored_from: a, follows_by: archive}"))
        .containsExactly("3 'b' follows no cluster, by whatever way");
  }

  @Test
  void theOthersSayWhatTheyAre() throws IOException {
    assertThat(told("a: " + A, "b: {scope: b, follows: a}")).isEmpty();
    assertThat(told("a: " + A, "b: {scope: b, restored_from: a}")).isEmpty();
    assertThat(told("a: " + A, "b: {scope: b}"))
        .containsExactly("3 'b' does not say what it is to the other clusters");
    assertThat(told("a: " + A, "b: {scope: b, follows: a, restored_from: a}"))
        .containsExactly("3 'b' follows a cluster and is restored from one");
    assertThat(told("a: " + A, "b: {scope: b, follows: b}"))
        .containsExactly("3 'b' is no other cluster of this environment");
    assertThat(told("a: " + A, "b: {scope: b, follows: x}"))
        .containsExactly("3 'x' is no other cluster of this environment");
    assertThat(told("a: {serves: true, scope: a, follows: b}", "b: {scope: b, follows: a}"))
        .contains("2 'a' serves at the start: it follows none and is restored from none");
    assertThat(told("a: " + A, "b: {scope: b, mode: standby, follows: a}"))
        .containsExactly("3 'mode' is no longer read");
  }

  @Test
  void nobodyDependsOnItself() throws IOException {
    assertThat(told("a: " + A, "b: {scope: b, follows: c}", "c: {scope: c, restored_from: b}"))
        .containsExactly(
            "3 'b' depends on 'c', and in a circle on itself",
            "4 'c' depends on 'b', and in a circle on itself");
  }

  @Test
  void twoShareNeitherNameNorPlaceNorHost() throws IOException {
    assertThat(told("a: " + A, "b: {scope: a, repository_path: /b, follows: a}"))
        .containsExactly("3 'a' and 'b' have the scope 'a'");
    assertThat(told("a: {serves: true}", "b: {scope: a, repository_path: /b, follows: a}"))
        .as("where none is written the name is the scope")
        .containsExactly("3 'a' and 'b' have the scope 'a'");
    assertThat(told("a: " + A, "b: {scope: b, repository_path: a, follows: a}"))
        .containsExactly("3 'a' and 'b' archive to 'a'");
    assertThat(told("a: " + A, "b: {scope: b, members: [pg2, pg1], etcd: [etcd1], follows: a}"))
        .containsExactly(
            "3 'pg1' is in 'members' of both 'a' and 'b'",
            "3 'etcd1' is in 'etcd' of both 'a' and 'b'");
    assertThat(told("a: " + A, "b: {scope: b, members: [etcd1], follows: a}"))
        .as("what it is in the other one is another matter")
        .isEmpty();
  }

  @Test
  void theSlotOfWhoFollowsIsTheHarnesss() throws IOException {
    String slots = ", patroni: {slots: {drillyard_b: {type: physical}}}";
    String first = "a: " + A.replace("}", slots + "}");
    List<String> alone = told(first, "b: {scope: b, restored_from: a}");
    assertThat(alone).isEmpty();
    assertThat(
            told(
                first.replace("drillyard_b", ClusterPlan.slotName("b")),
                "b: {scope: b, follows: a}"))
        .singleElement()
        .asString()
        .startsWith("2 ");
    String own = ClusterPlan.slotName("c");
    assertThat(
            told(
                "a: " + A,
                "b: {scope: b, follows: a, patroni: {slots: {" + own + ": {type: physical}}}}",
                "c: {scope: c, follows: b}"))
        .singleElement()
        .asString()
        .startsWith("3 ");
  }
}
