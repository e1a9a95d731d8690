package io.drillyard.scenario.step;

import io.drillyard.approval.ApprovalFlaw;
import io.drillyard.cluster.Cluster;
import io.drillyard.ledger.ApprovalAsked;
import org.jspecify.annotations.Nullable;

/** Where approvals for a promotion are handed in, gone through and marked as used. */
public interface PromotionApprovals {
  /** True where the context declares who approves, or when. */
  boolean declared();

  /**
   * Asks whether an order may be carried out, and writes down what was asked and answered.
   *
   * @param candidate that is to be promoted
   * @param terms of the order
   */
  ApprovalAsked ask(Cluster candidate, Terms terms);

  /**
   * Asks once more, by the clock of now, with what was handed in when it was granted.
   *
   * @param expected that the plan wants it to be refused by; null: it is to be granted
   */
  ApprovalAsked again(Cluster candidate, @Nullable ApprovalFlaw expected);

  /** What was answered last; null: nobody asked. */
  @Nullable ApprovalAsked latest();

  /** From now on the clock by which windows are judged stands behind the window's end. */
  void leaveWindow();

  /**
   * Of an order.
   *
   * @param lossUpperMs how much is lost at most, milliseconds; null: nothing is
   * @param attest somebody has to attest that the other side cannot write
   * @param flaw what is wrong with it on purpose; null: nothing
   * @param leftOut code of the rule that a control does not obey; null: all are
   */
  record Terms(
      @Nullable Double lossUpperMs,
      boolean attest,
      @Nullable ApprovalFlaw flaw,
      @Nullable String leftOut) {}
}
