package io.drillyard.storm;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StormScheduleTextTest {
  private static final String TEXT =
      new StormScheduleText(
              "onprem-sync",
              "inventory-tenancy",
              new StormSchedule(7, List.of(ForgedOffers.entry(1, 0, 5_000, "kill-haproxy"))))
          .write();

  private static void refused(String from, String to, String... said) {
    String text = TEXT.replace(from, to);
    assertThatThrownBy(() -> StormScheduleText.parse(text, "storm.yaml"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(said);
  }

  @Test
  void whatIsNoScheduleIsRefusedWithAReason() {
    refused("format: 1", "format: 2", "storm.yaml", "format 1");
    refused("kill-haproxy", "kill-haprox", "storm.yaml", "Did you mean 'kill-haproxy'");
    refused("at_ms: 0", "at_ms: soon", "at_ms", "whole numbers");
    refused("for_ms: 5000", "for_ms: 0", "above 0");
    refused("seed: 7", "seed: seven", "whole seed");
    refused("context: inventory-tenancy\n", "", "'context' is missing");
    refused("entries:", "entries: [", "no YAML");
    refused(
        "  - {number: 1",
        "  - {number: 1, at_ms: 0, for_ms: 1, fault: kill-haproxy}\n  - {number: 1",
        "same number");
  }
}
