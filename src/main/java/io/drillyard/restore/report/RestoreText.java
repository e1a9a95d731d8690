package io.drillyard.restore.report;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.Climbed;
import io.drillyard.check.backup.Rung;
import io.drillyard.evidence.text.Words;
import java.util.stream.Collectors;

/** A run as a table on a terminal. */
public final class RestoreText {
  private RestoreText() {}

  /** The table. */
  public static String write(RestoreRun run) {
    StringBuilder out = new StringBuilder();
    for (RestoreTest test : run.plain()) {
      if (run.plain().size() == 1 || test.verdict() != Verdict.MET) {
        ladder(out, test);
      } else {
        out.append(
            "%-24s %s  %s, seed %d\n"
                .formatted(test.name(), test.verdict(), headline(test), test.seed()));
      }
    }
    if (!run.controls().isEmpty()) {
      out.append("damages, troubles and incidents, each to be noticed or overcome\n");
      run.controls().forEach(t -> control(out, t));
      out.append(
          "%d of %d as they have to be\n"
              .formatted(run.controls().size() - run.notCaught(), run.controls().size()));
    }
    return out.toString().stripTrailing();
  }

  private static void ladder(StringBuilder out, RestoreTest test) {
    out.append("%s: %s  %s\n".formatted(test.name(), test.verdict(), headline(test)));
    out.append(
        "backup %s to %s, seed %d\n"
            .formatted(test.backup().getOrDefault("label", "–"), test.target(), test.seed()));
    for (Climbed rung : test.ladder()) {
      String time = rung.tried() ? Words.ms(rung.durationMs()) : Words.NONE;
      out.append(
          "  %-24s %-12s %9s  %s%s\n"
              .formatted(
                  Words.plain(rung.rung().check()),
                  rung.verdict(),
                  time,
                  rung.finding().summary().lines().findFirst().orElse(""),
                  rung.required() ? "" : " (not required)"));
    }
  }

  private static String headline(RestoreTest test) {
    Climbed rto = test.rung(Rung.RECOVERY_TIME);
    Finding.Measured time = rto == null ? null : rto.finding().measured();
    Double age = test.freshnessMs();
    return (time == null ? "no recovery time" : "RTO " + Words.ms(time.upper()))
        + (age == null ? ", freshness unknown" : ", freshness " + Words.ms(age));
  }

  private static String wanted(RestoreTest.Control control) {
    if (control.overcoming()) {
      boolean was = control.result().equals(RestoreRun.OVERCOME);
      return was ? "proven all the same" : "was to be proven all the same";
    }
    return "by " + control.rung().check();
  }

  private static void control(StringBuilder out, RestoreTest test) {
    RestoreTest.Control control = test.control();
    if (control != null) {
      out.append(
          "  %-26s %-12s %s%s\n"
              .formatted(
                  test.name(),
                  control.result(),
                  wanted(control),
                  control.by().stream()
                      .filter(r -> r != control.rung())
                      .map(Rung::check)
                      .collect(Collectors.joining(", ", "; also ", ""))
                      .replaceAll("; also $", "")));
    }
  }
}
