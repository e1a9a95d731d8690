package io.drillyard.approval;

import java.util.Locale;

/** Why an order may not be carried out, or an approval does not count for it. */
public enum Refusal {
  /** The declared window is not open. */
  WINDOW_CLOSED,
  /** Fewer different approvers than needed gave one that counts. */
  TOO_FEW_APPROVALS,
  /** What was handed in is no approval. */
  UNREADABLE,
  /** Whoever signed it is not declared. */
  NOT_AN_APPROVER,
  /** It is not signed by the key of whoever it names. */
  NOT_SIGNED,
  /** The key is revoked. */
  KEY_REVOKED,
  /** The key does not count yet, or no longer. */
  KEY_NOT_IN_FORCE,
  /** It approves another plan, environment or declaration. */
  OTHER_PLAN,
  /** It approves another promotion of this plan. */
  OTHER_SCOPE,
  /** It is bound to another run. */
  OTHER_RUN,
  /** It is not valid yet, by the clock of the order. */
  NOT_YET_VALID,
  /** It is no longer valid. */
  EXPIRED,
  /** It may be used again and again, for longer than any such may. */
  STANDS_TOO_LONG,
  /** Whoever approves carries it out. */
  EXECUTOR_APPROVES,
  /** It consents to less than may be lost. */
  CONSENT_TOO_SMALL,
  /** Nobody knows whether the other side can write, and no approval attests that it cannot. */
  NOT_ATTESTED,
  /** It was used before. */
  ALREADY_USED;

  /** The code in ledgers and reports: {@code window-closed}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
