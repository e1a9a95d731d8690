package io.drillyard.cli;

import io.drillyard.declaration.Declarations;
import io.drillyard.fault.Fault;
import io.drillyard.fault.FaultCatalogue;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.RestoreDrill;
import io.drillyard.scenario.Scenarios;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code list}: what there is. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists scenarios, environments and contexts.")
final class ListCommand implements Callable<Integer> {
  @Mixin FolderOptions places = new FolderOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "WHAT",
      description = "faults: the catalogue of faults, and what each needs.")
  @Nullable String what;

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Override
  public Integer call() {
    if (what != null) {
      if (!what.equals("faults")) {
        throw new UsageException(
            "there is no list of '" + what + "'. Remedy: drillyard list, or drillyard list faults");
      }
      return faults();
    }
    Declarations declarations = Declarations.load(places.declarations());
    List<Map<String, Object>> scenarios = new ArrayList<>();
    for (String name : Scenarios.names()) {
      scenarios.add(describe(name, Scenarios.named(name).plan()));
    }
    List<Map<String, Object>> restores =
        Scenarios.restoreDrills().stream().map(ListCommand::describe).toList();
    List<String> environments = declarations.environmentNames();
    List<String> contexts = List.copyOf(declarations.contexts().orThrow().keySet());
    if (json) {
      System.out.println(
          JsonOutput.of(
              Map.of(
                  "scenarios",
                  scenarios,
                  "restoreScenarios",
                  restores,
                  "environments",
                  environments,
                  "contexts",
                  contexts)));
      return 0;
    }
    System.out.println("Scenarios");
    for (Map<String, Object> each : scenarios) {
      System.out.printf(
          "  %-32s %s%n  %-32s %s %s %s in %s%s%n",
          each.get("name"),
          each.get("title"),
          "",
          each.get("context"),
          Boolean.TRUE.equals(each.get("exercises")) ? "x" : "beside",
          each.get("disruption") + (each.containsKey("then") ? ", then " + each.get("then") : ""),
          each.get("environment"),
          each.containsKey("control")
              ? "  (known-unsafe control: " + each.get("control") + ")"
              : "");
    }
    System.out.println("Scenarios of restore tests: restore-test --tamper, --incident");
    for (Map<String, Object> each : restores) {
      System.out.printf(
          "  %-32s %s%n  %-32s %s%s%n",
          each.get("name"),
          each.get("title"),
          "",
          Boolean.TRUE.equals(each.get("sourceLives")) ? "the source lives on; " : "",
          each.containsKey("caughtBy")
              ? "known-unsafe control: " + each.get("caughtBy")
              : "to be overcome");
    }
    System.out.println("Environments\n  " + String.join(", ", environments));
    System.out.println("Contexts\n  " + String.join(", ", contexts));
    return 0;
  }

  private int faults() {
    List<Map<String, String>> rows = new ArrayList<>();
    for (Fault fault : FaultCatalogue.all()) {
      rows.add(
          Map.of(
              "group", fault.group(),
              "type", fault.type(),
              "example", fault.words(),
              "lasting", fault.lasting().name().toLowerCase(Locale.ROOT),
              "needs", fault.needs()));
    }
    if (json) {
      System.out.println(JsonOutput.of(Map.of("faults", rows)));
      return 0;
    }
    String group = "";
    for (Map<String, String> row : rows) {
      if (!group.equals(row.get("group"))) {
        group = row.getOrDefault("group", "");
        System.out.println(group);
      }
      String needs = row.getOrDefault("needs", "");
      System.out.printf(
          "  %-26s %-10s %s%s%n",
          row.get("type"),
          row.get("lasting"),
          row.get("example"),
          needs.isEmpty() ? "" : " (needs " + needs + ")");
    }
    return 0;
  }

  private static Map<String, Object> describe(RestoreDrill drill) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("name", drill.name());
    said.put("title", drill.title());
    said.put("sourceLives", drill.sourceLives());
    drill.fault().ifPresent(fault -> said.put("fault", fault.type()));
    drill.caughtBy().ifPresent(rung -> said.put("caughtBy", rung.check()));
    return said;
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
    said.put("exercises", drill.exercises());
    List<String> further =
        drill.furtherEpisodes().stream().map(next -> next.disruption().word()).toList();
    if (!further.isEmpty()) {
      said.put("then", String.join(", ", further));
    }
    Drill.Control control = drill.control();
    if (control != null) {
      said.put("control", control.check());
    }
    return said;
  }
}
