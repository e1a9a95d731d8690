package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a storm is judged by follows from the context's other targets. */
final class StormObjectiveTest {
  private final Map<Disruption, Objective> declared = new EnumMap<>(Disruption.class);

  private StormObjectiveTest declare(
      Disruption disruption, FailoverMode failover, long rtoSeconds, Rpo rpo, long redundancy) {
    declared.put(
        disruption,
        new Objective(
            disruption,
            failover,
            Duration.ofSeconds(rtoSeconds),
            rpo,
            Duration.ofSeconds(redundancy),
            true));
    return this;
  }

  private Objective of(String withinSite) {
    return Objects.requireNonNull(StormObjective.of(context(withinSite)));
  }

  private BoundedContext context(String withinSite) {
    return new BoundedContext(
        "orders",
        "",
        "",
        "",
        withinSite,
        "optional",
        null,
        declared,
        Duration.ofDays(1),
        Duration.ofDays(1));
  }

  private static Rpo seconds(long n) {
    return new Rpo.Time(Duration.ofSeconds(n));
  }

  @Test
  void withoutATargetInsideTheSiteNothingIsPromised() {
    assertThat(StormObjective.of(context("synchronous"))).isNull();
    declare(Disruption.SITE_LOSS, FailoverMode.MANUAL, 60, seconds(5), 60);
    assertThat(StormObjective.of(context("synchronous"))).isNull();
  }

  @Test
  void theLongestTimesOfAllFaultsInsideTheSiteCount() {
    declare(Disruption.NODE_LOSS, FailoverMode.AUTOMATIC, 30, seconds(2), 200);
    declare(Disruption.PARTITION, FailoverMode.AUTOMATIC, 45, seconds(7), 100);
    declare(Disruption.PROCESS_FREEZE, FailoverMode.AUTOMATIC, 40, seconds(3), 150);
    declare(Disruption.SITE_LOSS, FailoverMode.MANUAL, 900, seconds(60), 900);
    assertThat(of("asynchronous"))
        .isEqualTo(
            new Objective(
                Disruption.STORM,
                FailoverMode.AUTOMATIC,
                Duration.ofSeconds(45),
                seconds(7),
                Duration.ofSeconds(200),
                false));
  }

  @Test
  void whereReplicationInsideTheSiteIsSynchronousNothingMayBeLost() {
    declare(Disruption.NODE_LOSS, FailoverMode.AUTOMATIC, 30, seconds(2), 200);
    assertThat(of("synchronous").rpo()).isEqualTo(new Rpo.Transactions(0));
    declare(Disruption.NODE_LOSS, FailoverMode.AUTOMATIC, 30, new Rpo.Transactions(5), 200);
    assertThat(of("asynchronous").rpo()).isEqualTo(new Rpo.Time(Duration.ofMillis(1)));
  }

  @Test
  void theStrictestPermissionToPromoteCountsButNotThatOfOrderedMaintenance() {
    declare(Disruption.NODE_LOSS, FailoverMode.AUTOMATIC, 30, seconds(2), 200);
    declare(Disruption.PLANNED_MAINTENANCE, FailoverMode.MANUAL, 30, seconds(2), 200);
    assertThat(of("synchronous").failover()).isEqualTo(FailoverMode.AUTOMATIC);
    declare(Disruption.PARTITION, FailoverMode.MANUAL, 30, seconds(2), 200);
    declare(Disruption.PROCESS_FREEZE, FailoverMode.OPERATOR_APPROVED, 30, seconds(2), 200);
    assertThat(of("synchronous").failover()).isEqualTo(FailoverMode.MANUAL);
  }
}
