package io.drillyard.sabotage;

import io.drillyard.ledger.Event;
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
    return Stream.of(ledgers(), records(), both()).flatMap(List::stream).toList();
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
            "the declared plan lacks its last step",
            DIGEST,
            r -> r.text(t -> t.replaceFirst("(declared plan: [^\"]*);[^;\"]*\"", "$1\""))));
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
            "sentence edited",
            "another summary of the loss",
            "dataLoss is told in other words",
            r -> r.check("dataLoss", c -> c.put("summary", "all writes are present"))),
        bad(
            "part edited",
            "no transaction lost, in the parts",
            "dataLoss is told in other words",
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
            "dataLoss target",
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
            r -> r.record(e -> ((ArrayNode) e.get("drills")).removeAll())),
        good(
            "drill counted twice",
            "it stands in the record twice",
            "stands twice",
            r -> r.record(e -> ((ArrayNode) e.get("drills")).add(e.get("drills").get(0)))),
        bad(
            "control in the record",
            "the drill that missed is said to be a control",
            "verdict MISSED, now UNDETERMINED",
            r -> r.drill(FileSabotages::control)));
  }

  private static List<FileSabotage> both() {
    return List.of(
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
            "verdict MISSED, now UNDETERMINED",
            r ->
                r.drill(
                    d -> {
                      control(d);
                      ((ObjectNode) d.get("target")).put("control", "ledgerIsSound");
                    })));
  }

  private static FileSabotage good(String name, String what, String says, FileSabotage.Act act) {
    return new FileSabotage(name, what, false, says, act);
  }

  private static FileSabotage bad(String name, String what, String says, FileSabotage.Act act) {
    return new FileSabotage(name, what, true, says, act);
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
