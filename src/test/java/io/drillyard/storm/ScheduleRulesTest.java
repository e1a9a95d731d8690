package io.drillyard.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleRulesTest {
  private static final ScheduleRules RULES = new ScheduleRules(ForgedOffers.SMALL);

  private static void apart(ScheduleRules rules, String one, String other, String why) {
    for (List<String> pair : List.of(List.of(one, other), List.of(other, one))) {
      assertThat(
              rules.apart(
                  ForgedOffers.choice(pair.get(0)).fault(),
                  ForgedOffers.choice(pair.get(1)).fault()))
          .as(pair.toString())
          .hasValueSatisfying(said -> assertThat(said).contains(why));
    }
  }

  private static void together(ScheduleRules rules, String one, String other) {
    assertThat(rules.apart(ForgedOffers.choice(one).fault(), ForgedOffers.choice(other).fault()))
        .as(one + " with " + other)
        .isEmpty();
  }

  @Test
  void whatCouldNeverHealIsKeptApart() {
    apart(RULES, "disk-loss", "power-off", "only copies");
    apart(RULES, "data-directory-lost", "kill-walreceiver", "only copies");
    apart(RULES, "etcd-data-lost", "kill-haproxy", "only copies");
  }

  @Test
  void whatWouldHideTheOtherIsKeptApart() {
    apart(RULES, "power-off", "freeze-patroni", "same part");
    apart(RULES, "freeze-patroni", "kill-patroni", "same part");
    apart(RULES, "power-off", "kill-etcd-follower", "same part");
    apart(RULES, "restart-storm-patroni", "power-off-replica", "same part");
    apart(RULES, "cut-primary", "cut-archive", "at a time");
    apart(RULES, "cut-primary", "pause-host-replica", "at a time");
    apart(RULES, "cut-primary-etcd", "freeze-haproxy", "looks like a cut");
    apart(RULES, "switchover", "kill-walreceiver", "carry it out");
    apart(RULES, "everything-restarted", "kill-haproxy", "restarted everywhere");
  }

  @Test
  void whatCanBeToldApartMayComeTogether() {
    together(RULES, "power-off", "power-off-replica");
    together(RULES, "freeze-patroni", "kill-etcd-leader");
    together(RULES, "cut-primary-etcd", "kill-patroni-replica");
    together(RULES, "power-off", "kill-haproxy");
    together(new ScheduleRules(ForgedOffers.LARGE), "power-off", "kill-etcd-follower");
  }

  @Test
  void whatAnEnvironmentCannotBearIsSaid() {
    ScheduleRules bare = new ScheduleRules(ForgedOffers.BARE);
    for (String name :
        List.of(
            "site-cut",
            "clock-back",
            "disk-full-wal",
            "partition-ring",
            "partition-halves",
            "kill-haproxy",
            "power-off-etcd-majority",
            "kill-etcd-leader")) {
      assertThat(bare.unfit(ForgedOffers.choice(name).fault())).as(name).isPresent();
    }
    assertThat(bare.unfit(ForgedOffers.choice("power-off-replica").fault())).isEmpty();
    assertThat(
            new ScheduleRules(ForgedOffers.LARGE)
                .unfit(ForgedOffers.choice("partition-ring").fault()))
        .isEmpty();
    assertThat(bare.unfit(new io.drillyard.fault.HostFault.SiteLoss())).isPresent();
  }

  @Test
  void aDiskIsLostOnceOnlyHoweverFarApart() {
    List<ScheduledFault> one = List.of(ForgedOffers.entry(1, 0, 5_000, "disk-loss"));
    assertThat(RULES.forbidden(one, ForgedOffers.entry(2, 500_000, 5_000, "disk-loss"), 2, 5_000))
        .hasValueSatisfying(why -> assertThat(why).contains("once"));
    assertThat(RULES.forbidden(one, ForgedOffers.entry(2, 500_000, 5_000, "power-off"), 2, 5_000))
        .isEmpty();
  }

  @Test
  void theGapCountsAsHeld() {
    List<ScheduledFault> one = List.of(ForgedOffers.entry(1, 0, 10_000, "kill-haproxy"));
    ScheduledFault soon = ForgedOffers.entry(2, 12_000, 5_000, "freeze-patroni");
    assertThat(RULES.forbidden(one, soon, 1, 5_000)).isPresent();
    assertThat(RULES.forbidden(one, soon.at(15_000), 1, 5_000)).isEmpty();
    assertThat(RULES.forbidden(one, soon, 2, 5_000)).isEmpty();
  }
}
