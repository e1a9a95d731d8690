package io.drillyard.cli;

import io.drillyard.scenario.Drill;
import io.drillyard.scenario.launch.Part;
import io.drillyard.scenario.step.Step;
import io.drillyard.target.Declarations;
import io.drillyard.target.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plan}: what would happen; starts nothing. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "Prints hosts, faults, waits and limits of drills; starts nothing.")
final class PlanCommand implements Callable<Integer> {
  @Mixin Places places = new Places();
  @Mixin Choice choice = new Choice();

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Override
  public Integer call() {
    List<Part> parts = choice.parts(Declarations.load(places.declarations(), choice.strict));
    if (json) {
      System.out.println(Json.of(parts.stream().map(PlanCommand::data).toList()));
    } else {
      parts.forEach(PlanCommand::print);
    }
    return 0;
  }

  private static Map<String, Object> data(Part part) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("scenario", part.scenario());
    said.put("claim", part.drill().claim());
    said.put("environment", part.environment().name());
    said.put("hosts", part.environment().inventory().sites());
    said.put("target", part.target());
    List<Map<String, Object>> steps = new ArrayList<>();
    for (Step step : part.drill().steps()) {
      steps.add(Map.of("step", step.words(), "limit", step.limit()));
    }
    said.put("steps", steps);
    return said;
  }

  private static void print(Part part) {
    Drill drill = part.drill();
    Environment environment = part.environment();
    System.out.printf("%n%s%n  %s%n", drill.title(), drill.claim());
    Drill.Control control = drill.control();
    if (control != null) {
      System.out.printf("  Known unsafe: %s. %s must catch it.%n", control.why(), control.check());
    }
    System.out.printf(
        "  Judged for %s x %s; failover %s, RTO %s, RPO %s, redundancy %s%n",
        part.context().name(),
        drill.disruption().word(),
        part.objective().failover().word(),
        part.objective().rto(),
        part.objective().rpo().words(),
        part.objective().redundancy());
    System.out.printf(
        "  Environment %s: image %s, storage %s, clients by %s%n",
        environment.name(),
        environment.image(),
        environment.storage().kind(),
        environment.route().kind());
    for (Environment.SitePlan site : environment.inventory().sites()) {
      System.out.printf(
          "    site %-8s %-16s %s%n",
          site.name(),
          site.subnet(),
          String.join(", ", site.hosts().stream().map(h -> h.name() + " " + h.address()).toList()));
    }
    System.out.printf(
        "  etcd leader %s the primary%n",
        drill.etcdLeader() == Drill.EtcdLeader.BESIDE_PRIMARY ? "beside" : "on another host than");
    Duration longest = Duration.ZERO;
    int number = 0;
    for (Step step : drill.steps()) {
      number++;
      longest = longest.plus(step.limit());
      System.out.printf(
          "  %2d. %s  [limit %d s]%n", number, step.words(), step.limit().toSeconds());
    }
    System.out.printf("  At most %d s after the cluster is built.%n", longest.toSeconds());
  }
}
