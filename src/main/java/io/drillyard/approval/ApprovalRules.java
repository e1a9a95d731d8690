package io.drillyard.approval;

import io.drillyard.declaration.ApprovalPolicy;
import io.drillyard.declaration.Approver;
import io.drillyard.ledger.ApprovalAsked;
import io.drillyard.signature.SignedEnvelope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether an order may be carried out: in its window, and approved by as many as are needed, each
 * of whom approved this and nothing else, in time, by a key that counts.
 */
public final class ApprovalRules {
  private ApprovalRules() {}

  /**
   * The answer.
   *
   * @param refusals why not; empty: it may
   * @param counted approvals that count, by what marks them as used
   * @param reasons in words, of the refusals first
   */
  public record Answer(Set<Refusal> refusals, Map<String, Approval> counted, List<String> reasons) {
    /** The codes of its refusals. */
    public List<String> codes() {
      return refusals.stream().map(Refusal::code).toList();
    }
  }

  /**
   * Asks by the rules alone; whether an approval was used before is asked of the repository.
   *
   * @param clock of the order
   * @param standIns public keys that count instead of the declared ones, by approver; empty: the
   *     declared ones count
   * @param envelopes as they were handed in
   */
  public static Answer ask(
      ApprovalPolicy policy,
      ApprovalAsked.Order order,
      Instant clock,
      Map<String, String> standIns,
      List<String> envelopes) {
    Set<Refusal> refusals = new TreeSet<>();
    List<String> reasons = new ArrayList<>();
    if (policy.window() != null && !policy.window().open(clock)) {
      refusals.add(Refusal.WINDOW_CLOSED);
      reasons.add("the window %s is not open at %s".formatted(policy.window(), clock));
    }
    Map<String, Approval> counted = new LinkedHashMap<>();
    Set<Refusal> rejected = new TreeSet<>();
    List<String> why = new ArrayList<>();
    for (String text : envelopes) {
      one(new Asked(policy, order, clock, standIns), text, counted, rejected, why);
    }
    long approvers = counted.values().stream().map(Approval::approver).distinct().count();
    if (approvers < policy.needed()) {
      refusals.add(Refusal.TOO_FEW_APPROVALS);
      refusals.addAll(rejected);
      reasons.add("%d of %d needed approvals count".formatted(approvers, policy.needed()));
    } else if (order.attest()
        && policy.needed() > 0
        && counted.values().stream().allMatch(a -> a.fence() == null)) {
      refusals.add(Refusal.NOT_ATTESTED);
      reasons.add("no approval attests that the other side cannot write");
    }
    reasons.addAll(why);
    return new Answer(refusals, counted, List.copyOf(reasons));
  }

  /** What an approval is held against. */
  private record Asked(
      ApprovalPolicy policy,
      ApprovalAsked.Order order,
      Instant clock,
      Map<String, String> standIns) {}

  private static void one(
      Asked asked,
      String text,
      Map<String, Approval> counted,
      Set<Refusal> rejected,
      List<String> why) {
    SignedEnvelope envelope;
    Approval approval;
    try {
      envelope = SignedEnvelope.parse(text);
      approval = Approval.of(envelope);
    } catch (IllegalArgumentException e) {
      rejected.add(Refusal.UNREADABLE);
      why.add(String.valueOf(e.getMessage()));
      return;
    }
    Set<Refusal> own = refusals(asked, approval, envelope);
    if (own.isEmpty()) {
      counted.put(Approval.use(envelope), approval);
    } else {
      rejected.addAll(own);
      own.forEach(
          r -> why.add("the approval of '%s': %s".formatted(approval.approver(), r.code())));
    }
  }

  private static Set<Refusal> refusals(Asked asked, Approval approval, SignedEnvelope envelope) {
    Set<Refusal> refusals = new TreeSet<>();
    Approver approver =
        asked.policy().approvers().stream()
            .filter(a -> a.name().equals(approval.approver()))
            .findFirst()
            .orElse(null);
    if (approver == null) {
      // Of somebody unknown nothing else is worth saying.
      return Set.of(Refusal.NOT_AN_APPROVER);
    }
    String key =
        asked.standIns().isEmpty()
            ? approver.key()
            : asked.standIns().getOrDefault(approver.name(), "");
    if (!envelope.signedBy(key)) {
      return Set.of(Refusal.NOT_SIGNED);
    }
    Instant clock = asked.clock();
    if (approver.revoked() != null && !clock.isBefore(approver.revoked())) {
      refusals.add(Refusal.KEY_REVOKED);
    }
    Instant given = Instant.parse(approval.given());
    Instant expires = Instant.parse(approval.expires());
    if (clock.isBefore(approver.from())
        || !clock.isBefore(approver.until())
        || given.isBefore(approver.from())) {
      refusals.add(Refusal.KEY_NOT_IN_FORCE);
    }
    if (clock.isBefore(given)) {
      refusals.add(Refusal.NOT_YET_VALID);
    }
    if (!clock.isBefore(expires)) {
      refusals.add(Refusal.EXPIRED);
    }
    if (approval.standing() && expires.isAfter(given.plus(ApprovalPolicy.STANDING_MAX))) {
      refusals.add(Refusal.STANDS_TOO_LONG);
    }
    ApprovalAsked.Order order = asked.order();
    subject(approval.subject(), order.subject(), refusals);
    if (asked.policy().executorApart() && same(approval.approver(), order.executor())) {
      refusals.add(Refusal.EXECUTOR_APPROVES);
    }
    Double loss = order.lossUpperMs();
    if (loss != null
        && loss > 0
        && !(approval.consentMs() != null && approval.consentMs() >= loss)) {
      refusals.add(Refusal.CONSENT_TOO_SMALL);
    }
    return refusals;
  }

  private static boolean same(String approver, String executor) {
    return approver
        .strip()
        .toLowerCase(Locale.ROOT)
        .equals(executor.strip().toLowerCase(Locale.ROOT));
  }

  private static void subject(
      ApprovalAsked.Subject approved, ApprovalAsked.Subject ordered, Set<Refusal> refusals) {
    if (!ordered.plan().equals(approved.plan())
        || !ordered.environment().equals(approved.environment())
        || !ordered.declarations().equals(approved.declarations())) {
      refusals.add(Refusal.OTHER_PLAN);
    }
    if (!ordered.context().equals(approved.context())
        || !ordered.disruption().equals(approved.disruption())
        || ordered.episode() != approved.episode()
        || !ordered.cluster().equals(approved.cluster())) {
      refusals.add(Refusal.OTHER_SCOPE);
    }
    if (approved.run() != null
        && !approved.run().isEmpty()
        && !approved.run().equals(ordered.run())) {
      refusals.add(Refusal.OTHER_RUN);
    }
  }
}
