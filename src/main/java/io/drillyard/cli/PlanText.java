package io.drillyard.cli;

import io.drillyard.declaration.ClusterPlan;
import io.drillyard.declaration.Environment;
import io.drillyard.declaration.Environment.HostPlan;
import io.drillyard.declaration.Environment.SitePlan;
import io.drillyard.declaration.Objective;
import io.drillyard.declaration.OperatorTimes;
import io.drillyard.evidence.text.FigureWords;
import io.drillyard.launch.PlannedDrill;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.step.Step;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A drill's plan as text: what is built, what is declared, and every step with its limit. */
final class PlanText {
  private final StringBuilder out = new StringBuilder();

  private PlanText() {}

  /** The text, with an empty line before it. */
  static String of(PlannedDrill part) {
    PlanText text = new PlanText();
    text.claim(part);
    text.environment(part.environment());
    text.steps(part.drill());
    return text.out.toString();
  }

  /** The sites with only those hosts that will be built: the ones that the environment names. */
  static List<SitePlan> built(Environment environment) {
    Set<String> named = new LinkedHashSet<>(environment.route().hosts());
    environment.repositories().forEach(r -> named.add(r.host()));
    for (ClusterPlan cluster : environment.clusters()) {
      named.addAll(cluster.members());
      named.addAll(cluster.etcd());
    }
    return environment.inventory().sites().stream()
        .map(
            site ->
                new SitePlan(
                    site.name(),
                    site.subnet(),
                    site.hosts().stream().filter(h -> named.contains(h.name())).toList()))
        .toList();
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private void claim(PlannedDrill part) {
    Drill drill = part.drill();
    line("%n%s: %s".formatted(part.scenario(), drill.title()));
    line("  %s".formatted(drill.claim()));
    Drill.Control control = drill.control();
    if (control != null) {
      line(
          "  Known unsafe: %s. The check %s must catch it."
              .formatted(control.why(), control.check()));
    }
    List<PlannedDrill> episodes = part.episodes();
    for (int i = 0; i < episodes.size(); i++) {
      judged(episodes.get(i), episodes.size() == 1 ? "" : "Episode %d: ".formatted(i + 1));
    }
  }

  private void judged(PlannedDrill part, String which) {
    Drill drill = part.drill();
    Objective objective = part.objective();
    line(
        "  %sJudged for %s %s %s: failover %s, RTO %s, RPO %s, redundancy %s%s"
            .formatted(
                which,
                part.context().name(),
                drill.exercises() ? "x" : "beside",
                drill.disruption().word(),
                objective.failover().word(),
                FigureWords.duration(objective.rto()),
                FigureWords.rpo(objective.rpo()),
                FigureWords.duration(objective.redundancy()),
                objective.servesWhileHeld() ? "" : "; RTO counts from the heal"));
    OperatorTimes people = objective.people();
    if (people != null) {
      line(
          "  Of the RTO people take %s to detect and %s to decide, as declared; the drill simulates them."
              .formatted(
                  FigureWords.duration(people.detection()),
                  FigureWords.duration(people.decision())));
    }
    if (!drill.exercises()) {
      line(
          "  It exercises no %s: it is judged by the same targets, and fills no cell."
              .formatted(drill.disruption().word()));
    }
  }

  private void environment(Environment environment) {
    line(
        "  Environment %s: image %s, storage %s"
            .formatted(environment.name(), environment.image(), environment.storage().kind()));
    for (SitePlan site : built(environment)) {
      String hosts =
          site.hosts().stream()
              .map((HostPlan h) -> h.name() + " " + h.address())
              .collect(Collectors.joining(", "));
      line("    site %s, %s: %s".formatted(site.name(), site.subnet(), hosts));
    }
    for (ClusterPlan cluster : environment.clusters()) {
      line(
          "    cluster %s %s: members %s; etcd %s; %s"
              .formatted(
                  cluster.name(),
                  relation(cluster),
                  String.join(", ", cluster.members()),
                  String.join(", ", cluster.etcd()),
                  cluster.patroni().entrySet().stream()
                      .map(e -> e.getKey() + " " + e.getValue())
                      .collect(Collectors.joining(", "))));
    }
    for (Environment.RepositoryState repository : environment.repositories()) {
      line(
          "    repository: %s bucket %s on %s"
              .formatted(repository.type(), repository.bucket(), repository.host()));
    }
    environment
        .contracts()
        .forEach((key, value) -> line("    contract %s: %s".formatted(key, value)));
    Environment.Route route = environment.route();
    line(
        "    clients by %s%s: connect %s, socket %s"
            .formatted(
                route.kind(),
                route.hosts().isEmpty() ? "" : " on " + String.join(", ", route.hosts()),
                FigureWords.duration(route.connectTimeout()),
                FigureWords.duration(route.socketTimeout())));
    Environment.Load load = environment.load();
    line(
        ("    load: %.0f routed writes/s at each client site, %.0f pinned writes/s per member and"
                + " site")
            .formatted(load.routedPerSecond(), load.pinnedPerSecond()));
  }

  private static String relation(ClusterPlan cluster) {
    if (cluster.serves()) {
      return "serves";
    }
    return (cluster.standby() ? "follows " : "is restored from ") + cluster.dependsOn();
  }

  private void steps(Drill drill) {
    line(
        "  clients stand at %s"
            .formatted(
                drill.clients() == Drill.Clients.AT_OTHER_SITES
                    ? "every site but the first member's"
                    : "every site"));
    line(
        "  etcd leader: %s"
            .formatted(
                drill.etcdLeader() == Drill.EtcdLeader.BESIDE_PRIMARY
                    ? "put beside the primary"
                    : "put on another host than the primary's, where there is one"));
    Duration longest = Duration.ZERO;
    int number = 0;
    for (Step step : drill.course()) {
      number++;
      longest = longest.plus(step.limit());
      line(
          "  %2d. %s  [limit %s]"
              .formatted(number, step.words(), FigureWords.duration(step.limit())));
    }
    line("  At most %s after the cluster is built.".formatted(FigureWords.duration(longest)));
  }
}
