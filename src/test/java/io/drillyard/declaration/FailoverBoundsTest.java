package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target that no failover can keep is told before anything runs, with the arithmetic. */
final class FailoverBoundsTest {
  private static final String CONTEXTS = "contexts.yaml";
  private static final String SYNC = "onprem-sync.yaml";

  private final Path folder;

  FailoverBoundsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private List<DeclarationProblem> reach(Yard yard) {
    Declarations declarations = yard.lenient();
    return declarations.reach(
        declarations.context("inventory-tenancy").orThrow(),
        Disruption.NODE_LOSS,
        declarations.environment("onprem-sync").orThrow());
  }

  @Test
  void theArithmetic() {
    Environment.Route route =
        new Environment.Route(
            "haproxy",
            List.of("lb1"),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            2,
            1);
    FailoverBounds bounds = FailoverBounds.of(30, 10, 10, false, route);
    assertThat(bounds.kept()).isTrue();
    assertThat(bounds.soonest()).isEqualTo(Duration.ofSeconds(19));
    assertThat(bounds.leaseLatest()).isEqualTo(Duration.ofMillis(30_500));
    assertThat(bounds.promotedLatest()).isEqualTo(Duration.ofSeconds(53));
    assertThat(bounds.routedLatest()).isEqualTo(Duration.ofMillis(54_500));
    assertThat(bounds.latest()).isEqualTo(Duration.ofMillis(57_500));
    assertThat(bounds.demotionLatest()).isEqualTo(Duration.ofSeconds(20));
    assertThat(FailoverBounds.of(10, 0, 1, false, route).ttl()).isEqualTo(Duration.ofSeconds(20));
    assertThat(FailoverBounds.of(20, 10, 10, false, route).kept()).isFalse();
  }

  @Test
  void theShippedTargetCanBeKept() {
    assertThat(reach(Yard.copiedTo(folder))).isEmpty();
  }

  @Test
  void aTargetBelowTheLeaseIsAnErrorAtItsLine() {
    Yard yard = Yard.copiedTo(folder).replace(CONTEXTS, "rto: 45s", "rto: 13s");
    DeclarationProblem problem = reach(yard).getFirst();
    assertThat(problem.isError()).isTrue();
    assertThat(problem.file()).isEqualTo(yard.path(SYNC));
    assertThat(problem.line()).isEqualTo(yard.line(SYNC, "ttl: 20"));
    assertThat(problem.message())
        .contains(
            "RTO 13s of 'inventory-tenancy' for node-loss",
            yard.path(CONTEXTS) + ":" + yard.line(CONTEXTS, "rto: 13s"),
            "ttl 20 s - loop_wait 5 s",
            "= 14 s");
  }

  @Test
  void aTargetBelowTheWorstCaseIsAWarning() {
    Yard yard = Yard.copiedTo(folder).replace(SYNC, "ttl: 20", "ttl: 30");
    assertThat(reach(yard))
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.isError()).isFalse();
              assertThat(p.message()).contains("can be missed", "= 49.5 s", "= 24 s");
            });
  }

  @Test
  void nothingIsSaidOfSettingsThatPatroniWouldChange() {
    Yard yard = Yard.copiedTo(folder).replace(SYNC, "loop_wait: 5", "loop_wait: 15");
    assertThat(reach(yard)).isEmpty();
  }

  @Test
  void anApprovedFailoverWaitsForPeople() {
    Yard yard =
        Yard.copiedTo(folder)
            .replace(CONTEXTS, "rto: 45s", "rto: 1s")
            .replace(CONTEXTS, "failover: automatic", "failover: manual");
    assertThat(reach(yard)).isEmpty();
  }
}
