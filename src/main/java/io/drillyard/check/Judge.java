package io.drillyard.check;

import io.drillyard.declaration.Target;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All checks by name, and what their findings come to for a drill. */
public final class Judge {
  private static final List<Check> ALL =
      List.of(
          new FaultTookHold(),
          new FaultHealed(),
          new PlanWasCarriedOut(),
          new RecoveryTime(),
          new ServiceReturned(),
          new DataLoss(),
          new NoSplitBrain(),
          new PromotionWasPermitted(),
          new RedundancyRestored(),
          new ReplicasAsDeclared(),
          new FenceHeld(),
          new BackupsKept(),
          new BackupIsProven(),
          new FormerPathUntouched(),
          new LineageIsClean(),
          new GateWasRight(),
          new OrdersWereApproved(),
          new HandoverIsProved(),
          new ArchiveIsContinuous(),
          new SlotsSurvived(),
          new LoadWasAdequate(),
          new ClockWasSteady(),
          new LedgerIsSound());

  private static final List<String> ALWAYS = List.of(ClockWasSteady.NAME, LedgerIsSound.NAME);

  private Judge() {}

  /** Every check there is. */
  public static List<Check> all() {
    return ALL;
  }

  /**
   * The names of the checks that this ledger is judged by, fresh or stored: all of them, except
   * that a fence is judged only where one was planned, laid or looked at, that repositories are
   * judged in ledgers of a format that lists them, a backup where it was proved in the drill, the
   * path of an incarnation that was given up where a cluster was rebuilt, who descends from whom
   * where one took over from another, the gate before a promotion where it was asked, approvals
   * likewise, the token of a hand-over where one was planned or taken, that an archive is judged
   * where a leader was replaced or a site lost, declared slots where a leader was replaced, that
   * older ledgers are asked for waits in vain only where they tell of one, and that a storm is
   * judged by the service after its last heal, any other drill by its recovery time.
   */
  public static List<String> applicable(LedgerViews history) {
    boolean storm = StormFindings.is(history);
    return ALL.stream()
        .map(Check::name)
        .filter(name -> !name.equals(FenceHeld.NAME) || FenceHeld.applies(history))
        .filter(name -> !name.equals(BackupsKept.NAME) || BackupsKept.applies(history))
        .filter(name -> !name.equals(BackupIsProven.NAME) || BackupIsProven.applies(history))
        .filter(
            name -> !name.equals(FormerPathUntouched.NAME) || FormerPathUntouched.applies(history))
        .filter(name -> !name.equals(LineageIsClean.NAME) || LineageIsClean.applies(history))
        .filter(name -> !name.equals(GateWasRight.NAME) || GateWasRight.applies(history))
        .filter(
            name -> !name.equals(OrdersWereApproved.NAME) || OrdersWereApproved.applies(history))
        .filter(name -> !name.equals(HandoverIsProved.NAME) || HandoverIsProved.applies(history))
        .filter(
            name -> !name.equals(ArchiveIsContinuous.NAME) || ArchiveIsContinuous.applies(history))
        .filter(name -> !name.equals(SlotsSurvived.NAME) || SlotsSurvived.applies(history))
        .filter(name -> !name.equals(PlanWasCarriedOut.NAME) || PlanWasCarriedOut.applies(history))
        .filter(name -> !name.equals(storm ? RecoveryTime.NAME : ServiceReturned.NAME))
        .toList();
  }

  /**
   * The same, for a target: where nothing synchronous is declared no loss is bounded that several
   * faults bring about, and a storm is not judged by it; where nobody is declared who approves, and
   * nobody was asked, nothing is said of approvals; replicas are counted where they are declared.
   */
  public static List<String> applicable(LedgerViews history, Target target) {
    boolean unbounded = StormFindings.is(history) && !target.declaredSynchronous();
    return applicable(history).stream()
        .filter(name -> !unbounded || !name.equals(DataLoss.NAME))
        .filter(
            name ->
                !name.equals(ReplicasAsDeclared.NAME)
                    || ReplicasAsDeclared.applies(history, target))
        .filter(
            name ->
                !name.equals(OrdersWereApproved.NAME)
                    || target.objective().approval() != null
                    || OrdersWereApproved.asked(history))
        .toList();
  }

  /** The check of that name; null when there is none. */
  public static @Nullable Check named(String name) {
    for (Check check : ALL) {
      if (check.name().equals(name)) {
        return check;
      }
    }
    return null;
  }

  /**
   * Judges a run by the named checks, in that order, and always by the two that say whether the
   * ledger can be believed. A name that no check bears is UNDETERMINED, never left out.
   */
  public static List<Finding> judge(List<String> names, LedgerViews history, Target target) {
    Set<String> wanted = new LinkedHashSet<>(names);
    wanted.addAll(ALWAYS);
    List<Finding> findings = new ArrayList<>();
    for (String name : wanted) {
      Check check = named(name);
      findings.add(check == null ? unknown(name) : check.judge(history, target));
    }
    return List.copyOf(findings);
  }

  private static Finding unknown(String name) {
    return new Finding(
        name,
        Verdict.UNDETERMINED,
        "no-such-check",
        null,
        null,
        "there is no check of this name",
        List.of(),
        Map.of());
  }

  /** MISSED if any is, else UNDETERMINED if any is, else MET. Nothing judged is UNDETERMINED. */
  public static Verdict verdict(List<Finding> findings) {
    Verdict worst = findings.isEmpty() ? Verdict.UNDETERMINED : Verdict.MET;
    for (Finding finding : findings) {
      if (finding.verdict() == Verdict.MISSED) {
        return Verdict.MISSED;
      }
      worst = finding.verdict() == Verdict.MET ? worst : Verdict.UNDETERMINED;
    }
    return worst;
  }

  /** The verdict of a drill: over all findings; for a control, of the named check alone. */
  public static Verdict verdict(List<Finding> findings, Target target) {
    String control = target.control();
    return control == null ? verdict(findings) : of(findings, control);
  }

  /** What came of a control; null for an ordinary drill. */
  public static @Nullable ControlResult control(List<Finding> findings, Target target) {
    String control = target.control();
    if (control == null) {
      return null;
    }
    boolean proved =
        of(findings, FaultTookHold.NAME) == Verdict.MET
            && of(findings, LoadWasAdequate.NAME) == Verdict.MET;
    if (!proved) {
      return ControlResult.UNDETERMINED;
    }
    return switch (of(findings, control)) {
      case MISSED -> ControlResult.CAUGHT;
      case MET -> ControlResult.NOT_CAUGHT;
      case UNDETERMINED -> ControlResult.UNDETERMINED;
    };
  }

  private static Verdict of(List<Finding> findings, String name) {
    for (Finding finding : findings) {
      if (finding.check().equals(name)) {
        return finding.verdict();
      }
    }
    return Verdict.UNDETERMINED;
  }
}
