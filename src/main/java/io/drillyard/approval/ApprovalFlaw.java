package io.drillyard.approval;

/** What is wrong with an order that a drill gives on purpose, and the refusal that it must meet. */
public enum ApprovalFlaw {
  /** The window is not open. */
  OUTSIDE_WINDOW(Refusal.WINDOW_CLOSED, "outside the declared window"),
  /** Nobody approved. */
  UNAPPROVED(Refusal.TOO_FEW_APPROVALS, "that nobody approved"),
  /** Somebody approved who is not declared. */
  STRANGER(Refusal.NOT_AN_APPROVER, "approved by somebody who may not"),
  /** The approval bears an approver's name and somebody else's signature. */
  FORGED(Refusal.NOT_SIGNED, "approved in the name of somebody who did not sign"),
  /** The key is revoked. */
  REVOKED_KEY(Refusal.KEY_REVOKED, "approved by a revoked key"),
  /** Another plan was approved. */
  OTHER_PLAN(Refusal.OTHER_PLAN, "approved for another plan"),
  /** Another promotion was approved. */
  OTHER_SCOPE(Refusal.OTHER_SCOPE, "approved for another cluster"),
  /** The approval is bound to another run. */
  OTHER_RUN(Refusal.OTHER_RUN, "approved for another run"),
  /** The approval is no longer valid. */
  EXPIRED(Refusal.EXPIRED, "whose approval has expired"),
  /** The approval is to stand for longer than any may. */
  STANDS_TOO_LONG(Refusal.STANDS_TOO_LONG, "whose approval stands for longer than any may"),
  /** Whoever approved carries it out. */
  BY_EXECUTOR(Refusal.EXECUTOR_APPROVES, "approved by whoever carries it out"),
  /** The approval was used before. */
  USED(Refusal.ALREADY_USED, "whose approval was used before"),
  /** Less may be lost than would be. */
  SMALL_CONSENT(Refusal.CONSENT_TOO_SMALL, "whose approval consents to less than may be lost"),
  /** Nobody attests that the other side cannot write. */
  UNATTESTED(Refusal.NOT_ATTESTED, "without anybody's attestation that the other side is fenced");

  private final Refusal refusal;
  private final String words;

  ApprovalFlaw(Refusal refusal, String words) {
    this.refusal = refusal;
    this.words = words;
  }

  /** Why such an order must be refused. */
  public Refusal refusal() {
    return refusal;
  }

  /** For a plan: an order … */
  public String words() {
    return words;
  }
}
