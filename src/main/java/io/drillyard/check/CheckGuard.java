package io.drillyard.check;

import io.drillyard.declaration.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The gate every check passes through.
 *
 * <p>A wall clock that jumped disturbs what is drilled, and makes every finding UNDETERMINED, but
 * for two primaries: they are proved by the monotonic clock alone, whatever brought them about. So
 * does a service that somebody ended whom no fault sent, but for two primaries that were there
 * before it. A ledger that was cut off or contradicts itself can still prove a miss, never a met
 * target. And no ledger, however forged, makes a check throw.
 */
final class CheckGuard {
  private CheckGuard() {}

  static Finding judge(
      String check,
      LedgerViews history,
      Target target,
      BiFunction<LedgerViews, Target, Finding> body) {
    try {
      Finding finding = body.apply(history, target);
      LedgerSoundness soundness = history.soundness();
      boolean proved = check.equals(NoSplitBrain.NAME) && finding.verdict() == Verdict.MISSED;
      if (soundness.clockJumped() && finding.verdict() != Verdict.UNDETERMINED && !proved) {
        return undecided(finding, "clock-jumped", soundness.clockProblems());
      }
      ServiceExits ends = history.serviceEnds();
      if (!ends.undeclared().isEmpty()
          && finding.verdict() != Verdict.UNDETERMINED
          && !(proved && rivalsBefore(history, target, ends.firstUndeclaredNs()))) {
        return undecided(finding, "service-ended-by-hand", ends.undeclared());
      }
      List<String> reasons = new ArrayList<>(soundness.problems());
      reasons.addAll(ends.unread());
      reasons.addAll(soundness.clockProblems());
      reasons.addAll(LedgerDeclarations.doubts(history, target));
      if (finding.verdict() == Verdict.MET && !reasons.isEmpty()) {
        return undecided(finding, "ledger-in-doubt", reasons);
      }
      return finding;
    } catch (RuntimeException e) {
      // A forged ledger can hold anything (nulls, absurd numbers): that is not the reader's fault.
      return new Finding(
          check,
          Verdict.UNDETERMINED,
          "not-judgeable",
          null,
          null,
          "this ledger cannot be judged: " + e,
          List.of(),
          Map.of());
    }
  }

  /** Whether a commit beside the rightful branch was accepted before that moment. */
  private static boolean rivalsBefore(LedgerViews history, Target target, long ns) {
    return new OverlappingCommits(history, target)
        .findings().stream()
            .flatMap(clash -> clash.commits().stream())
            .anyMatch(commit -> commit.at().endNs() < ns);
  }

  private static Finding undecided(Finding finding, String code, List<String> reasons) {
    List<String> details =
        new ArrayList<>(reasons.subList(0, Math.min(reasons.size(), FindingBuilder.DETAILS_MAX)));
    details.add("on its own this check came to " + finding.verdict() + ": " + finding.summary());
    details.addAll(finding.details());
    return new Finding(
        finding.check(),
        Verdict.UNDETERMINED,
        code,
        finding.target(),
        finding.measured(),
        "the ledger cannot carry a verdict: " + reasons.get(0),
        List.copyOf(details),
        finding.parts());
  }
}
