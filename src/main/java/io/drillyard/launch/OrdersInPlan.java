package io.drillyard.launch;

import io.drillyard.declaration.ClusterRef;
import io.drillyard.ledger.ApprovalAsked;
import io.drillyard.ledger.DrillPlan;
import io.drillyard.play.OrderSubject;
import io.drillyard.scenario.step.BeginEpisode;
import io.drillyard.scenario.step.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The promotions that somebody orders in a drill, as an approval names each. */
public final class OrdersInPlan {
  private OrdersInPlan() {}

  /**
   * In their order.
   *
   * @param environments folder of the declarations
   * @param run that they are bound to; empty: to none
   */
  public static List<ApprovalAsked.Subject> of(PlannedDrill part, Path environments, String run) {
    DrillPlan plan = RunPlanning.drill(part);
    Map<String, String> declarations = RunPlanning.declarations(environments);
    List<ApprovalAsked.Subject> orders = new ArrayList<>();
    int episode = 1;
    for (Step step : part.drill().steps()) {
      if (step instanceof BeginEpisode) {
        episode++;
      }
      ClusterRef promoted = step.promotes();
      if (promoted != null) {
        orders.add(
            OrderSubject.of(run, plan, declarations, part.environment(), part.drill(), episode)
                .promoting(promoted.in(part.environment()).scope()));
      }
    }
    return List.copyOf(orders);
  }
}
