package io.drillyard.launch;

import io.drillyard.check.Finding;
import io.drillyard.check.LedgerDeclarations;
import io.drillyard.check.LedgerViews;
import io.drillyard.check.Verdict;
import io.drillyard.evidence.Evidence;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.LedgerFormat;
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
import org.jspecify.annotations.Nullable;

/**
 * Where a stored record and what its ledgers say do not agree, in sentences.
 *
 * <p>A ledger of an older format was judged by fewer rules when it was new. Where today's leave
 * undetermined what was met or missed then, or measure otherwise with the same verdict, the record
 * is not said to be wrong: that stands apart.
 */
final class RecordComparison {
  private final List<String> differences = new ArrayList<>();
  private final List<String> earlierRules = new ArrayList<>();

  List<String> differences() {
    return List.copyOf(differences);
  }

  /** What differs because the run was judged by earlier rules when it was recorded. */
  List<String> earlierRules() {
    return List.copyOf(earlierRules);
  }

  private void differs(Evidence.Drill drill, String what) {
    differences.add(drill.folder() + ": " + what);
  }

  /** The ledger is the one of this drill, and tells its target. */
  void ledger(Evidence evidence, Evidence.Drill drill, List<Event> events) {
    LedgerViews history = new LedgerViews(events);
    if (!LedgerDeclarations.told(history) && !drill.end().equals(RunCompletion.FAILED)) {
      differs(drill, "the ledger does not tell the target that was declared");
    }
    if (!LedgerDeclarations.agrees(history, drill.target())) {
      differs(drill, "the target in the report is not the one that the ledger tells");
    }
    if (LedgerDeclarations.exerciseUntold(history)) {
      differs(drill, "the ledger does not tell whether the drill exercises its disruption");
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
      if (drill.end().equals(RunCompletion.COMPLETE)) {
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
  private static Set<String> served(LedgerViews history) {
    Set<String> served = new TreeSet<>();
    // A further episode may have begun with another leader.
    for (Event.Topology topology : history.of(Event.Topology.class).stream().limit(1).toList()) {
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

  private void same(
      Evidence.Drill drill, String what, @Nullable Object record, @Nullable Object ledger) {
    if (!Objects.equals(record, ledger)) {
      differs(drill, what + " is '" + record + "' in the report, '" + ledger + "' in the ledger");
    }
  }

  /** Every folder of a drill is in the record once, and no other. */
  void folders(Path run, Evidence evidence) {
    Set<String> recorded = new TreeSet<>();
    Set<String> episodes = new TreeSet<>();
    for (Evidence.Drill drill : evidence.drills()) {
      String folder = Path.of(drill.folder()).normalize().toString();
      recorded.add(folder);
      if (!episodes.add(folder + " " + drill.episodeNumber())) {
        differs(drill, "stands twice in the report");
      }
    }
    Map<String, String> ledgers = new LinkedHashMap<>();
    for (Evidence.Drill drill : evidence.drills()) {
      // A ledger that was copied over another's is the same one; a drill that left none has no
      // digest.
      String other = ledgers.putIfAbsent(drill.ledgerSha256(), drill.folder());
      if (other != null && !other.equals(drill.folder()) && !drill.ledgerSha256().isEmpty()) {
        differs(drill, "its ledger is that of " + other);
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

  /** What the record says of a drill beside its checks, against what its ledger tells. */
  void told(Evidence.Drill was, Evidence.Drill now) {
    same(was, "scenario", was.scenario(), now.scenario());
    same(was, "environment", was.environment(), now.environment());
    same(was, "context", was.context(), now.context());
    same(was, "disruption", was.disruption(), now.disruption());
    same(was, "title", was.title(), now.title());
    same(was, "claim", was.claim(), now.claim());
    same(was, "end", was.end(), now.end());
    same(was, "started", was.started(), now.started());
    same(was, "durationMs", was.durationMs(), now.durationMs());
    same(was, "storage", was.storage(), now.storage());
    Evidence.Control before = was.control();
    Evidence.Control after = now.control();
    same(
        was,
        "control",
        before == null ? null : before.check(),
        after == null ? null : after.check());
    if (before != null && after != null) {
      same(was, "why it is unsafe", before.why(), after.why());
    }
    each(was, "setting ", was.settings(), now.settings());
    each(was, "version of ", was.versions(), now.versions());
    each(was, "configuration ", was.configuration(), now.configuration());
    each(was, "backup ", was.backup(), now.backup());
    same(was, "episode", was.episode(), now.episode());
    same(was, "contracts", was.contracts(), now.contracts());
    same(was, "what was not checked", was.notChecked(), now.notChecked());
    same(was, "what was observed", was.observations(), now.observations());
  }

  private void each(
      Evidence.Drill drill, String what, Map<String, String> record, Map<String, String> ledger) {
    Set<String> names = new TreeSet<>(record.keySet());
    names.addAll(ledger.keySet());
    names.forEach(name -> same(drill, what + name, record.get(name), ledger.get(name)));
  }

  /**
   * The record of a drill against its second judgement.
   *
   * @param older the ledger is of an older format than is written today
   */
  void drill(Evidence.Drill was, Evidence.Drill now, String sha256, boolean older) {
    if (!sha256.equals(was.ledgerSha256())) {
      differs(was, "the ledger's SHA-256 is " + sha256 + ", recorded " + was.ledgerSha256());
    }
    boolean mild = older && milder(was.verdict(), now.verdict());
    changed(was, "verdict", was.verdict(), now.verdict(), mild);
    changed(was, "exercises", was.exercises(), now.exercises(), false);
    Evidence.Control before = was.control();
    Evidence.Control after = now.control();
    if (before != null && after != null) {
      boolean open = older && after.result().equals(Verdict.UNDETERMINED.name());
      changed(was, "control", before.result(), after.result(), open);
    }
    Map<String, Finding> old = byName(was.checks());
    Map<String, Finding> fresh = byName(now.checks());
    if (old.size() != was.checks().size()) {
      differs(was, "a check stands twice in the report");
    }
    Set<String> names = new TreeSet<>(old.keySet());
    names.addAll(fresh.keySet());
    for (String name : names) {
      check(was, name, old.get(name), fresh.get(name), older);
    }
  }

  private void check(
      Evidence.Drill drill,
      String name,
      @Nullable Finding then,
      @Nullable Finding again,
      boolean older) {
    if (then == null || again == null) {
      // A check that is younger than the ledger is in no record of it.
      boolean younger = older && again != null && again.verdict() != Verdict.MISSED;
      said(
          drill,
          name + (then == null ? " is not in the report" : " is only in the report"),
          younger);
      return;
    }
    boolean mild = older && milder(then.verdict(), again.verdict());
    changed(drill, name, then.verdict(), again.verdict(), mild);
    if (mild && then.verdict() != again.verdict()) {
      // Its figures are other ones too; the verdict says it.
      return;
    }
    if (then.code() != null) {
      changed(drill, name + " code", then.code(), again.code(), mild);
    }
    changed(drill, name + " measured", then.measured(), again.measured(), mild);
    Set<String> parts = new TreeSet<>(then.parts().keySet());
    parts.addAll(again.parts().keySet());
    for (String part : parts) {
      changed(drill, name + " part " + part, then.parts().get(part), again.parts().get(part), mild);
    }
  }

  /** True of what rules that were added can do to an honest record. */
  static boolean milder(Verdict then, Verdict now) {
    return then == now || now == Verdict.UNDETERMINED;
  }

  /** True of a ledger that was written, and judged, before the rules of today. */
  static boolean older(List<Event> events) {
    return !events.isEmpty()
        && events.getFirst() instanceof Event.Opened opened
        && opened.format() < LedgerFormat.VERSION;
  }

  private void changed(
      Evidence.Drill drill, String what, @Nullable Object was, @Nullable Object now, boolean mild) {
    if (!Objects.equals(was, now)) {
      said(drill, what + " " + was + ", now " + now, mild);
    }
  }

  private void said(Evidence.Drill drill, String what, boolean mild) {
    (mild ? earlierRules : differences).add(drill.folder() + ": " + what);
  }

  private static Map<String, Finding> byName(List<Finding> findings) {
    Map<String, Finding> map = new LinkedHashMap<>();
    findings.forEach(f -> map.put(f.check(), f));
    return map;
  }

  /** A difference that somebody else found. */
  void add(String difference) {
    differences.add(difference);
  }

  /** Something about the run as a whole; mild where earlier rules explain it. */
  void run(String what, boolean mild) {
    (mild ? earlierRules : differences).add("run: " + what);
  }
}
