package io.drillyard.scenario.step;

import io.drillyard.approval.ApprovalFlaw;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.fault.NetworkFault;
import io.drillyard.fault.OperatorFault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of a planned hand-over, in their only safe order. */
public final class PlannedHandover {
  /** What turns the clients away; the outage begins with it. */
  public static final String ROUTE_CLOSED = "route-closed";

  private PlannedHandover() {}

  /**
   * From the question whether it is approved until the clients are let in again.
   *
   * @param from the cluster that serves
   * @param to the one that follows it
   */
  public static List<Step> steps(ClusterRef from, ClusterRef to) {
    return complete(from, to, null, null);
  }

  /**
   * The same by an order with a flaw, for a control.
   *
   * @param why the one rule that refuses it is not obeyed
   */
  public static List<Step> against(ClusterRef from, ClusterRef to, ApprovalFlaw flaw, String why) {
    return complete(from, to, flaw, why);
  }

  /** That it is asked for by itself, before a site is rebuilt for it. */
  public static Step approval(ClusterRef to) {
    return new AskApproval(to, null, null);
  }

  /** All but that: it was approved before. */
  public static List<Step> approved(ClusterRef from, ClusterRef to) {
    List<Step> steps = steps(from, to);
    return steps.subList(1, steps.size());
  }

  private static List<Step> complete(
      ClusterRef from, ClusterRef to, @Nullable ApprovalFlaw flaw, @Nullable String why) {
    List<Step> steps = begun(from, to, flaw, why);
    steps.add(new SpendToken(from, to, null));
    steps.add(new PromoteByToken(from, to));
    steps.add(new OpenRoute(to));
    steps.add(new ArchiveToOwnPath(to));
    return List.copyOf(steps);
  }

  /**
   * The same until the other cluster has proved the token; then somebody says stop, and the one
   * that was shut down serves again.
   */
  public static List<Step> takenBack(ClusterRef from, ClusterRef to) {
    List<Step> steps = begun(from, to, null, null);
    steps.add(new TakeBackHandover(from));
    steps.add(new OpenRoute(from));
    return List.copyOf(steps);
  }

  /**
   * The whole of it; the site of the cluster that was shut down is cut off when the token has been
   * spent, and the clients that stand there with it. That is not healed here.
   *
   * @param fault its name
   */
  public static List<Step> cutOff(ClusterRef from, ClusterRef to, String fault) {
    List<Step> steps = begun(from, to, null, null);
    steps.add(new SpendToken(from, to, null));
    steps.add(new InjectFault(fault, new NetworkFault.SiteCut(), true));
    steps.add(new PromoteByToken(from, to));
    steps.add(new OpenRoute(to));
    steps.add(new ArchiveToOwnPath(to));
    return List.copyOf(steps);
  }

  /** The same; it is not somebody who says stop, but the window closes. */
  public static List<Step> outOfWindow(ClusterRef from, ClusterRef to) {
    List<Step> steps = begun(from, to, null, null);
    steps.add(new LeaveWindow());
    steps.add(new SpendToken(from, to, ApprovalFlaw.OUTSIDE_WINDOW));
    steps.add(new OpenRoute(from));
    return List.copyOf(steps);
  }

  /** The same; the other cluster does not prove the token in time. */
  public static List<Step> unreached(ClusterRef from, ClusterRef to) {
    List<Step> steps = begun(from, to, null, null);
    steps.removeLast();
    steps.add(new DemoteByToken(from, to, true));
    steps.add(new OpenRoute(from));
    return List.copyOf(steps);
  }

  private static List<Step> begun(
      ClusterRef from, ClusterRef to, @Nullable ApprovalFlaw flaw, @Nullable String why) {
    return new ArrayList<>(
        List.of(
            new AskApproval(to, flaw, why),
            new AskRedundancy(from, to, false),
            new InjectFault(ROUTE_CLOSED, new OperatorFault.ClientsTurnedAway()),
            new ShutDownForHandover(from),
            new DemoteByToken(from, to, false)));
  }
}
