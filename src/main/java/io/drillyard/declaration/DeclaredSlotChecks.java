package io.drillyard.declaration;

import java.util.Set;

/** Permanent replication slots, as Patroni reads them: {@code slots} of its configuration. */
final class DeclaredSlotChecks {
  private final DeclarationProblems problems;

  DeclaredSlotChecks(DeclarationProblems problems) {
    this.problems = problems;
  }

  /** Each slot by itself; Patroni leaves out what it does not understand (slots.py). */
  void slots(YamlNode slots) {
    slots.fields().forEach(this::slot);
  }

  private void slot(String name, YamlNode at) {
    if (!name.matches("[a-z0-9_]{1,63}")) {
      problems.error(
          at,
          "'%s' is no name of a replication slot".formatted(name),
          "Write lower-case letters, digits and underscores, 63 at the most");
    }
    // A slot without anything beside its name is a physical one.
    String type = at.get("type").text("physical");
    if (!Set.of("physical", "logical").contains(type)) {
      problems.error(
          at.get("type"), "'%s' is no type of a slot".formatted(type), "Write physical or logical");
    } else if (type.equals("logical")) {
      for (String key : new String[] {"database", "plugin"}) {
        if (at.get(key).raw().isEmpty()) {
          problems.error(
              at,
              "logical slot '%s' without '%s': Patroni makes none".formatted(name, key),
              "Add " + key + ": " + (key.equals("plugin") ? "pgoutput" : "the database's name"));
        }
      }
    }
  }

  /** The slot that a standby cluster streams from is the harness's, of that name. */
  void apart(YamlNode slots, String taken) {
    if (slots.get(taken).present()) {
      problems.error(
          slots.get(taken),
          "slot '%s' is the one that the cluster that follows streams from".formatted(taken),
          "Delete it: the harness adds it; or choose another name");
    }
  }
}
