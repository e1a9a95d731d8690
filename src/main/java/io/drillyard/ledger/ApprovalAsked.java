package io.drillyard.ledger;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Before a promotion that somebody orders: may it be carried out now, by whom it was approved? All
 * that the answer rests on stands here, so that it is worked out again by public keys alone.
 *
 * @param at from the first look to the answer
 * @param cluster scope of the cluster that is to be promoted
 * @param order what was ordered
 * @param clock by which windows and validity were judged, ISO-8601 UTC
 * @param simulated the clock was set by the drill, and stand-ins signed for those who are declared
 * @param standIns public keys that count instead of the declared ones, by approver; empty unless
 *     simulated
 * @param again it was asked before, and is asked once more right before the point of no return
 * @param envelopes approvals as they were handed in, signed
 * @param uses objects that mark approvals as used
 * @param refusals codes of why it may not be carried out; empty: it may
 * @param breakGlass why somebody orders it without approval, in an emergency; null: nobody does
 * @param expected code of the refusal that the plan wants to see; null: none
 * @param leftOut code of the one rule that is not obeyed, in a control; null: all are
 */
public record ApprovalAsked(
    Interval at,
    String cluster,
    Order order,
    String clock,
    boolean simulated,
    Map<String, String> standIns,
    boolean again,
    List<String> envelopes,
    List<Use> uses,
    List<String> refusals,
    @Nullable String breakGlass,
    @Nullable String expected,
    @Nullable String leftOut)
    implements PromotionEvent {

  /**
   * What was ordered.
   *
   * @param subject what an approval has to name
   * @param files of declarations that the subject's digests are made of, in their folder
   * @param executor who carries it out
   * @param lossUpperMs how much is lost at most, milliseconds, as the gate answered; null: nothing
   *     is, or nobody can say
   * @param attest nobody knows whether the other side can write: somebody has to attest it
   */
  public record Order(
      Subject subject,
      List<String> files,
      String executor,
      @Nullable Double lossUpperMs,
      boolean attest) {}

  /**
   * What an approval has to name.
   *
   * @param run of the order
   * @param plan SHA-256 of the drill's plan with the steps of that episode
   * @param environment SHA-256 over the files of the environment
   * @param declarations SHA-256 of what the contexts declare
   * @param cluster scope of the cluster that is promoted
   */
  public record Subject(
      String run,
      String plan,
      String environment,
      String declarations,
      String context,
      String disruption,
      int episode,
      String cluster) {}

  /**
   * An object in the repository that marks an approval as used; it can be made only once.
   *
   * @param approval by all that was signed, {@code Approval.use}
   * @param key of the object
   * @param number of the use, from 1
   * @param created it was made by this very order; false: it was there
   */
  public record Use(String approval, String key, int number, boolean created) {}

  /** True when no rule refuses it. */
  public boolean granted() {
    return refusals.isEmpty();
  }

  /** The same, or an emergency or a control went on without a rule: it is carried out. */
  public boolean carriedOut() {
    return granted() || breakGlass != null || leftOut != null;
  }
}
