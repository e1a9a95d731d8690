package io.drillyard.fault.act;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.fault.NetworkFault.Way;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One transaction of nftables says who is cut off, and on which ports. */
class NftablesFilterTest {
  @Test
  void aWholeCutDropsEverythingBothWays() {
    assertThat(
            new NftablesFilter("t", List.of("198.18.1.13", "198.18.1.12"), Way.BOTH, List.of())
                .rules())
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
    String rules =
        new NftablesFilter("t", List.of("198.18.1.12"), Way.BOTH, List.of(2380, 2379)).rules();
    assertThat(rules)
        .contains(
            "ip saddr { 198.18.1.12 } tcp sport { 2379, 2380 } counter drop",
            "ip saddr { 198.18.1.12 } tcp dport { 2379, 2380 } counter drop",
            "ip daddr { 198.18.1.12 } tcp sport { 2379, 2380 } counter drop",
            "ip daddr { 198.18.1.12 } tcp dport { 2379, 2380 } counter drop")
        .doesNotContain("12 } counter drop");
  }

  @Test
  void aDirectedCutDropsOneDirectionOnly() {
    assertThat(new NftablesFilter("t", List.of("198.18.1.12"), Way.TOWARDS, List.of()).rules())
        .contains("ip daddr { 198.18.1.12 } counter drop")
        .doesNotContain("saddr");
    assertThat(new NftablesFilter("t", List.of("198.18.1.12"), Way.FROM, List.of(8008)).rules())
        .contains("ip saddr { 198.18.1.12 } tcp dport { 8008 } counter drop")
        .doesNotContain("daddr", "sport");
  }
}
