package io.drillyard.declaration;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and checks contexts.yaml. */
final class BoundedContextsFile {
  static final String DETECTION = "detection_time";
  static final String DECISION = "decision_time";

  private static final String FAILBACK = "failback";
  private static final String PEOPLE = "approvers";

  private static final Set<String> RESERVED = Set.of("postgres", "template0", "template1");

  private BoundedContextsFile() {}

  /** The root, checked; an absent node if it cannot be read. */
  static YamlNode read(Path path, DeclarationProblems problems) {
    YamlNode root = YamlReader.read(path, problems);
    if (root.present()) {
      SchemaCheck.of("contexts").check(root, problems);
      YamlNode people = root.get(PEOPLE);
      ApprovalPolicyReader.people(people, problems);
      root.get("contexts")
          .fields()
          .forEach(
              (name, at) -> {
                if (RESERVED.contains(name)) {
                  problems.error(
                      at, "'" + name + "' is a database of PostgreSQL's own", "Rename the context");
                }
                new DeclaredTargetChecks(problems).context(at);
                DeclaredReplicasReader.check(at.get("replication"), problems);
                ApprovalPolicyReader.check(at.get(FAILBACK), people, problems);
                at.get("targets")
                    .fields()
                    .values()
                    .forEach(target -> target(target, people, problems));
              });
    }
    return root;
  }

  private static void target(YamlNode target, YamlNode people, DeclarationProblems problems) {
    ApprovalPolicyReader.check(target, people, problems);
    if (target.get("approvers").present() && target.get("failover").raw().equals("automatic")) {
      problems.error(
          target.get("approvers"),
          "nobody approves where failover is automatic",
          "Delete the approvers, or write failover: operator-approved");
    }
    if (target.get("confidence").present() && !target.get("share").present()) {
      problems.error(
          target.get("confidence"),
          "'confidence' without 'share': of which share of cases?",
          "Add share: 95 %, or delete this line");
    }
  }

  /** The records; only to be called if no error was found. */
  static Map<String, BoundedContext> records(YamlNode root) {
    Map<String, BoundedContext> contexts = new LinkedHashMap<>();
    root.get("contexts")
        .fields()
        .forEach((name, at) -> contexts.put(name, record(name, at, root.get(PEOPLE))));
    return contexts;
  }

  private static BoundedContext record(String name, YamlNode at, YamlNode people) {
    Map<Disruption, Objective> objectives = new EnumMap<>(Disruption.class);
    at.get("targets")
        .fields()
        .forEach(
            (word, target) -> {
              Disruption disruption = Disruption.ofWord(word);
              objectives.put(disruption, objective(disruption, target, people));
            });
    if (at.get(FAILBACK).present()) {
      objectives.put(Disruption.FAILBACK, failback(at.get(FAILBACK), people));
    }
    return new BoundedContext(
        name,
        at.get("description").raw(),
        at.get("rpo_class").raw(),
        at.get("rto_class").raw(),
        at.at("replication", "within_site").raw(),
        at.at("replication", "across_sites").raw(),
        DeclaredReplicasReader.read(at.get("replication")),
        objectives,
        Durations.parse(at.get("backup_age").raw()),
        Durations.parse(at.get("proof_cadence").raw()));
  }

  /** Planned: nothing may be lost, and an operator approves. */
  private static Objective failback(YamlNode at, YamlNode people) {
    return new Objective(
        Disruption.FAILBACK,
        FailoverMode.OPERATOR_APPROVED,
        Durations.parse(at.get("max_failback_outage").raw()),
        new Rpo.Transactions(0),
        Durations.parse(at.get("redundancy").raw()),
        true,
        null,
        null,
        ApprovalPolicyReader.read(at, people));
  }

  private static Objective objective(Disruption disruption, YamlNode target, YamlNode people) {
    return new Objective(
        disruption,
        FailoverMode.ofWord(target.get("failover").raw()),
        Durations.parse(target.get("rto").raw()),
        Rpo.parse(target.get("rpo").raw()),
        Durations.parse(target.get("redundancy").raw()),
        target.get("serves_while_held").text("true").equals("true"),
        share(target),
        people(target),
        ApprovalPolicyReader.read(target, people));
  }

  private static @Nullable OperatorTimes people(YamlNode target) {
    return target.get(DETECTION).present() && target.get(DECISION).present()
        ? new OperatorTimes(
            Durations.parse(target.get(DETECTION).raw()),
            Durations.parse(target.get(DECISION).raw()))
        : null;
  }

  private static @Nullable Share share(YamlNode target) {
    return target.get("share").present()
        ? new Share(
            Share.fraction(target.get("share").raw()),
            Share.fraction(target.get("confidence").text("95 %")))
        : null;
  }
}
