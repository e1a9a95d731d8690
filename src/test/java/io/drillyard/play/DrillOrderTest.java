package io.drillyard.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.DrillPlan;
import io.drillyard.ledger.RunPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the launcher orders is what the lab is told, however long it is. */
final class DrillOrderTest {
  private static final DrillPlan DRILL =
      new DrillPlan(
          "PowerOff",
          "two-sites",
          "orders",
          "node-loss",
          "Power off",
          "It serves again, \"soon\"; $HOME stays 'as it is'.\n",
          null,
          null,
          "Target[…]",
          Map.of("patroni.ttl", "20"),
          List.of("tls"),
          List.of(),
          null,
          null);

  private static DrillOrder order(int drills) {
    Random random = new Random(1);
    List<RunPlan.Entry> entries = new ArrayList<>();
    for (int i = 0; i < drills; i++) {
      String sha256 = "%016x%016x".formatted(random.nextLong(), random.nextLong()).repeat(2);
      entries.add(
          new RunPlan.Entry(
              "%02d-PowerOff".formatted(i), "PowerOff", "e" + i, "orders", "node-loss", sha256));
    }
    RunPlan run =
        new RunPlan(
            RunPlan.Kind.WHOLE,
            0,
            "",
            Map.of(),
            Map.of(),
            Map.of(),
            List.of(),
            List.copyOf(entries));
    return new DrillOrder(
        "baseline.PowerOff",
        "e",
        "orders",
        "run-1",
        true,
        "",
        "a: b\n",
        run,
        DRILL,
        new ApprovalsGiven(List.of("{}"), "olga", null, 900));
  }

  @Test
  void anOrderIsReadAsItWasGiven() {
    assertThat(DrillOrder.of(order(3).arguments())).isEqualTo(order(3));
  }

  @Test
  void aPlanOfManyDrillsIsPassedInPiecesThatTheKernelTakes() {
    DrillOrder order = order(20_000);
    List<String> arguments = order.arguments();
    assertThat(arguments.size()).isGreaterThan(9);
    assertThat(arguments).allMatch(a -> a.length() < 128 * 1024 && !a.isEmpty());
    assertThat(DrillOrder.of(arguments)).isEqualTo(order);
  }
}
