package io.drillyard.declaration;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one context declares for one disruption.
 *
 * @param failover who may promote
 * @param rto longest time from the injection (or from the heal, see {@code servesWhileHeld}) to
 *     recovered service
 * @param rpo most that may be lost
 * @param redundancy longest time from the heal until every declared standby streams again
 * @param servesWhileHeld true: service must recover while the fault is still in force; false: no
 *     recovery is expected before the heal, and RTO runs from the heal
 * @param share null: every case must keep RTO, RPO and redundancy; else the share of cases that
 *     must, to be shown by repeats
 * @param people how long they take before they order a promotion; null: not declared, or nobody has
 *     to
 * @param approval who may order a promotion, and when; null: not declared
 */
public record Objective(
    Disruption disruption,
    FailoverMode failover,
    Duration rto,
    Rpo rpo,
    Duration redundancy,
    boolean servesWhileHeld,
    @Nullable Share share,
    @Nullable OperatorTimes people,
    @Nullable ApprovalPolicy approval) {

  /** Without a share: every case must keep the figures. */
  public Objective(
      Disruption disruption,
      FailoverMode failover,
      Duration rto,
      Rpo rpo,
      Duration redundancy,
      boolean servesWhileHeld) {
    this(disruption, failover, rto, rpo, redundancy, servesWhileHeld, null);
  }

  /** Without times of people. */
  public Objective(
      Disruption disruption,
      FailoverMode failover,
      Duration rto,
      Rpo rpo,
      Duration redundancy,
      boolean servesWhileHeld,
      @Nullable Share share) {
    this(disruption, failover, rto, rpo, redundancy, servesWhileHeld, share, null, null);
  }

  /**
   * In words that ledgers keep: a share, times of people, and who approves, are told only where
   * they are declared, so that ledgers from before there were such still tell the target that they
   * are judged by.
   */
  @Override
  public String toString() {
    return "Objective[disruption=%s, failover=%s, rto=%s, rpo=%s, redundancy=%s, servesWhileHeld=%s%s%s%s]"
        .formatted(
            disruption,
            failover,
            rto,
            rpo,
            redundancy,
            servesWhileHeld,
            share == null ? "" : ", share=" + share,
            people == null ? "" : ", people=" + people,
            approval == null ? "" : ", approval=" + approval);
  }
}
