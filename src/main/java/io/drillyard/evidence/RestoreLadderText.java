package io.drillyard.evidence;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.RestoreRungResult;
import io.drillyard.check.backup.Rung;
import io.drillyard.evidence.text.FigureWords;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The restore tests of a run on a terminal: the ladder of each that is to be read, then controls.
 */
final class RestoreLadderText {
  /** So many details of a rung are printed; the report holds all. */
  private static final int DETAILS_MAX = 20;

  private final StringBuilder out = new StringBuilder();

  private RestoreLadderText() {}

  /** All of them; empty where there are none. */
  static String write(Evidence evidence) {
    RestoreLadderText text = new RestoreLadderText();
    List<RestoreTest> plain = evidence.plainTests();
    for (RestoreTest test : plain) {
      if (RestoreSection.drawn(evidence).contains(test)) {
        text.ladder(test);
      } else {
        text.out.append(
            "%-24s %s  %s, seed %d\n"
                .formatted(test.name(), test.verdict(), headline(test), test.seed()));
      }
    }
    List<RestoreTest> controls = evidence.testControls();
    if (!controls.isEmpty()) {
      text.out.append("repository faults, each to be noticed or overcome\n");
      controls.forEach(text::control);
      text.out.append(
          "%d of %d as they have to be\n"
              .formatted(
                  controls.stream().filter(RestoreTest::asItShould).count(), controls.size()));
    }
    return text.out.toString();
  }

  private void ladder(RestoreTest test) {
    out.append(
        "restore test %s, %s: %s  %s\n"
            .formatted(test.policy(), test.name(), test.verdict(), headline(test)));
    out.append(
        "backup %s to %s, seed %d\n"
            .formatted(
                test.backup().getOrDefault("label", FigureWords.NONE), test.target(), test.seed()));
    for (RestoreRungResult rung : test.ladder()) {
      String time = rung.tried() ? FigureWords.ms(rung.durationMs()) : FigureWords.NONE;
      List<String> lines = rung.finding().summary().lines().toList();
      out.append(
          "  %-24s %-12s %9s  %s%s\n"
              .formatted(
                  FigureWords.plain(rung.rung().check()),
                  rung.verdict(),
                  time,
                  lines.isEmpty() ? "" : lines.getFirst(),
                  rung.required() ? "" : " (not required)"));
      lines.stream().skip(1).forEach(l -> out.append("      ").append(l).append('\n'));
      if (rung.verdict() != Verdict.MET) {
        List<String> details = rung.finding().details();
        details.stream()
            .limit(DETAILS_MAX)
            .forEach(d -> out.append("      ").append(d).append('\n'));
        if (details.size() > DETAILS_MAX) {
          out.append("      and %d more, in the report\n".formatted(details.size() - DETAILS_MAX));
        }
      }
    }
    test.observations().forEach(o -> out.append("  remark: ").append(o).append('\n'));
  }

  private static String headline(RestoreTest test) {
    Finding rto = RestoreSection.finding(test, Rung.RECOVERY_TIME);
    Finding.Measured time = rto == null ? null : rto.measured();
    Double age = test.freshnessMs();
    return (time == null ? "no recovery time" : "RTO " + FigureWords.ms(time.upper()))
        + (age == null ? ", freshness unknown" : ", freshness " + FigureWords.ms(age));
  }

  private static String wanted(RestoreTest.Control control) {
    if (control.overcoming()) {
      return control.result().equals("OVERCOME")
          ? "proven all the same"
          : "was to be proven all the same";
    }
    return "by " + control.rung().check();
  }

  private void control(RestoreTest test) {
    RestoreTest.Control control = test.control();
    if (control != null) {
      String also =
          control.by().stream()
              .filter(r -> r != control.rung())
              .map(Rung::check)
              .collect(Collectors.joining(", "));
      out.append(
          "  %-26s %-12s %s%s\n"
              .formatted(
                  test.name(),
                  control.result(),
                  wanted(control),
                  also.isEmpty() ? "" : "; also " + also));
    }
  }
}
