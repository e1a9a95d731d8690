package io.drillyard.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.declaration.ClusterPlan;
import io.drillyard.declaration.EtcdSecurity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What lies in the DCS is in effect only where Patroni reads it. */
class DynamicSettingsTest {
  private static ClusterPlan plan(Map<String, Object> patroni) {
    return new ClusterPlan(
        "alpha",
        "patroni",
        true,
        null,
        null,
        "alpha",
        List.of("pg1", "pg2"),
        List.of("pg1"),
        EtcdSecurity.NONE,
        patroni,
        Map.of(),
        Map.of(),
        "/alpha",
        1,
        Map.of());
  }

  @Test
  void slotsAndWhatStandsBelowPostgresqlAreSettingsOfTheirOwn() {
    Map<String, String> asked =
        DynamicSettings.asked(
            plan(
                Map.of(
                    "ttl", "20",
                    "postgresql", Map.of("use_slots", true),
                    "slots",
                        Map.of(
                            "cdc", Map.of("type", "physical"),
                            "out",
                                Map.of("type", "logical", "database", "app", "plugin", "pgoutput"),
                            "pg2", Map.of("type", "physical"),
                            "plain", Map.of()))));
    assertThat(asked)
        .containsOnly(
            Map.entry("ttl", "20"),
            Map.entry("postgresql.use_slots", "true"),
            Map.entry("slots.cdc", "physical"),
            Map.entry("slots.plain", "physical"),
            Map.entry("slots.out", "logical pgoutput app"));
    assertThat(DynamicSettings.isSlot("slots.cdc")).isTrue();
    assertThat(DynamicSettings.isSlot("ttl")).isFalse();
    assertThat(DynamicSettings.slot("slots.cdc")).isEqualTo("cdc");
  }

  @Test
  void whatPatroniDoesNotReadIsNotInEffectThoughItIsThere() {
    var dynamic =
        new JsonMapper()
            .readTree(
                """
                {"ttl": 20, "watchdoog": {"mode": "required"}, "postgresql": {"use_slots": true},
                 "slots": {"cdc": {"type": "physical"}}}
                """);
    Map<String, String> effective =
        DynamicSettings.effective(
            List.of("ttl", "watchdoog", "postgresql.use_slots", "slots.cdc", "pause"), dynamic);
    assertThat(effective)
        .containsOnly(
            Map.entry("ttl", "20"),
            Map.entry("watchdoog", "nothing: no key of Patroni's that is known here"),
            Map.entry("postgresql.use_slots", "true"),
            Map.entry("pause", "absent"),
            Map.entry("synchronous_mode", "absent"));
  }
}
