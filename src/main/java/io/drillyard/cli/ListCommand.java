package io.drillyard.cli;

import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenarios;
import io.drillyard.target.Declarations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code list}: what there is. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists scenarios, environments and contexts.")
final class ListCommand implements Callable<Integer> {
  @Mixin Places places = new Places();

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Override
  public Integer call() {
    Declarations declarations = Declarations.load(places.declarations());
    List<Map<String, Object>> scenarios = new ArrayList<>();
    for (String name : Scenarios.names()) {
      scenarios.add(describe(name, Scenarios.named(name).plan()));
    }
    List<String> environments = declarations.environmentNames();
    List<String> contexts = List.copyOf(declarations.contexts().orThrow().keySet());
    if (json) {
      System.out.println(
          Json.of(
              Map.of("scenarios", scenarios, "environments", environments, "contexts", contexts)));
      return 0;
    }
    System.out.println("Scenarios");
    for (Map<String, Object> each : scenarios) {
      System.out.printf(
          "  %-32s %s%n  %-32s %s x %s in %s%s%n",
          each.get("name"),
          each.get("title"),
          "",
          each.get("context"),
          each.get("disruption"),
          each.get("environment"),
          each.containsKey("control")
              ? "  (known-unsafe control: " + each.get("control") + ")"
              : "");
    }
    System.out.println("Environments\n  " + String.join(", ", environments));
    System.out.println("Contexts\n  " + String.join(", ", contexts));
    return 0;
  }

  private static Map<String, Object> describe(String name, Drill drill) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("name", Scenarios.simple(name));
    said.put("class", name);
    said.put("title", drill.title());
    said.put("claim", drill.claim());
    said.put("environment", drill.environment());
    said.put("context", drill.context());
    said.put("disruption", drill.disruption().word());
    Drill.Control control = drill.control();
    if (control != null) {
      said.put("control", control.check());
    }
    return said;
  }
}
