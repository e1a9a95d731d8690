package io.drillyard.approval;

import io.drillyard.declaration.ApprovalPolicy;
import io.drillyard.declaration.Approver;
import io.drillyard.ledger.ApprovalAsked;
import io.drillyard.signature.SignatureKeys;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stand-ins for the declared approvers, each with a key of their own that lives as long as the
 * drill: they approve whatever it orders, and their approvals count as nobody's decision.
 */
public final class SimulatedApprovers {
  /** Who fences and approves where the drill does it itself. */
  public static final String SIMULATED = "simulated operator";

  private static final Duration VALID = Duration.ofHours(2);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ApprovalPolicy policy;
  private final Map<String, KeyPair> keys = new LinkedHashMap<>();

  /** For those who are declared. */
  public SimulatedApprovers(ApprovalPolicy policy) {
    this.policy = policy;
    policy.approvers().forEach(a -> keys.put(a.name(), SignatureKeys.generate()));
  }

  /** Their public keys, by the approvers that they stand in for. */
  public Map<String, String> publicKeys() {
    Map<String, String> texts = new TreeMap<>();
    keys.forEach((name, pair) -> texts.put(name, SignatureKeys.text(pair.getPublic())));
    return texts;
  }

  /**
   * As many approvals as are needed.
   *
   * @param flaw what is wrong with them; null: nothing
   * @throws IllegalArgumentException when nobody is declared who could give such
   */
  public List<String> approve(
      ApprovalAsked.Order order, Instant clock, @Nullable ApprovalFlaw flaw) {
    if (flaw == ApprovalFlaw.UNAPPROVED) {
      return List.of();
    }
    List<Approver> willing = new ArrayList<>();
    for (Approver approver : policy.approvers()) {
      boolean revoked = approver.revoked() != null && !clock.isBefore(approver.revoked());
      boolean counts =
          !clock.isBefore(approver.from()) && clock.plus(VALID).isBefore(approver.until());
      boolean wanted = (flaw == ApprovalFlaw.REVOKED_KEY) == revoked && (counts || revoked);
      boolean spared =
          flaw == ApprovalFlaw.BY_EXECUTOR
              ? !approver.name().equals(order.executor())
              : approver.name().equals(order.executor()) && policy.executorApart();
      if (wanted && !spared) {
        willing.add(approver);
      }
    }
    int most = flaw == null ? policy.needed() : Math.max(1, policy.needed());
    if (willing.size() < (flaw == null ? policy.needed() : 1)) {
      throw new IllegalArgumentException(
          "nobody is declared who could give an approval"
              + (flaw == null ? "" : " for an order " + flaw.words()));
    }
    return willing.stream().limit(most).map(approver -> one(approver, order, clock, flaw)).toList();
  }

  private String one(
      Approver approver, ApprovalAsked.Order order, Instant clock, @Nullable ApprovalFlaw flaw) {
    boolean stranger = flaw == ApprovalFlaw.STRANGER;
    KeyPair pair = keys.get(approver.name());
    KeyPair used =
        pair == null || stranger || flaw == ApprovalFlaw.FORGED ? SignatureKeys.generate() : pair;
    Instant given = clock.minus(MINUTE);
    Instant expires = given.plus(VALID);
    if (flaw == ApprovalFlaw.EXPIRED) {
      given = clock.minus(VALID);
      expires = clock.minus(MINUTE);
    }
    if (flaw == ApprovalFlaw.STANDS_TOO_LONG) {
      expires = given.plus(ApprovalPolicy.STANDING_MAX).plus(MINUTE);
    }
    Double loss = order.lossUpperMs();
    Approval approval =
        new Approval(
            UUID.randomUUID().toString(),
            stranger ? "stranger" : approver.name(),
            SIMULATED,
            subject(order.subject(), flaw),
            flaw == ApprovalFlaw.STANDS_TOO_LONG,
            given.toString(),
            expires.toString(),
            loss == null
                ? null
                : flaw == ApprovalFlaw.SMALL_CONSENT ? Double.valueOf(loss / 2) : loss,
            order.attest() && flaw != ApprovalFlaw.UNATTESTED
                ? new Approval.FenceAttestation(SIMULATED, "by the drill's plan", given.toString())
                : null);
    return approval.sign(used.getPrivate(), SignatureKeys.text(used.getPublic())).json();
  }

  private static ApprovalAsked.Subject subject(
      ApprovalAsked.Subject ordered, @Nullable ApprovalFlaw flaw) {
    return new ApprovalAsked.Subject(
        flaw == ApprovalFlaw.OTHER_RUN ? "another-" + ordered.run() : ordered.run(),
        flaw == ApprovalFlaw.OTHER_PLAN ? ordered.environment() : ordered.plan(),
        ordered.environment(),
        ordered.declarations(),
        ordered.context(),
        ordered.disruption(),
        ordered.episode(),
        flaw == ApprovalFlaw.OTHER_SCOPE ? "another-" + ordered.cluster() : ordered.cluster());
  }
}
