package io.drillyard.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** One transaction of nftables says who is cut off, and on which ports. */
class CutInjectionTest {
  @Test
  void aWholeCutDropsEverythingBothWays() {
    assertThat(CutInjection.rules("t", "198.18.1.12, 198.18.1.13", List.of()))
        .isEqualTo(
            """
            table inet t {
              chain input { type filter hook input priority -300; policy accept;
                ip saddr { 198.18.1.12, 198.18.1.13 } counter drop
              }
              chain output { type filter hook output priority -300; policy accept;
                ip daddr { 198.18.1.12, 198.18.1.13 } counter drop
              }
            }
            """);
  }

  @Test
  void aCutOfPortsDropsThemOnEitherSideOfAConnection() {
    String rules = CutInjection.rules("t", "198.18.1.12", List.of(2379, 2380));
    assertThat(rules)
        .contains(
            "ip saddr { 198.18.1.12 } tcp sport { 2379, 2380 } counter drop",
            "ip saddr { 198.18.1.12 } tcp dport { 2379, 2380 } counter drop",
            "ip daddr { 198.18.1.12 } tcp sport { 2379, 2380 } counter drop",
            "ip daddr { 198.18.1.12 } tcp dport { 2379, 2380 } counter drop")
        .doesNotContain("12 } counter drop");
  }
}
