package io.drillyard.scenario.step;

import io.drillyard.declaration.ClusterRef;
import java.util.List;

/** The steps of a planned hand-over, in their only safe order. */
public final class PlannedHandover {
  private PlannedHandover() {}

  /**
   * From the clients' having been turned away until they are let in again.
   *
   * @param from the cluster that serves
   * @param to the one that follows it
   */
  public static List<Step> steps(ClusterRef from, ClusterRef to) {
    return List.of(
        new ShutDownForHandover(from),
        new DemoteByToken(from, to),
        new PromoteByToken(from, to),
        new OpenRoute(to));
  }

  /**
   * The same until the other cluster has proved the token; then somebody says stop, and the one
   * that was shut down serves again.
   */
  public static List<Step> takenBack(ClusterRef from, ClusterRef to) {
    return List.of(
        new ShutDownForHandover(from),
        new DemoteByToken(from, to),
        new TakeBackHandover(from, to),
        new OpenRoute(from));
  }
}
