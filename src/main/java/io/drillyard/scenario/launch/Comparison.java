package io.drillyard.scenario.launch;

import io.drillyard.check.Declared;
import io.drillyard.check.Finding;
import io.drillyard.check.History;
import io.drillyard.evidence.Evidence;
import io.drillyard.ledger.Event;
import io.drillyard.scenario.Scenarios;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Where a stored record and what its ledgers say do not agree, in sentences. */
final class Comparison {
  private final List<String> differences = new ArrayList<>();

  List<String> differences() {
    return List.copyOf(differences);
  }

  private void differs(Evidence.Drill drill, String what) {
    differences.add(drill.folder() + ": " + what);
  }

  /** The ledger is the one of this drill, and tells its target. */
  void ledger(Evidence evidence, Evidence.Drill drill, List<Event> events) {
    History history = new History(events);
    if (!Declared.told(history)) {
      differs(drill, "the ledger does not tell the target that was declared");
    }
    for (Event.Opened opened : history.of(Event.Opened.class)) {
      same(drill, "run", evidence.run(), opened.runId());
      same(drill, "scenario", drill.scenario(), Scenarios.simple(opened.scenario()));
      same(drill, "environment", drill.environment(), opened.environment());
      same(drill, "context", drill.context(), opened.context());
      same(drill, "disruption", drill.disruption(), opened.disruption());
    }
    for (Event.Topology topology : history.of(Event.Topology.class)) {
      // A drill that did not reach its end told its report nothing of its storage.
      if (drill.end().equals("complete")) {
        same(drill, "storage", drill.storage(), topology.storage());
      }
    }
    Set<String> served = served(history);
    for (Event.SettingSeen seen : history.of(Event.SettingSeen.class)) {
      if (!served.isEmpty() && !served.contains(seen.subject())) {
        // The record tells what was declared of the cluster that served at the start.
        continue;
      }
      for (String kind : List.of("patroni.", "postgresql.")) {
        String told = drill.settings().get(kind + seen.name());
        if (told != null && seen.asked() != null) {
          same(drill, kind + seen.name(), told, seen.asked());
        }
      }
    }
    if (!evidence.contexts().contains(cell(drill))) {
      differs(drill, "its target is not in the report's table of declared ones");
    }
  }

  /** The cluster that served at the start, and its members. */
  private static Set<String> served(History history) {
    Set<String> served = new TreeSet<>();
    for (Event.Topology topology : history.of(Event.Topology.class)) {
      topology.members().stream()
          .filter(m -> m.name().equals(topology.leader()))
          .findFirst()
          .ifPresent(leader -> served.add(leader.cluster()));
      topology.members().stream()
          .filter(m -> served.contains(m.cluster()))
          .forEach(m -> served.add(m.name()));
    }
    return served;
  }

  private static Evidence.Cell cell(Evidence.Drill drill) {
    return Evidence.Cell.of(drill.target().context(), drill.target().objective());
  }

  private void same(Evidence.Drill drill, String what, Object record, Object ledger) {
    if (!record.equals(ledger)) {
      differs(drill, what + " is '" + record + "' in the report, '" + ledger + "' in the ledger");
    }
  }

  /** Every folder of a drill is in the record once, and no other. */
  void folders(Path run, Evidence evidence) {
    Set<String> recorded = new TreeSet<>();
    for (Evidence.Drill drill : evidence.drills()) {
      if (!recorded.add(Path.of(drill.folder()).normalize().toString())) {
        differs(drill, "stands twice in the report");
      }
    }
    Set<String> there = new TreeSet<>();
    Path drills = run.resolve("drills");
    if (Files.isDirectory(drills)) {
      try (var listing = Files.list(drills)) {
        listing.filter(Files::isDirectory).forEach(f -> there.add(run.relativize(f).toString()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    there.stream()
        .filter(f -> !recorded.contains(f))
        .forEach(f -> differences.add(f + ": was drilled, and is not in the report"));
    recorded.stream()
        .filter(f -> !there.contains(f))
        .forEach(f -> differences.add(f + ": is in the report, and no such folder is there"));
  }

  /** The record of a drill against its second judgement. */
  void drill(Evidence.Drill was, Evidence.Drill now, String sha256) {
    if (!sha256.equals(was.ledgerSha256())) {
      differs(was, "the ledger's SHA-256 is " + sha256 + ", recorded " + was.ledgerSha256());
    }
    changed(was, "verdict", was.verdict(), now.verdict());
    changed(was, "exercises", was.exercises(), now.exercises());
    Evidence.Control before = was.control();
    Evidence.Control after = now.control();
    if (before != null && after != null) {
      changed(was, "control", before.result(), after.result());
    }
    Map<String, Finding> old = byName(was.checks());
    Map<String, Finding> fresh = byName(now.checks());
    if (old.size() != was.checks().size()) {
      differs(was, "a check stands twice in the report");
    }
    Set<String> names = new TreeSet<>(old.keySet());
    names.addAll(fresh.keySet());
    for (String name : names) {
      Finding then = old.get(name);
      Finding again = fresh.get(name);
      if (then == null || again == null) {
        differs(was, name + (then == null ? " is not in the report" : " is only in the report"));
        continue;
      }
      changed(was, name, then.verdict(), again.verdict());
      changed(was, name + " measured", then.measured(), again.measured());
      changed(was, name + " target", then.target(), again.target());
      words(was, then, again);
    }
  }

  /** What people read of a check must be what it says. */
  private void words(Evidence.Drill drill, Finding then, Finding again) {
    if (!then.summary().equals(again.summary())
        || !then.details().equals(again.details())
        || !then.parts().equals(again.parts())) {
      differs(drill, then.check() + " is told in other words or figures than its ledger gives");
    }
  }

  private void changed(
      Evidence.Drill drill,
      String what,
      @org.jspecify.annotations.Nullable Object was,
      @org.jspecify.annotations.Nullable Object now) {
    if (!Objects.equals(was, now)) {
      differs(drill, what + " " + was + ", now " + now);
    }
  }

  private static Map<String, Finding> byName(List<Finding> findings) {
    Map<String, Finding> map = new LinkedHashMap<>();
    findings.forEach(f -> map.put(f.check(), f));
    return map;
  }

  /** Something about the run as a whole. */
  void run(String what) {
    differences.add("run: " + what);
  }
}
