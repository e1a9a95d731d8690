package io.drillyard.evidence;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.evidence.Evidence.Drill;
import io.drillyard.evidence.text.FigureWords;
import io.drillyard.evidence.text.MarkupWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * JUnit XML of a run, for build servers: a suite per drill, a case per check.
 *
 * <p>MISSED is a failure. UNDETERMINED is an error, never a pass. Of a control only the named check
 * counts: CAUGHT passes, NOT CAUGHT fails; its other checks are skipped, since no target is judged.
 * Repeats have a suite each, numbered, and a last suite says what they show together. A restore
 * test is a suite with a case per rung; all that was done to repositories is one suite.
 */
public final class JunitXml {
  /** How a case came out. */
  enum Kind {
    PASSED,
    FAILURE,
    ERROR,
    SKIPPED
  }

  /** One case of a suite, and how long it took. */
  record Case(
      String name,
      Kind kind,
      String type,
      String message,
      List<String> details,
      double durationMs) {
    /** One that took no time of its own. */
    Case(String name, Kind kind, String type, String message, List<String> details) {
      this(name, kind, type, message, details, 0);
    }
  }

  private JunitXml() {}

  /** The document. */
  public static String write(Evidence evidence) {
    List<List<Case>> suites = new ArrayList<>();
    evidence.drills().forEach(d -> suites.add(cases(d, shared(evidence, d))));
    List<Case> together = JunitStudy.cases(evidence.study());
    List<Case> controls = JunitRestore.controls(evidence.testControls());
    List<Case> all = new ArrayList<>(together);
    suites.forEach(all::addAll);
    evidence.plainTests().forEach(t -> all.addAll(JunitRestore.cases(t)));
    all.addAll(controls);
    List<Case> run = run(evidence, all);
    all.addAll(run);
    MarkupWriter out = new MarkupWriter();
    out.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>").line();
    open(out, "testsuites", "drillyard " + evidence.run(), all);
    for (int i = 0; i < suites.size(); i++) {
      suite(out.line(), new Named(evidence, i), suites.get(i));
    }
    evidence.plainTests().forEach(t -> restore(out.line(), t));
    if (!controls.isEmpty()) {
      plain(out.line(), JunitRestore.CONTROLS, controls);
    }
    if (!together.isEmpty()) {
      plain(out.line(), "together", together);
    }
    if (!run.isEmpty()) {
      plain(out.line(), "run", run);
    }
    return out.line().close().line().toString();
  }

  /** What no single drill or restore test says: a run is never greener here than its record. */
  private static List<Case> run(Evidence evidence, List<Case> all) {
    List<Case> cases = new ArrayList<>();
    if (!evidence.end().equals("complete")) {
      String message =
          "the run was " + evidence.end() + ": what is missing in it was not run, and is no pass";
      cases.add(new Case("ranToItsEnd", Kind.ERROR, evidence.end(), message, List.of()));
    }
    boolean told = all.stream().anyMatch(c -> c.kind() == Kind.FAILURE || c.kind() == Kind.ERROR);
    boolean tried =
        !evidence.plainTests().isEmpty() || evidence.drills().stream().anyMatch(Drill::fillsCell);
    // Of controls alone, and of drills beside the table, nothing is met and nothing wrong.
    if (evidence.verdict() != Verdict.MET && tried && !told && cases.isEmpty()) {
      String word = evidence.verdict().name();
      Kind kind = evidence.verdict() == Verdict.MISSED ? Kind.FAILURE : Kind.ERROR;
      cases.add(new Case("verdict", kind, word, "the run as a whole is " + word, List.of()));
    }
    return cases;
  }

  /** True if the drill's targets are judged together with its repeats, for a share is declared. */
  private static boolean shared(Evidence evidence, Drill drill) {
    RunStudy study = evidence.study();
    return study != null
        && study.distribution(drill) != null
        && drill.target().objective().share() != null;
  }

  /** A drill with a name of its own: build servers merge cases of one class and name. */
  private record Named(Drill drill, String name) {
    Named(Evidence evidence, int index) {
      this(evidence.drills().get(index), name(evidence, index));
    }

    private static String name(Evidence evidence, int index) {
      Drill drill = evidence.drills().get(index);
      int before = 0;
      int all = 0;
      for (int i = 0; i < evidence.drills().size(); i++) {
        if (RunStudy.kind(evidence.drills().get(i)).equals(RunStudy.kind(drill))) {
          all++;
          before += i < index ? 1 : 0;
        }
      }
      boolean varied = evidence.study() != null && evidence.study().sweep() != null;
      String where = varied ? "." + drill.environment() : "";
      return drill.name() + where + (all == 1 ? "" : ".run-" + (before + 1));
    }
  }

  private static void restore(MarkupWriter out, RestoreTest test) {
    List<Case> cases = JunitRestore.cases(test);
    open(out, "testsuite", JunitRestore.name(test), cases, "timestamp", test.started());
    out.line().open("properties");
    property(out, "policy", test.policy());
    property(out, "serves", String.join(", ", test.serves()));
    property(out, "backup", test.backup().getOrDefault("label", ""));
    property(out, "verdict", FigureWords.verdict(test.verdict()));
    property(out, "ledger-sha256", Objects.requireNonNullElse(test.ledgerSha256(), ""));
    out.close();
    cases.forEach(c -> write(out.line(), JunitRestore.name(test), c));
    out.line().close();
  }

  private static void plain(MarkupWriter out, String name, List<Case> cases) {
    open(out, "testsuite", name, cases);
    cases.forEach(c -> write(out.line(), name, c));
    out.line().close();
  }

  private static void suite(MarkupWriter out, Named named, List<Case> cases) {
    Drill drill = named.drill();
    String seconds = String.format(Locale.ROOT, "%.3f", drill.durationMs() / 1000);
    open(out, "testsuite", named.name(), cases, "time", seconds, "timestamp", drill.started());
    out.line().open("properties");
    property(out, "context", drill.context());
    property(out, "disruption", drill.disruption());
    property(out, "environment", drill.environment());
    property(out, "exercises", drill.beside() ? "no: judged beside " + drill.disruption() : "");
    property(out, "verdict", FigureWords.verdict(drill.verdict()));
    property(out, "control", ResultTable.result(drill));
    property(out, "ledger-sha256", drill.ledgerSha256());
    out.close();
    for (Case c : cases) {
      write(out.line(), named.name(), c);
    }
    out.line().close();
  }

  /** An element that holds these cases, with how many of them there are. */
  private static void open(
      MarkupWriter out, String element, String name, List<Case> cases, String... more) {
    List<String> attributes =
        new ArrayList<>(
            List.of(
                "name",
                name,
                "tests",
                Integer.toString(cases.size()),
                "failures",
                count(cases, Kind.FAILURE),
                "errors",
                count(cases, Kind.ERROR),
                "skipped",
                count(cases, Kind.SKIPPED)));
    attributes.addAll(List.of(more));
    out.open(element, attributes.toArray(String[]::new));
  }

  private static void property(MarkupWriter out, String name, String value) {
    if (!value.isEmpty()) {
      out.empty("property", "name", name, "value", value);
    }
  }

  private static void write(MarkupWriter out, String classname, Case c) {
    String time =
        c.durationMs() == 0 ? "0" : String.format(Locale.ROOT, "%.3f", c.durationMs() / 1000);
    out.open("testcase", "classname", classname, "name", c.name(), "time", time);
    String text = String.join("\n", c.details());
    switch (c.kind()) {
      case PASSED ->
          out.leaf("system-out", text.isEmpty() ? c.message() : c.message() + "\n" + text);
      case SKIPPED -> out.empty("skipped", "message", c.message());
      case FAILURE -> out.leaf("failure", text, "type", c.type(), "message", c.message());
      case ERROR -> out.leaf("error", text, "type", c.type(), "message", c.message());
    }
    out.close();
  }

  private static List<Case> cases(Drill drill, boolean shared) {
    List<Case> cases = new ArrayList<>();
    for (Finding f : drill.checks()) {
      Evidence.Control control = drill.control();
      if (control == null) {
        cases.add(shared && f.verdict() != Verdict.MET ? ofShare(f) : ofTarget(f));
      } else if (!f.check().equals(control.check())) {
        String message = "control: only " + control.check() + " is judged. Seen: " + f.summary();
        cases.add(new Case(f.check(), Kind.SKIPPED, "", message, List.of()));
      }
    }
    if (drill.control() != null) {
      cases.add(ofControl(drill, drill.control()));
    }
    if (!drill.end().equals("complete")) {
      String message = "the drill did not run to its end: " + drill.end();
      cases.add(new Case("ranToItsEnd", Kind.ERROR, drill.end(), message, List.of()));
    }
    return cases;
  }

  /** One run decides nothing where a share is declared; the suite {@code together} does. */
  private static Case ofShare(Finding f) {
    String message = f.verdict() + " in this run; judged together with its repeats: " + f.summary();
    return new Case(f.check(), Kind.SKIPPED, "", message, List.of());
  }

  private static Case ofTarget(Finding f) {
    Kind kind =
        switch (f.verdict()) {
          case MET -> Kind.PASSED;
          case MISSED -> Kind.FAILURE;
          case UNDETERMINED -> Kind.ERROR;
        };
    return new Case(f.check(), kind, f.verdict().name(), f.summary(), f.details());
  }

  private static Case ofControl(Drill drill, Evidence.Control control) {
    Kind kind =
        switch (control.result()) {
          case "CAUGHT" -> Kind.PASSED;
          case "NOT CAUGHT" -> Kind.FAILURE;
          default -> Kind.ERROR;
        };
    Finding f = ResultTable.finding(drill, control.check());
    String seen = f == null ? "the check did not run" : f.summary();
    List<String> details = f == null ? List.of() : f.details();
    return new Case(
        control.check(), kind, control.result(), control.result() + ": " + seen, details);
  }

  private static String count(List<Case> cases, Kind kind) {
    return Long.toString(cases.stream().filter(c -> c.kind() == kind).count());
  }
}
