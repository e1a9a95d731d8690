package io.drillyard.declaration;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may order a promotion, how many of them it takes, and when.
 *
 * @param needed so many different approvers must approve (n of m)
 * @param executorApart whoever executes it is not counted among them
 * @param approvers by their keys
 * @param window in which alone it may be carried out; null: at any time
 */
public record ApprovalPolicy(
    int needed,
    boolean executorApart,
    List<Approver> approvers,
    @Nullable MaintenanceWindow window) {
  /** An approval that is not bound to one use lives no longer. */
  public static final Duration STANDING_MAX = Duration.ofDays(90);
}
