package io.drillyard.declaration;

import io.drillyard.declaration.DeclarationProblem.Severity;
import java.time.Duration;
import java.util.List;

/**
 * Whether a declared RTO can be kept with what is configured, before anything runs: an error if no
 * failover can come that soon, a warning if it can come later.
 */
final class AchievableRtoChecks {
  private AchievableRtoChecks() {}

  /**
   * For a drill that takes the primary away.
   *
   * @param patroni the node of the environment's dynamic configuration
   * @param rto the node of the declared target
   */
  static List<DeclarationProblem> of(
      YamlNode patroni,
      YamlNode rto,
      BoundedContext context,
      Objective objective,
      Environment env) {
    FailoverBounds bounds = FailoverBounds.of(env.serving(), env.route());
    boolean fromInjection = objective.servesWhileHeld();
    if (objective.failover() != FailoverMode.AUTOMATIC || !fromInjection || !bounds.kept()) {
      return List.of();
    }
    Duration target = objective.rto();
    boolean impossible = target.compareTo(bounds.soonest()) < 0;
    if (!impossible && target.compareTo(bounds.latest()) >= 0) {
      return List.of();
    }
    YamlNode at = patroni.get("ttl").present() ? patroni.get("ttl") : patroni;
    String declared =
        "RTO %s of '%s' for %s (%s:%d) with the settings of '%s'"
            .formatted(
                rto.raw(),
                context.name(),
                objective.disruption().word(),
                rto.file(),
                rto.line(),
                env.name());
    DeclarationProblem problem =
        impossible
            ? new DeclarationProblem(
                at.file(),
                at.line(),
                at.column(),
                Severity.ERROR,
                declared + " cannot be met: no failover comes sooner than " + bounds.soonestWords(),
                "Shorten ttl (Patroni's minimum is 20) or lengthen the target")
            : new DeclarationProblem(
                at.file(),
                at.line(),
                at.column(),
                Severity.WARNING,
                declared
                    + " can be missed: a failover may take "
                    + bounds.latestWords()
                    + "; it comes no sooner than "
                    + bounds.soonestWords(),
                "Shorten ttl, loop_wait or retry_timeout, or lengthen the target");
    return List.of(problem);
  }
}
