package io.drillyard.storm;

import io.drillyard.declaration.NameSuggestion;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A schedule with all that is needed to play it again, as the text of a file.
 *
 * @param environment name of the environment it is for
 * @param context name of the bounded context it is judged for
 */
public record StormScheduleText(String environment, String context, StormSchedule schedule) {
  private static final int FORMAT = 1;
  private static final int ENTRIES_MAX = 1000;
  private static final YAMLMapper YAML = new YAMLMapper();

  /** The text; {@link #parse} gives the same back. */
  public String write() {
    StringBuilder out = new StringBuilder("# A storm's schedule: what breaks when. Play it with\n");
    out.append("# drillyard storm --schedule FILE\n");
    out.append("format: ").append(FORMAT).append('\n');
    out.append("seed: ").append(schedule.seed()).append('\n');
    out.append("environment: ").append(environment).append('\n');
    out.append("context: ").append(context).append('\n');
    out.append("entries:").append(schedule.entries().isEmpty() ? " []\n" : "\n");
    for (ScheduledFault e : schedule.entries()) {
      out.append(
          "  - {number: %d, at_ms: %d, for_ms: %d, fault: %s}%n"
              .formatted(e.number(), e.atMs(), e.lengthMs(), e.choice().name()));
    }
    return out.toString();
  }

  /**
   * Reads a text.
   *
   * @param name of its source, for errors
   * @throws IllegalArgumentException saying what is wrong and where, for people
   */
  public static StormScheduleText parse(String text, String name) {
    try {
      JsonNode root = YAML.readTree(text);
      if (root.path("format").asInt(0) != FORMAT) {
        throw new IllegalArgumentException(
            name + ": is no schedule of format " + FORMAT + ": it must say format: " + FORMAT);
      }
      List<ScheduledFault> entries = new ArrayList<>();
      for (JsonNode one : root.path("entries")) {
        entries.add(entry(one, name));
      }
      if (entries.size() > ENTRIES_MAX) {
        throw new IllegalArgumentException(name + ": more than " + ENTRIES_MAX + " entries");
      }
      if (!root.path("seed").isIntegralNumber() || entries.isEmpty()) {
        throw new IllegalArgumentException(name + ": needs a whole seed, and at least one entry");
      }
      return new StormScheduleText(
          word(root, "environment", name),
          word(root, "context", name),
          new StormSchedule(root.path("seed").asLong(), entries));
    } catch (JacksonException e) {
      throw new IllegalArgumentException(name + ": is no YAML: " + e.getOriginalMessage(), e);
    }
  }

  private static ScheduledFault entry(JsonNode node, String name) {
    String fault = word(node, "fault", name);
    StormEligibleFault choice =
        StormFaults.named(fault)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s: no fault is called '%s'. %s"
                            .formatted(
                                name,
                                fault,
                                NameSuggestion.remedy(
                                    fault,
                                    StormFaults.choices().stream()
                                        .map(StormEligibleFault::name)
                                        .toList()))));
    for (String key : List.of("number", "at_ms", "for_ms")) {
      if (!node.path(key).isIntegralNumber()) {
        throw new IllegalArgumentException(
            name + ": an entry needs number, at_ms and for_ms as whole numbers; see " + node);
      }
    }
    return new ScheduledFault(
        node.path("number").asInt(),
        node.path("at_ms").asLong(),
        node.path("for_ms").asLong(),
        choice);
  }

  private static String word(JsonNode node, String key, String name) {
    String word = node.path(key).asString("");
    if (word.isEmpty()) {
      throw new IllegalArgumentException(name + ": '" + key + "' is missing");
    }
    return word;
  }
}
