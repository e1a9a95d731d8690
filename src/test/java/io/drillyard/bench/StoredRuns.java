package io.drillyard.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What stored runs say; nothing is run again. */
final class StoredRuns {
  private static final int NEWEST = 5;
  private static final int WHOLE_SUITE = 8;
  private static final double WIDTH_LIMIT_MS = 50;
  private static final double SUITE_LIMIT_MINUTES = 9;
  private static final JsonMapper JSON = new JsonMapper();

  private StoredRuns() {}

  /** The newest report folders, newest first; the link to the latest is not counted twice. */
  static List<Path> newest(Path reports) throws IOException {
    if (!Files.isDirectory(reports)) {
      return List.of();
    }
    try (var folders = Files.list(reports)) {
      return folders
          .filter(f -> !Files.isSymbolicLink(f) && Files.exists(f.resolve("evidence.json")))
          .sorted(Comparator.comparing((Path f) -> f.getFileName().toString()).reversed())
          .limit(NEWEST)
          .toList();
    }
  }

  /** The width of every RTO's interval by scenario, then of all; how long a whole suite took. */
  static List<Figure> figures(List<Path> reports) throws IOException {
    Map<String, List<Double>> widths = new TreeMap<>();
    List<Double> all = new ArrayList<>();
    List<Double> minutes = new ArrayList<>();
    for (Path report : reports) {
      JsonNode evidence = JSON.readTree(Files.readString(report.resolve("evidence.json")));
      JsonNode drills = evidence.path("drills");
      for (JsonNode drill : drills) {
        for (JsonNode check : drill.path("checks")) {
          JsonNode measured = check.path("measured");
          if (check.path("name").asString().equals("recoveryTime") && measured.isObject()) {
            double width = measured.path("upper").asDouble() - measured.path("lower").asDouble();
            String scenario = drill.path("scenario").asString();
            widths.computeIfAbsent(scenario, s -> new ArrayList<>()).add(width);
            all.add(width);
          }
        }
      }
      if (drills.size() >= WHOLE_SUITE && evidence.path("end").asString().equals("complete")) {
        minutes.add(minutes(evidence));
      }
    }
    List<Figure> figures = new ArrayList<>();
    widths.forEach((scenario, of) -> figures.add(width("width of the RTO, " + scenario, of)));
    if (!all.isEmpty()) {
      figures.add(width("width of the RTO, all drills", all));
    }
    if (!minutes.isEmpty()) {
      figures.add(
          Figure.atMost(
              "a whole suite of drills", "min", SUITE_LIMIT_MINUTES, null, Spread.of(minutes)));
    }
    return figures;
  }

  private static Figure width(String name, List<Double> widths) {
    return Figure.atMost(name, "ms", WIDTH_LIMIT_MS, null, Spread.of(widths));
  }

  private static double minutes(JsonNode evidence) {
    Instant started = Instant.parse(evidence.path("started").asString());
    Instant finished = Instant.parse(evidence.path("finished").asString());
    return Duration.between(started, finished).toMillis() / 60_000.0;
  }
}
