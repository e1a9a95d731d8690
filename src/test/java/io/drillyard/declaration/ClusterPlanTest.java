package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows from a declared cluster: who streams from whom, which slots there are. */
class ClusterPlanTest {
  private static ClusterPlan plan(
      @Nullable String restoredFrom,
      @Nullable String follows,
      Map<String, Object> patroni,
      Map<String, Map<String, Object>> tags) {
    return new ClusterPlan(
        "first",
        "patroni",
        restoredFrom == null && follows == null,
        restoredFrom,
        follows,
        "scope",
        List.of("pg1", "pg2", "pg3"),
        List.of("etcd1"),
        new EtcdSecurity(false, false),
        patroni,
        Map.of(),
        Map.of(),
        "/first",
        1,
        tags);
  }

  private static ClusterPlan tagged(Map<String, Map<String, Object>> tags) {
    return plan(null, null, Map.of(), tags);
  }

  @Test
  void aClusterDependsOnWhatItFollowsOrIsRestoredFrom() {
    assertThat(plan(null, null, Map.of(), Map.of()).dependsOn()).isNull();
    assertThat(plan("a", null, Map.of(), Map.of()).dependsOn()).isEqualTo("a");
    assertThat(plan("a", "b", Map.of(), Map.of()).dependsOn()).isEqualTo("b");
    assertThat(plan(null, "b", Map.of(), Map.of()).standby()).isTrue();
    assertThat(plan("a", null, Map.of(), Map.of()).standby()).isFalse();
  }

  @Test
  void standbysStreamFromStandbysWhereATagOrAnotherClusterSaysSo() {
    assertThat(tagged(Map.of()).cascades()).isFalse();
    assertThat(plan(null, "b", Map.of(), Map.of()).cascades()).isTrue();
    ClusterPlan tagged = tagged(Map.of("pg3", Map.of(ClusterPlan.REPLICATE_FROM, "pg2")));
    assertThat(tagged.cascades()).isTrue();
    assertThat(tagged.upstream("pg3")).isEqualTo("pg2");
    assertThat(tagged.upstream("pg2")).isNull();
    assertThat(tagged(Map.of("pg3", Map.of("nosync", true))).cascades()).isFalse();
  }

  @Test
  void whoIsToldNotToMayNotSynchronise() {
    ClusterPlan plan =
        tagged(Map.of("pg2", Map.of("nosync", true), "pg3", Map.of("nosync", false)));
    assertThat(plan.maySynchronise("pg1")).isTrue();
    assertThat(plan.maySynchronise("pg2")).isFalse();
    assertThat(plan.maySynchronise("pg3")).isTrue();
  }

  @Test
  void whoDoesNotStreamLetsNobodyStreamFromIt() {
    ClusterPlan plan =
        tagged(
            Map.of(
                "pg2", Map.of("nostream", true),
                "pg3", Map.of(ClusterPlan.REPLICATE_FROM, "pg2")));
    assertThat(plan.streams("pg1")).isTrue();
    assertThat(plan.streams("pg2")).isFalse();
    assertThat(plan.streams("pg3")).isFalse();
    ClusterPlan chain =
        tagged(
            Map.of(
                "pg1", Map.of("nostream", true),
                "pg2", Map.of(ClusterPlan.REPLICATE_FROM, "pg1"),
                "pg3", Map.of(ClusterPlan.REPLICATE_FROM, "pg2")));
    assertThat(chain.streams("pg3")).isFalse();
    // A ring comes to its end.
    ClusterPlan ring =
        tagged(
            Map.of(
                "pg2", Map.of(ClusterPlan.REPLICATE_FROM, "pg3"),
                "pg3", Map.of(ClusterPlan.REPLICATE_FROM, "pg2")));
    assertThat(ring.streams("pg3")).isTrue();
  }

  @Test
  void slotsOfMembersAreNoDeclaredOnes() {
    assertThat(plan(null, null, Map.of(), Map.of()).slots()).isEmpty();
    assertThat(plan(null, null, Map.of("slots", "none"), Map.of()).slots()).isEmpty();
    Map<String, Object> slots =
        Map.of(
            "slots",
            Map.of(
                "pg1", Map.of("type", "physical"),
                "feed", Map.of("type", "logical", "database", "app"),
                "spare", Map.of("type", "physical"),
                "odd", "physical"));
    assertThat(plan(null, null, slots, Map.of()).slots())
        .containsOnly(Map.entry("feed", "app"), Map.entry("spare", ""), Map.entry("odd", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "pg-1.a, pg_1_a",
    "Az09_, az09_",
    "az, az",
    "a`b, au0096b",
    "a{b, au0123b",
    "a/b, au0047b",
    "a:b, au0058b",
    "ä, u0228",
  })
  void aSlotIsCalledAsPatroniCallsIt(String member, String slot) {
    assertThat(ClusterPlan.slotName(member)).isEqualTo(slot);
  }

  @Test
  void aLongNameIsCut() {
    assertThat(ClusterPlan.slotName("x".repeat(63))).hasSize(63);
    assertThat(ClusterPlan.slotName("x".repeat(64))).hasSize(63);
  }

  @Test
  void eachIncarnationHasAPathAndAnAccount() {
    ClusterPlan first = plan("a", null, Map.of(), Map.of());
    ClusterPlan next = first.rebuilt("b");
    assertThat(first.repositoryPath()).isEqualTo("/first");
    assertThat(next.repositoryPath()).isEqualTo("/first-2");
    assertThat(first.account()).isEqualTo("scope");
    assertThat(next.account()).isEqualTo("scope-2");
    assertThat(next.dependsOn()).isEqualTo("b");
    assertThat(next.serves()).isFalse();
  }

  @Test
  void anEnvironmentKnowsItsClustersHostsAndVolumes() {
    Environment environment =
        Declarations.load(java.nio.file.Path.of("environments"))
            .environment("three-clusters")
            .orThrow();
    assertThatThrownBy(() -> environment.cluster("nobody"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no cluster named nobody");
    assertThatThrownBy(() -> environment.inventory().host("nobody"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no host named nobody");
    assertThat(environment.hasRecovery()).isTrue();
    assertThat(environment.playing(List.of(), false).clusters())
        .contains(environment.serving())
        .hasSizeLessThanOrEqualTo(environment.clusters().size());
    assertThat(new Environment.Storage("memory", Map.of("wal", 1L)).walApart()).isTrue();
    assertThat(new Environment.Storage("memory", Map.of("data", 1L)).walApart()).isFalse();
    Environment.RepositoryState state = environment.repository();
    assertThat(state.namesAccount()).isFalse();
    assertThat(state.at(7).port()).isEqualTo(7);
    assertThat(state.at(7).endpoint()).isEqualTo(state.endpoint());
    assertThat(state.at("other", 8))
        .extracting(Environment.RepositoryState::endpoint, Environment.RepositoryState::port)
        .containsExactly("other", 8);
    assertThat(azure("shop", "shop.blob.example").namesAccount()).isTrue();
    assertThat(azure("shop", "blob.example").namesAccount()).isFalse();
    assertThat(azure("", ".blob.example").namesAccount()).isFalse();
  }

  private static Environment.RepositoryState azure(String account, String endpoint) {
    return new Environment.RepositoryState(
        "f", "azure", "h", endpoint, 443, "", account, "c", "/p", 2, false);
  }

  @Test
  void aNodeOfAFileIsReadInWholeNumbersAndPlainValues() {
    YamlNode one = scalar(8.0);
    YamlNode half = scalar(8.5);
    assertThat(one.number(3)).isEqualTo(8);
    assertThat(half.number(3)).isEqualTo(3);
    YamlNode list =
        new YamlNode("f", 1, 1, YamlNode.Kind.LIST, "", null, Map.of(), List.of(one, half));
    YamlNode map =
        new YamlNode("f", 1, 1, YamlNode.Kind.MAP, "", null, Map.of("k", list), List.of());
    assertThat(map.all()).containsExactlyInAnyOrder(map, list, one, half);
    assertThat(map.plain()).isEqualTo(Map.of("k", List.of(8.0, 8.5)));
  }

  private static YamlNode scalar(Object value) {
    return new YamlNode(
        "f", 1, 1, YamlNode.Kind.SCALAR, String.valueOf(value), value, Map.of(), List.of());
  }
}
