package io.drillyard.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is approved is approved to the letter: whatever changes in a file changes its digest. */
class SubjectDigestsTest {
  private static final Map<String, String> TOLD =
      Map.of("contexts.yaml", "c1", "e.yaml", "e1", "patroni.yaml", "p1");
  private static final List<String> FILES = List.of("contexts.yaml", "e.yaml", "patroni.yaml");

  private static Map<String, String> told(String file, String digest) {
    Map<String, String> other = new HashMap<>(TOLD);
    other.put(file, digest);
    return other;
  }

  @Test
  void declarationsAreThoseOfTheContextsAlone() {
    String declared = SubjectDigests.declarations(TOLD, FILES);
    assertThat(declared).hasSize(64);
    assertThat(SubjectDigests.declarations(told("contexts.yaml", "c2"), FILES))
        .isNotEqualTo(declared);
    assertThat(SubjectDigests.declarations(told("e.yaml", "e2"), FILES)).isEqualTo(declared);
  }

  @Test
  void withoutThemItIsAllFilesTogether() {
    List<String> files = List.of("all.yaml");
    String declared = SubjectDigests.declarations(Map.of("all.yaml", "1"), files);
    assertThat(declared).isNotEqualTo(SubjectDigests.declarations(Map.of("all.yaml", "2"), files));
    assertThat(declared).isEqualTo(SubjectDigests.environment(Map.of("all.yaml", "1"), files));
  }

  @Test
  void anEnvironmentIsEveryFileButTheContexts() {
    String environment = SubjectDigests.environment(TOLD, FILES);
    assertThat(environment).hasSize(64).isNotEqualTo(SubjectDigests.declarations(TOLD, FILES));
    assertThat(SubjectDigests.environment(told("contexts.yaml", "c2"), FILES))
        .isEqualTo(environment);
    assertThat(SubjectDigests.environment(told("e.yaml", "e2"), FILES)).isNotEqualTo(environment);
    assertThat(SubjectDigests.environment(told("patroni.yaml", "p2"), FILES))
        .isNotEqualTo(environment);
    // The names count, not their order.
    assertThat(SubjectDigests.environment(TOLD, List.of("patroni.yaml", "e.yaml")))
        .isEqualTo(environment);
    assertThat(SubjectDigests.environment(TOLD, List.of("e.yaml"))).isNotEqualTo(environment);
  }

  @Test
  void namedAreTheFilesWhereEachIsTold() {
    assertThat(SubjectDigests.named(TOLD, List.of("e.yaml", "contexts.yaml", "e.yaml")))
        .containsExactly("contexts.yaml", "e.yaml");
    assertThat(SubjectDigests.named(TOLD, Set.of("elsewhere.yaml")))
        .containsExactly("contexts.yaml", "e.yaml", "patroni.yaml");
  }
}
