package io.drillyard.restore.report;

import io.drillyard.check.Verdict;
import java.util.List;
import java.util.Map;

/**
 * The record of a run: restore tests of one repository, on whatever it went through.
 *
 * @param format version of this structure
 * @param verdict of the undamaged repository's tests; a control never fills it
 * @param end {@code complete}, {@code interrupted} or {@code failed}
 * @param machine facts of the harness and the machine
 * @param tests in the order in which they ran
 */
public record RestoreRun(
    int format,
    String run,
    String description,
    Verdict verdict,
    String started,
    String finished,
    String end,
    Map<String, String> machine,
    List<RestoreTest> tests) {

  /** A damage or trouble was noticed by the rung that is named for it. */
  public static final String CAUGHT = "CAUGHT";

  /** A trouble kept nobody from proving the backup. */
  public static final String OVERCOME = "OVERCOME";

  /** A trouble that was to be overcome kept somebody from it. */
  public static final String NOT_OVERCOME = "NOT OVERCOME";

  /** Version of this structure; since 2 each test names its ledger. */
  public static final int FORMAT = 2;

  /** The first, which is still read. */
  public static final int OLDEST = 1;

  /** The same with other tests. */
  public RestoreRun with(List<RestoreTest> others) {
    return new RestoreRun(
        format, run, description, verdict, started, finished, end, machine, others);
  }

  /** The same, as one that proves nothing because the harness is broken. */
  public RestoreRun broken() {
    return new RestoreRun(
        format,
        run,
        description,
        verdict == Verdict.MET ? Verdict.UNDETERMINED : verdict,
        started,
        finished,
        "failed",
        machine,
        tests);
  }

  /** The tests of the repository as it is. */
  public List<RestoreTest> plain() {
    return tests.stream().filter(t -> t.control() == null).toList();
  }

  /** The tests of a damaged repository. */
  public List<RestoreTest> controls() {
    return tests.stream().filter(t -> t.control() != null).toList();
  }

  /** The verdict of tests: the worst of the plain ones; without one it is undetermined. */
  public static Verdict of(List<RestoreTest> tests) {
    List<Verdict> plain =
        tests.stream().filter(t -> t.control() == null).map(RestoreTest::verdict).toList();
    if (plain.contains(Verdict.MISSED)) {
      return Verdict.MISSED;
    }
    return plain.isEmpty() || plain.contains(Verdict.UNDETERMINED)
        ? Verdict.UNDETERMINED
        : Verdict.MET;
  }

  /** Controls that were neither caught nor, where that was asked for, overcome. */
  public long notCaught() {
    return controls().stream().filter(t -> !asItShould(t)).count();
  }

  /** True for a control that was caught or, where that was asked for, overcome. */
  static boolean asItShould(RestoreTest control) {
    return List.of(CAUGHT, OVERCOME).contains(result(control));
  }

  /** How a control came out; empty for a plain test. */
  public static String result(RestoreTest test) {
    RestoreTest.Control control = test.control();
    return control == null ? "" : control.result();
  }
}
