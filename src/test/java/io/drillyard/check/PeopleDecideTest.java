package io.drillyard.check;

import static io.drillyard.check.Drills.FAULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.declaration.Disruption;
import io.drillyard.declaration.FailoverMode;
import io.drillyard.declaration.Objective;
import io.drillyard.declaration.OperatorTimes;
import io.drillyard.declaration.Rpo;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.ApprovalAsked;
import io.drillyard.ledger.ApprovalWanted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How long people took counts where the drill waited for them; what is declared, where not. */
class PeopleDecideTest {
  private static final ApprovalAsked.Order ORDER =
      new ApprovalAsked.Order(
          new ApprovalAsked.Subject(
              "run", "plan", "environment", "declarations", "orders", "site-loss", 1, "alpha"),
          List.of(),
          "olga",
          null,
          false);

  private static ApprovalAsked asked(
      double from, double to, boolean simulated, boolean again, String... refusals) {
    return new ApprovalAsked(
        Forge.at(from, to),
        "alpha",
        ORDER,
        "2026-11-29T02:00:00Z",
        simulated,
        Map.of(),
        again,
        List.of(),
        List.of(),
        List.of(refusals),
        null,
        null,
        null);
  }

  private static ApprovalWanted wanted(double ms, String cluster) {
    return new ApprovalWanted(Forge.at(ms, ms), cluster, ORDER, 60_000);
  }

  private static @Nullable Double decided(Forge forge) {
    return PromotionApproval.decidedMs(forge.history());
  }

  private static Forge waited(ApprovalAsked asked, ApprovalWanted wanted) {
    return Drills.powerOff().add(wanted).add(asked);
  }

  @Test
  void whatADrillWaitedForIsWhatPeopleTook() {
    double from = FAULT + 1_000;
    Forge once = waited(asked(from, from + 3_000, false, false), wanted(from + 10, "alpha"));
    assertThat(decided(once)).isEqualTo(3_000.0);
    // To the moment: it began to wait when it was asked, and until it was answered.
    assertThat(decided(waited(asked(from, from + 3_000, false, false), wanted(from, "alpha"))))
        .isEqualTo(3_000.0);
    assertThat(
            decided(waited(asked(from, from + 3_000, false, false), wanted(from + 3_000, "alpha"))))
        .isEqualTo(3_000.0);
    once.add(wanted(from + 5_000, "alpha"));
    once.add(asked(from + 5_000, from + 5_500, false, false));
    assertThat(decided(once)).isEqualTo(3_500.0);
  }

  @Test
  void nobodyDecidedWhereNobodyWasWaitedFor() {
    double from = FAULT + 1_000;
    double to = from + 3_000;
    assertThat(decided(Drills.powerOff())).isNull();
    assertThat(decided(Drills.powerOff().add(asked(from, to, false, false)))).isNull();
    ApprovalWanted wanted = wanted(from + 10, "alpha");
    assertThat(decided(waited(asked(from, to, true, false), wanted))).isNull();
    assertThat(decided(waited(asked(from, to, false, true), wanted))).isNull();
    assertThat(decided(waited(asked(from, to, false, false, "expired"), wanted))).isNull();
    ApprovalAsked good = asked(from, to, false, false);
    assertThat(decided(waited(good, wanted(from + 10, "beta")))).isNull();
    assertThat(decided(waited(good, wanted(from - 1, "alpha")))).isNull();
    assertThat(decided(waited(good, wanted(to + 1, "alpha")))).isNull();
  }

  private static Target people() {
    return Drills.target(
        new Objective(
            Disruption.NODE_LOSS,
            FailoverMode.OPERATOR_APPROVED,
            Duration.ofMinutes(5),
            new Rpo.Transactions(0),
            Duration.ofSeconds(10),
            true,
            null,
            new OperatorTimes(Duration.ofSeconds(30), Duration.ofSeconds(90)),
            null));
  }

  @Test
  void whatIsDeclaredOfTheirDecisionCountsOnlyWhereItWasNotMeasured() {
    Forge ordered =
        Drills.powerOff()
            .action(FAULT + 2_000, FAULT + 2_100, "operator", "approve-promotion", "alpha");
    assertThat(PromotionApproval.declaredNs(ordered.history(), people()))
        .isEqualTo(Duration.ofMinutes(2).toNanos());
    assertThat(PromotionApproval.declaredNs(ordered.history(), Drills.target())).isZero();
    assertThat(PromotionApproval.declaredNs(Drills.powerOff().history(), people())).isZero();
    ordered.add(wanted(FAULT + 1_000, "alpha"));
    ordered.add(asked(FAULT + 1_000, FAULT + 1_900, false, false));
    assertThat(PromotionApproval.declaredNs(ordered.history(), people()))
        .isEqualTo(Duration.ofSeconds(30).toNanos());
  }
}
