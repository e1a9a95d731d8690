package io.drillyard.sabotage;

import io.drillyard.ledger.DrillPlan;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.RunPlan;
import io.drillyard.sabotage.FileSabotage.Honest;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Files of a stored run that were edited, cut or exchanged afterwards. */
final class FileSabotages {
  private static final String DIGEST = "the ledger's SHA-256 is";

  private FileSabotages() {}

  static List<FileSabotage> all() {
    return Stream.of(ledgers(), records(), plans(), sentences(), both())
        .flatMap(List::stream)
        .toList();
  }

  private static List<FileSabotage> ledgers() {
    return List.of(
        good(
            "file cut in a line",
            "the last 37 bytes are missing",
            "truncated in the last line",
            r -> r.text(t -> t.substring(0, t.length() - 37))),
        good(
            "file cut after a line",
            "the closing line is missing",
            "truncated: ends without",
            r -> r.lines(List::removeLast)),
        good(
            "file without its beginning",
            "the opening line is missing",
            "does not begin with an 'opened'",
            r -> r.lines(List::removeFirst)),
        good(
            "line of something else",
            "a line that is no event",
            "not an event",
            r -> r.lines(l -> l.add(9, "{\"kind\":\"write\"}"))),
        good(
            "line after the end",
            "a probe after the closing line",
            "after the 'closed' event",
            r -> r.lines(l -> l.add(first(l, "probed")))),
        good(
            "newer format",
            "the ledger claims a later format",
            "is newer than this version",
            r -> r.text(t -> t.replaceFirst("\"format\":\\d+", "\"format\":999"))),
        good(
            "line edited",
            "a refused write became an unknown one",
            DIGEST,
            r -> r.text(t -> t.replaceFirst("REFUSED", "UNKNOWN"))),
        good(
            "line deleted",
            "one look of a probe is gone",
            DIGEST,
            r -> r.lines(l -> l.remove(first(l, "probed")))),
        good(
            "line copied",
            "one line stands twice",
            DIGEST,
            r -> r.lines(l -> l.add(50, l.get(50)))),
        good(
            "lines exchanged",
            "two lines stand in the other order",
            DIGEST,
            r -> r.lines(l -> l.add(200, l.remove(60)))),
        good(
            "plan changed",
            "the declared plan has no step",
            DIGEST,
            r -> r.text(t -> t.replaceFirst("declared plan: [^\"]*\"", "declared plan: \""))));
  }

  private static List<FileSabotage> records() {
    return List.of(
        bad(
            "verdict of the run edited",
            "MISSED became MET",
            "run: MET in the report, now MISSED",
            r -> r.record(e -> e.put("verdict", "MET"))),
        bad(
            "verdict of a drill edited",
            "MISSED became MET",
            "verdict MET, now MISSED",
            r -> r.drill(d -> d.put("verdict", "MET"))),
        bad(
            "verdict of a check edited",
            "dataLoss became MET",
            "dataLoss MET, now MISSED",
            r -> r.check("dataLoss", c -> c.put("verdict", "MET"))),
        bad(
            "check left out",
            "dataLoss is not in the record",
            "dataLoss is not in the report",
            r -> r.drill(FileSabotages::withoutDataLoss)),
        good(
            "figure edited",
            "a shorter RTO",
            "recoveryTime measured",
            r -> r.check("recoveryTime", c -> ((ObjectNode) c.get("measured")).put("upper", 1.0))),
        bad(
            "part edited",
            "no transaction lost, in the parts",
            "dataLoss part lost-transactions",
            r ->
                r.check(
                    "dataLoss",
                    c -> ((ObjectNode) c.get("parts").get("lost-transactions")).put("upper", 0.0))),
        good(
            "digest edited",
            "the recorded digest of the ledger",
            DIGEST,
            r -> r.drill(d -> d.put("ledgerSha256", "0".repeat(64)))),
        bad(
            "target made easier in the record",
            "a thousand transactions may be lost",
            "the target in the report is not the one",
            r -> r.drill(FileSabotages::easier)),
        good(
            "declared target edited",
            "the table of declared targets tells another RTO",
            "table of declared ones",
            r -> r.record(FileSabotages::easierCell)),
        good(
            "storage edited",
            "another statement of the storage",
            "storage is",
            r -> r.drill(d -> d.put("storage", "on disks of their own"))),
        good(
            "setting edited",
            "another ttl",
            "patroni.ttl is",
            r -> r.drill(d -> ((ObjectNode) d.get("settings")).put("patroni.ttl", "5"))),
        good(
            "context relabelled",
            "the drill is said to be of another context",
            "context is",
            r -> r.drill(d -> d.put("context", "reporting"))),
        bad(
            "drill left out",
            "the drill that missed is not in the record",
            "was drilled, and is not in the report",
            r -> r.record(e -> ((ArrayNode) e.get("drills")).remove(0))),
        good(
            "drill counted twice",
            "it stands in the record twice",
            "stands twice",
            r -> r.record(e -> ((ArrayNode) e.get("drills")).add(e.get("drills").get(0)))),
        bad(
            "control in the record",
            "the drill that missed is said to be a control",
            "control is 'ledgerIsSound' in the report, 'null' in the ledger",
            r -> r.drill(FileSabotages::control)));
  }

  /** What was planned, and what was collected, edited in the record alone. */
  private static List<FileSabotage> plans() {
    return List.of(
        new FileSabotage(
            "end of the run edited",
            "an interrupted run is said to be complete",
            Honest.UNDETERMINED,
            "end is 'complete' in the report, 'interrupted' by its ledgers",
            r -> r.record(e -> e.put("end", "complete"))),
        new FileSabotage(
            "every end edited",
            "run and drill are said to be complete",
            Honest.UNDETERMINED,
            "end is 'complete' in the report, 'interrupted' in the ledger",
            r -> {
              r.record(e -> e.put("end", "complete"));
              r.drill(d -> d.put("end", "complete"));
            }),
        good(
            "interruption made up",
            "a complete run is said to be interrupted",
            "end is 'interrupted' in the report, 'complete' by its ledgers",
            r -> r.record(e -> e.put("end", "interrupted"))),
        bad(
            "drill forgotten with its folder",
            "the drill that missed is neither in the record nor in its folder",
            "drills/01-SWITCHOVER: was planned, and is not in the report",
            r -> {
              r.forget();
              r.record(e -> e.put("verdict", "MET"));
            }),
        good(
            "target that nobody tried left out",
            "the NOT TESTED cell is not in the record",
            "orders × site-loss is declared, and not so in the report",
            r -> r.record(e -> ((ArrayNode) e.get("contexts")).remove(2))),
        good(
            "target made up",
            "a cell that nobody declared",
            "the declared targets in the report are not those of the plan",
            r -> r.record(FileSabotages::moreCells)),
        good(
            "exclusion left out",
            "the record does not say that fsync was not checked",
            "what was not checked",
            r -> r.drill(d -> ((ArrayNode) d.get("notChecked")).remove(1))),
        good(
            "observation left out",
            "an adjusted setting is not in the record",
            "what was observed",
            r -> r.drill(d -> ((ArrayNode) d.get("observations")).removeAll())),
        good(
            "claim edited",
            "the drill is said to show something else",
            "claim is",
            r -> r.drill(d -> d.put("claim", "No client ever waits."))),
        good(
            "title edited",
            "the drill is called something else",
            "title is",
            r -> r.drill(d -> d.put("title", "Every disaster"))),
        good(
            "client setting edited",
            "a longer time-out of the clients",
            "setting client.socket_timeout is '9 s' in the report, '2000 ms' in the ledger",
            r -> r.drill(d -> inside(d, "settings", "client.socket_timeout", "9 s"))),
        good(
            "load setting edited",
            "more load than there was",
            "setting load.routed_per_second is",
            r -> r.drill(d -> inside(d, "settings", "load.routed_per_second", "5000.0"))),
        good(
            "setting made up",
            "a setting that nobody declared",
            "setting patroni.failsafe_mode is 'true' in the report, 'null' in the ledger",
            r -> r.drill(d -> inside(d, "settings", "patroni.failsafe_mode", "true"))),
        good(
            "configuration digest edited",
            "another patroni.yml",
            "configuration pg1:/etc/patroni.yml is",
            r -> r.drill(d -> inside(d, "configuration", "pg1:/etc/patroni.yml", "00"))),
        good(
            "backup edited",
            "a backup of another day",
            "backup label is",
            r -> r.drill(d -> inside(d, "backup", "label", "20261121-000000F"))),
        good(
            "version edited",
            "another PostgreSQL",
            "version of postgresql is '18.1' in the report, '17.6' in the ledger",
            r -> r.drill(d -> inside(d, "versions", "postgresql", "18.1"))),
        good(
            "harness edited",
            "another kernel",
            "harness kernel is",
            r -> r.record(e -> inside(e, "harness", "kernel", "Linux 9"))),
        good(
            "digest of a declaration edited",
            "another contexts.yaml",
            "declaration contexts.yaml is",
            r -> r.record(e -> inside(e, "declarations", "contexts.yaml", "00"))),
        good(
            "code edited",
            "another reason for the same verdict",
            "recoveryTime code no-outage, now",
            r -> r.check("recoveryTime", c -> c.put("code", "no-outage"))),
        good(
            "length edited",
            "the drill is said to have taken an hour",
            "durationMs is",
            r -> r.drill(d -> d.put("durationMs", 3_600_000.0))),
        good(
            "older format in the record",
            "the record claims to be of format 1, and has lost its declared targets",
            "orders × site-loss is declared",
            r ->
                r.record(
                    e -> {
                      e.put("format", 1);
                      ((ArrayNode) e.get("contexts")).remove(2);
                    })));
  }

  /** Sentences are no evidence: edited ones change nothing and reach nobody. */
  private static List<FileSabotage> sentences() {
    return List.of(
        new FileSabotage(
            "sentence written in",
            "the check that missed has a summary and details of its own",
            Honest.MISSED,
            FileSabotage.HARMLESS,
            r -> r.check("dataLoss", FileSabotages::sentence)),
        new FileSabotage(
            "sentences written in everywhere",
            "every check of a truthful run has a summary of its own",
            Honest.MET,
            FileSabotage.HARMLESS,
            r ->
                r.drill(
                    d -> d.get("checks").forEach(c -> FileSabotages.sentence((ObjectNode) c)))));
  }

  private static void sentence(ObjectNode check) {
    check.put("summary", FileSabotage.WRITTEN_IN);
    check.put("target", FileSabotage.WRITTEN_IN);
    check.putArray("details").add(FileSabotage.WRITTEN_IN);
  }

  private static void inside(ObjectNode node, String map, String name, String value) {
    ((ObjectNode) node.get(map)).put(name, value);
  }

  private static void moreCells(ObjectNode evidence) {
    ObjectNode cell = ((ObjectNode) evidence.get("contexts").get(2)).deepCopy();
    ((ArrayNode) evidence.get("contexts")).add(cell.put("disruption", "partition"));
  }

  private static List<FileSabotage> both() {
    return List.of(
        good(
            "plan taken out",
            "the ledger does not tell what was planned, and has a digest that fits",
            "its ledger does not tell what was planned",
            r -> without(r, e -> e instanceof Event.Planned)),
        good(
            "plan of the drill edited",
            "the ledger tells another claim than the run's plan, and has a digest that fits",
            "its ledger tells another drill than the run's plan",
            r -> r.write(Edits.each(r.events(), Event.Planned.class, FileSabotages::claimed))),
        good(
            "plan of the run edited",
            "one ledger tells of one drill alone, and has a digest that fits",
            "its ledgers do not tell the same plan",
            r -> r.write(Edits.each(r.events(), Event.Planned.class, FileSabotages::fewer))),
        good(
            "plan made open",
            "one ledger says that the plan was open, and has a digest that fits",
            "its ledgers do not tell the same plan",
            r -> r.write(Edits.each(r.events(), Event.Planned.class, FileSabotages::opened))),
        good(
            "target taken out",
            "no declared target, and a digest that fits",
            "does not tell the target",
            r ->
                without(
                    r, e -> e instanceof Event.Note n && n.text().startsWith("declared target"))),
        good(
            "write taken out",
            "one line less, and a digest that fits",
            "ledgerIsSound MET, now UNDETERMINED",
            r -> without(r, e -> e instanceof Event.Write w && w.sequence() == 77)),
        good(
            "interruption hidden",
            "the ledger ends interrupted, the record complete",
            "ledgerIsSound MET, now UNDETERMINED",
            r ->
                r.write(
                    Edits.each(
                        r.events(),
                        Event.Closed.class,
                        c -> new Event.Closed(c.at(), "interrupted", "by a signal")))),
        good(
            "ledger of another drill",
            "another scenario's ledger, and a digest that fits",
            "scenario is",
            r -> r.write(Edits.each(r.events(), Event.Opened.class, FileSabotages::other))),
        bad(
            "control everywhere but in the ledger",
            "record and target call the drill that missed a control",
            "control is 'ledgerIsSound' in the report",
            r ->
                r.drill(
                    d -> {
                      control(d);
                      ((ObjectNode) d.get("target")).put("control", "ledgerIsSound");
                    })));
  }

  private static FileSabotage good(String name, String what, String says, FileSabotage.Act act) {
    return new FileSabotage(name, what, Honest.MET, says, act);
  }

  private static FileSabotage bad(String name, String what, String says, FileSabotage.Act act) {
    return new FileSabotage(name, what, Honest.MISSED, says, act);
  }

  private static String first(List<String> lines, String kind) {
    return lines.stream()
        .filter(l -> l.startsWith("{\"kind\":\"" + kind + "\""))
        .findFirst()
        .orElseThrow();
  }

  private static void without(StoredRun run, Predicate<Event> doomed) throws java.io.IOException {
    run.write(Edits.without(run.events(), doomed));
  }

  private static void withoutDataLoss(ObjectNode drill) {
    ArrayNode checks = (ArrayNode) drill.get("checks");
    for (int i = 0; i < checks.size(); i++) {
      if (checks.get(i).get("name").asString().equals("dataLoss")) {
        checks.remove(i);
      }
    }
  }

  private static void easier(ObjectNode drill) {
    ((ObjectNode) drill.get("target").get("objective").get("rpo")).put("most", 1000);
  }

  private static void easierCell(ObjectNode evidence) {
    evidence.get("contexts").forEach(cell -> ((ObjectNode) cell).put("rto", "1 s"));
  }

  private static void control(ObjectNode drill) {
    drill
        .putObject("control")
        .put("check", "ledgerIsSound")
        .put("result", "CAUGHT")
        .put("why", "known to be unsafe");
  }

  private static Event.Planned claimed(Event.Planned p) {
    DrillPlan d = p.drill();
    return new Event.Planned(
        p.at(),
        p.run(),
        new DrillPlan(
            d.scenario(),
            d.environment(),
            d.context(),
            d.disruption(),
            d.title(),
            "No client ever waits.",
            d.control(),
            d.why(),
            d.target(),
            d.settings(),
            d.notChecked(),
            d.warnings(),
            d.episodes(),
            d.contracts()));
  }

  private static Event.Planned fewer(Event.Planned p) {
    return planned(p, RunPlan.Kind.WHOLE, p.run().drills().subList(0, 1));
  }

  private static Event.Planned opened(Event.Planned p) {
    return planned(p, RunPlan.Kind.OPEN, List.of());
  }

  private static Event.Planned planned(
      Event.Planned p, RunPlan.Kind kind, List<RunPlan.Entry> drills) {
    RunPlan run = p.run();
    return new Event.Planned(
        p.at(),
        new RunPlan(
            kind,
            run.atMost(),
            run.started(),
            run.harness(),
            run.declarations(),
            run.question(),
            run.cells(),
            drills),
        p.drill());
  }

  private static Event.Opened other(Event.Opened o) {
    return new Event.Opened(
        o.at(),
        o.format(),
        o.runId(),
        "baseline.SomethingElse",
        o.environment(),
        o.context(),
        o.disruption(),
        o.wallClockAnchor(),
        Map.copyOf(o.versions()));
  }
}
