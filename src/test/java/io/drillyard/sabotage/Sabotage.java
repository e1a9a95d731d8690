package io.drillyard.sabotage;

import io.drillyard.check.Finding;
import io.drillyard.check.Judge;
import io.drillyard.check.Verdict;
import io.drillyard.launch.DrillJudging;
import io.drillyard.ledger.Event;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One way to spoil a truthful ledger.
 *
 * @param name in a few words
 * @param what is done to the truth
 * @param check that must notice
 * @param expected its verdict
 * @param fits drills to which it can be done
 * @param act the spoilt ledger
 */
record Sabotage(
    String name,
    String what,
    String check,
    Verdict expected,
    Predicate<Clean> fits,
    Function<Clean, List<Event>> act) {

  static final Predicate<Clean> ANY = c -> true;

  /** A fault that was held, and a leader that changed. */
  static final Predicate<Clean> HELD = c -> !c.ordered() && !c.oldLeader().equals(c.newLeader());

  /** The leader changed within one cluster. */
  static final Predicate<Clean> FAILOVER =
      c ->
          !c.oldLeader().equals(c.newLeader())
              && c.of(Event.Action.class).stream().noneMatch(a -> a.verb().equals("fence"));

  /** A site was fenced and another one took over. */
  static final Predicate<Clean> TAKEOVER =
      c -> c.of(Event.Action.class).stream().anyMatch(a -> a.verb().equals("fence"));

  /** What came of it. */
  record Result(Sabotage sabotage, String drill, Verdict check, Verdict drillVerdict, String why) {
    /** For a person. */
    String words() {
      return "%s on %s: %s came to %s (%s), the drill to %s"
          .formatted(sabotage.name(), drill, sabotage.check(), check, why, drillVerdict);
    }

    boolean caught() {
      return check == sabotage.expected() && drillVerdict != Verdict.MET;
    }
  }

  Result on(Clean clean) {
    List<Finding> findings = DrillJudging.findings(act.apply(clean), clean.target());
    Finding finding =
        findings.stream().filter(f -> f.check().equals(check)).findFirst().orElseThrow();
    return new Result(
        this,
        clean.name(),
        finding.verdict(),
        Judge.verdict(findings, clean.target()),
        finding.summary());
  }
}
