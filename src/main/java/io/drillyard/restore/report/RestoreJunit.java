package io.drillyard.restore.report;

import io.drillyard.check.Verdict;
import io.drillyard.check.backup.Climbed;
import io.drillyard.evidence.text.Markup;
import java.util.List;
import java.util.Locale;

/**
 * JUnit XML of a run: a suite per test, a case per rung. A rung that is MISSED fails; one that is
 * UNDETERMINED and required is an error, never a pass; an optional one is skipped. Of a damaged
 * repository there is one case: whether it was caught.
 */
public final class RestoreJunit {
  private RestoreJunit() {}

  /** The document. */
  public static String write(RestoreRun run) {
    Markup out = new Markup();
    out.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>").line();
    out.open("testsuites", "name", "drillyard restore-test " + run.run());
    run.plain().forEach(t -> suite(out.line(), t));
    if (!run.controls().isEmpty()) {
      controls(out.line(), run.controls());
    }
    return out.line().close().line().toString();
  }

  private static void suite(Markup out, RestoreTest test) {
    List<Climbed> ladder = test.ladder();
    out.open(
        "testsuite",
        "name",
        "restore." + test.policy() + "." + test.name(),
        "tests",
        Integer.toString(ladder.size()),
        "failures",
        Long.toString(ladder.stream().filter(RestoreJunit::fails).count()),
        "errors",
        Long.toString(ladder.stream().filter(RestoreJunit::errs).count()),
        "skipped",
        Long.toString(ladder.stream().filter(RestoreJunit::skips).count()),
        "timestamp",
        test.started());
    for (Climbed rung : ladder) {
      out.line();
      out.open(
          "testcase",
          "classname",
          "restore." + test.policy() + "." + test.name(),
          "name",
          rung.rung().check(),
          "time",
          String.format(Locale.ROOT, "%.3f", rung.durationMs() / 1e3));
      String kind = fails(rung) ? "failure" : errs(rung) ? "error" : skips(rung) ? "skipped" : "";
      if (!kind.isEmpty()) {
        out.open(kind, "message", rung.finding().summary());
        out.text(String.join("\n", rung.finding().details())).close();
      }
      out.close();
    }
    out.line().close();
  }

  private static void controls(Markup out, List<RestoreTest> tests) {
    long failed = tests.stream().filter(t -> !RestoreRun.asItShould(t)).count();
    out.open(
        "testsuite",
        "name",
        "restore.tampering",
        "tests",
        Integer.toString(tests.size()),
        "failures",
        Long.toString(failed),
        "errors",
        "0");
    for (RestoreTest test : tests) {
      RestoreTest.Control control = test.control();
      if (control == null) {
        continue;
      }
      out.line().open("testcase", "classname", "restore.tampering", "name", test.name());
      if (!RestoreRun.asItShould(test)) {
        out.open("failure", "message", control.result() + ": " + control.words());
        out.text("missed at " + control.by()).close();
      }
      out.close();
    }
    out.line().close();
  }

  private static boolean fails(Climbed rung) {
    return rung.verdict() == Verdict.MISSED && rung.required();
  }

  private static boolean errs(Climbed rung) {
    return rung.verdict() == Verdict.UNDETERMINED && rung.required();
  }

  private static boolean skips(Climbed rung) {
    return !rung.required() && rung.verdict() != Verdict.MET;
  }
}
