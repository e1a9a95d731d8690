package io.drillyard.play;

import io.drillyard.declaration.ClusterPlan;
import io.drillyard.declaration.PatroniConfigurationChecks;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Patroni's dynamic configuration as single settings: what was asked for, and what is in effect.
 * Patroni drops what it does not know, and keeps it in the DCS all the same: there it proves
 * nothing. What it reads from there is in effect as it stands there; a slot is in effect where
 * PostgreSQL has it.
 */
final class DynamicSettings {
  /** Recorded of every cluster, declared or not. */
  static final String MODE = "synchronous_mode";

  private static final String SLOTS = "slots.";
  private static final String POSTGRESQL = "postgresql.";
  private static final String NOT_KNOWN = "nothing: no key of Patroni's that is known here";

  private DynamicSettings() {}

  /** What was declared, by key; slots and what stands under {@code postgresql} one by one. */
  static Map<String, String> asked(ClusterPlan plan) {
    Map<String, String> asked = new LinkedHashMap<>();
    plan.patroni()
        .forEach(
            (key, value) -> {
              if (key.equals("slots") && value instanceof Map<?, ?> slots) {
                slots.forEach(
                    (name, slot) -> {
                      if (plan.slots().containsKey(String.valueOf(name))) {
                        asked.put(SLOTS + name, slot(slot));
                      }
                    });
              } else if (key.equals("postgresql") && value instanceof Map<?, ?> own) {
                own.forEach((name, each) -> asked.put(POSTGRESQL + name, String.valueOf(each)));
              } else {
                asked.put(key, String.valueOf(value));
              }
            });
    return asked;
  }

  /** As {@link io.drillyard.probe.ReplicationSlots} tells of one. */
  private static String slot(Object declared) {
    if (!(declared instanceof Map<?, ?> slot) || slot.get("type") == null) {
      return "physical";
    }
    StringBuilder words = new StringBuilder(String.valueOf(slot.get("type")));
    for (String key : new String[] {"plugin", "database"}) {
      if (slot.get(key) != null) {
        words.append(' ').append(slot.get(key));
      }
    }
    return words.toString();
  }

  /** True of a key that stands for a declared slot. */
  static boolean isSlot(String key) {
    return key.startsWith(SLOTS);
  }

  /** The slot's name. */
  static String slot(String key) {
    return key.substring(SLOTS.length());
  }

  /**
   * What the DCS has of these keys, but for slots; of a key that Patroni is not known to read, that
   * it has no effect.
   */
  static Map<String, String> effective(Collection<String> asked, JsonNode dynamic) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String key : asked) {
      if (!isSlot(key)) {
        values.put(key, effective(key, dynamic));
      }
    }
    values.putIfAbsent(MODE, effective(MODE, dynamic));
    return values;
  }

  private static String effective(String key, JsonNode dynamic) {
    if (key.startsWith(POSTGRESQL)) {
      return text(dynamic.path("postgresql").path(key.substring(POSTGRESQL.length())));
    }
    return PatroniConfigurationChecks.isKnown(key) ? text(dynamic.path(key)) : NOT_KNOWN;
  }

  private static String text(JsonNode value) {
    return value.isMissingNode()
        ? "absent"
        : value.isContainer() ? value.toString() : value.asString("");
  }
}
