package io.drillyard.approval;

import io.drillyard.declaration.ApprovalPolicy;
import io.drillyard.declaration.Approver;
import io.drillyard.declaration.MaintenanceWindow;
import io.drillyard.ledger.ApprovalAsked;
import io.drillyard.signature.SignatureKeys;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Policies and orders that tests start from. */
public final class Orders {
  /** A Sunday morning, in the window. */
  public static final Instant SUNDAY = Instant.parse("2026-11-29T02:00:00Z");

  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2027-01-01T00:00:00Z");

  private Orders() {}

  /** Two of three approve, none of whom carries it out; a fourth one's key is revoked. */
  public static ApprovalPolicy policy(int needed) {
    return new ApprovalPolicy(
        needed,
        true,
        List.of(
            approver("ines", null),
            approver("jonas", null),
            approver("karim", null),
            approver("lea", Instant.parse("2026-06-30T00:00:00Z"))),
        MaintenanceWindow.parse("UTC", "SUN 01:00-05:00"));
  }

  private static Approver approver(String name, @Nullable Instant revoked) {
    return new Approver(
        name, SignatureKeys.text(SignatureKeys.generate().getPublic()), FROM, UNTIL, revoked);
  }

  /** An order by olga. */
  public static ApprovalAsked.Order order(@Nullable Double lossUpperMs, boolean attest) {
    return new ApprovalAsked.Order(
        new ApprovalAsked.Subject(
            "run", "plan", "environment", "declarations", "orders", "failback", 1, "cloud"),
        List.of("contexts.yaml", "e.yaml"),
        "olga",
        lossUpperMs,
        attest);
  }

  /** The same order, carried out by somebody else. */
  public static ApprovalAsked.Order by(String executor, ApprovalAsked.Order order) {
    return new ApprovalAsked.Order(
        order.subject(), order.files(), executor, order.lossUpperMs(), order.attest());
  }
}
