package io.drillyard.evidence;

import io.drillyard.check.ControlResult;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.RestoreRungResult;
import io.drillyard.evidence.JunitXml.Case;
import io.drillyard.evidence.JunitXml.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * The restore tests of a run as cases: one per rung. A rung that is MISSED fails; one that is
 * UNDETERMINED and required is an error, never a pass; an optional one that is not MET is skipped.
 * Of what was done to a repository there is one case: whether it was caught.
 */
final class JunitRestore {
  /** What the suite of all that was done to repositories is called. */
  static final String CONTROLS = "restore.repository-faults";

  private JunitRestore() {}

  /** What the suite of a plain test is called. */
  static String name(RestoreTest test) {
    return RestoreSection.id(test).replace('/', '.');
  }

  /** Of a plain test. */
  static List<Case> cases(RestoreTest test) {
    List<Case> cases = new ArrayList<>();
    for (RestoreRungResult rung : test.ladder()) {
      cases.add(
          new Case(
              rung.rung().check(),
              kind(rung),
              rung.verdict().name(),
              rung.finding().summary(),
              rung.finding().details(),
              rung.durationMs()));
    }
    if (!test.end().equals("complete")) {
      cases.add(
          new Case(
              "ranToItsEnd",
              Kind.ERROR,
              test.end(),
              "the test did not run to its end: " + test.end(),
              List.of()));
    }
    return cases;
  }

  /** Of everything that was done to repositories. */
  static List<Case> controls(List<RestoreTest> tests) {
    List<Case> cases = new ArrayList<>();
    for (RestoreTest test : tests) {
      RestoreTest.Control control = test.control();
      if (control != null) {
        Kind kind =
            test.asItShould()
                ? Kind.PASSED
                : control.result().equals(ControlResult.UNDETERMINED.word())
                    ? Kind.ERROR
                    : Kind.FAILURE;
        cases.add(
            new Case(
                test.name(),
                kind,
                control.result(),
                control.result() + ": " + control.words(),
                control.by().isEmpty() ? List.of() : List.of("missed at " + control.by())));
      }
    }
    return cases;
  }

  private static Kind kind(RestoreRungResult rung) {
    if (rung.verdict() == Verdict.MET) {
      return Kind.PASSED;
    }
    if (!rung.required()) {
      return Kind.SKIPPED;
    }
    return rung.verdict() == Verdict.MISSED ? Kind.FAILURE : Kind.ERROR;
  }
}
