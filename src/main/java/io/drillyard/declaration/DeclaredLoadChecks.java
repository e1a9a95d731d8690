package io.drillyard.declaration;

import io.drillyard.declaration.DeclarationProblem.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether a declared load can show what it is there to show: outages, losses, two primaries. */
final class DeclaredLoadChecks {
  private static final Duration LONGEST_THRESHOLD = Duration.ofSeconds(5);
  private static final Duration LONGEST_GIVE_UP = Duration.ofSeconds(60);
  private static final Duration LONGEST_CLIENT = Duration.ofMinutes(10);
  private static final double FEW_PINNED = 5;

  private static final double USUAL_SERVICE = 80;

  private DeclaredLoadChecks() {}

  /**
   * What is wrong with any drill.
   *
   * @param sites of the inventory, at each of which clients may stand
   */
  static void environment(YamlNode root, int sites, DeclarationProblems problems) {
    YamlNode load = root.get("load");
    DeclaredTargetChecks lengths = new DeclaredTargetChecks(problems);
    lengths.bounded(
        load,
        "outage_threshold",
        Duration.ofSeconds(1),
        LONGEST_THRESHOLD,
        "an outage that is shorter is called none");
    lengths.bounded(
        load,
        "give_up",
        Duration.ofSeconds(10),
        LONGEST_GIVE_UP,
        "writes wait in the harness for that long instead of being refused");
    service(load, problems);
    for (String key : List.of("connect_timeout", "socket_timeout", "host_recheck")) {
      lengths.bounded(
          root.get("route"),
          key,
          Duration.ofSeconds(30),
          LONGEST_CLIENT,
          "a client that is stuck for that long sees nothing of what happens");
    }
    lengths.bounded(
        root.get("route"),
        "check_interval",
        Duration.ofSeconds(10),
        LONGEST_CLIENT,
        "nobody is led to a new primary for that long");
    YamlNode pinned = load.get("pinned_per_second");
    if (pinned.present() && decimal(pinned) < FEW_PINNED) {
      problems.blinding(
          pinned,
          "%s pinned writes a second: what a member accepts in between is seen by nobody"
              .formatted(pinned.raw()),
          "Write at least 5, such as 20");
    }
    for (YamlNode cluster : root.get("clusters").fields().values()) {
      new SessionParameterChecks(problems).connections(cluster.get("parameters"), load, sites);
    }
  }

  /** From when on a client counts as served again. */
  private static void service(YamlNode load, DeclarationProblems problems) {
    YamlNode settling = load.get("settling");
    Duration declared = DeclaredTargetChecks.value(settling);
    if (declared != null && declared.compareTo(ServiceLevel.SETTLING_LEAST) < 0) {
      problems.error(
          settling,
          "settling %s: an outage that comes back so soon is the same outage"
              .formatted(settling.raw()),
          "Write 30s or more");
    }
    YamlNode share = load.get("service_share");
    if (share.present() && percent(share.raw()) < USUAL_SERVICE) {
      problems.blinding(
          share,
          "service_share %s: a client that is refused every other write may count as served"
              .formatted(share.raw()),
          "Write 80 % or more, such as 90 %");
    }
  }

  private static double percent(String text) {
    try {
      return Double.parseDouble(text.replace("%", "").strip());
    } catch (NumberFormatException e) {
      // The schema says what is wrong with it.
      return USUAL_SERVICE;
    }
  }

  private static double decimal(YamlNode at) {
    return switch (at.value()) {
      case Long n -> n;
      case Double d -> d;
      case null, default -> Double.MAX_VALUE;
    };
  }

  /**
   * What is wrong with a drill for these targets.
   *
   * @param root of the environment's file
   * @param clients routed clients, one per site at which any stand
   * @param steady how long before the fault is judged
   */
  static List<DeclarationProblem> drill(
      YamlNode root,
      Environment environment,
      BoundedContext context,
      Objective objective,
      int clients,
      Duration steady,
      boolean strict) {
    YamlNode load = root.get("load");
    Environment.Load declared = environment.load();
    LoadFloor floor = LoadFloor.of(objective);
    String aim =
        " (%s × %s in '%s')"
            .formatted(context.name(), objective.disruption().word(), environment.name());
    Severity severity = strict ? Severity.ERROR : Severity.WARNING;
    List<DeclarationProblem> found = new ArrayList<>();
    for (String reason : floor.shortfalls(declared.routedPerSecond(), clients, steady)) {
      found.add(
          problem(
              load,
              "routed_per_second",
              severity,
              reason + aim,
              "Write routed_per_second: %d or more"
                  .formatted(floor.leastPerSecond(clients, steady))));
    }
    Duration rto = objective.rto();
    if (declared.outageThreshold().multipliedBy(5).compareTo(rto) > 0) {
      found.add(
          problem(
              load,
              "outage_threshold",
              severity,
              "an outage of up to %s is called none, and the RTO is %s"
                      .formatted(
                          Durations.format(declared.outageThreshold()), Durations.format(rto))
                  + aim,
              "Write at most a fifth of the RTO"));
    }
    if (declared.giveUp().multipliedBy(2).compareTo(rto) > 0) {
      found.add(
          problem(
              load,
              "give_up",
              severity,
              "a write may wait %s for a connection, and the RTO is %s"
                      .formatted(Durations.format(declared.giveUp()), Durations.format(rto))
                  + aim,
              "Write at most half of the RTO"));
    }
    if (objective.rpo() instanceof Rpo.Transactions t && t.most() > 0) {
      double judged = declared.routedPerSecond() * clients * steady.toMillis() / 1e3;
      if (t.most() >= judged) {
        found.add(
            problem(
                load,
                "routed_per_second",
                severity,
                "all %.0f writes that are judged before the fault may be lost with an RPO of %s"
                        .formatted(judged, t.words())
                    + aim,
                "Raise routed_per_second, or declare a smaller RPO"));
      }
    }
    return found;
  }

  private static DeclarationProblem problem(
      YamlNode load, String key, Severity severity, String message, String remedy) {
    YamlNode at = load.get(key);
    return new DeclarationProblem(at.file(), at.line(), at.column(), severity, message, remedy);
  }
}
