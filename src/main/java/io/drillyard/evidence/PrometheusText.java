package io.drillyard.evidence;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.RestoreRungResult;
import io.drillyard.check.backup.Rung;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code drillyard.prom}: a run in Prometheus' text format, for the node exporter's folder. Alert
 * on the age of {@code drillyard_restore_last_success_timestamp_seconds}: a test that never ran
 * says nothing. Controls are about the harness, and are left out.
 */
public final class PrometheusText {
  private static final String DRILL = "drill_";
  private static final String RESTORE = "restore_";

  /** Samples of a family stand together, whatever they are about. */
  private record Family(String help, List<String> samples) {}

  private final Map<String, Family> families = new LinkedHashMap<>();

  private PrometheusText() {}

  /** The document; of repeats the worst. Empty where nothing was judged. */
  public static String write(Evidence evidence) {
    PrometheusText text = new PrometheusText();
    if (!evidence.drills().isEmpty() || !evidence.plainTests().isEmpty()) {
      text.verdict("run_", "1 for the verdict of the whole run.", "", evidence.verdict());
      text.sample(
          "run_complete",
          "1 when the run came to its end.",
          "",
          evidence.end().equals("complete") ? 1 : 0);
    }
    Map<String, Evidence.Drill> drills = new LinkedHashMap<>();
    evidence.drills().stream()
        .filter(d -> d.control() == null)
        .forEach(d -> drills.merge(who(d), d, (a, b) -> worse(a.verdict(), b.verdict()) ? a : b));
    drills.values().forEach(text::drill);
    Map<String, RestoreTest> tests = new LinkedHashMap<>();
    evidence
        .plainTests()
        .forEach(
            t ->
                tests.merge(
                    t.policy() + "/" + t.stanza(),
                    t,
                    (a, b) -> worse(a.verdict(), b.verdict()) ? a : b));
    // A record that its own ledgers deny is of a run that failed, and no success.
    boolean failed = evidence.end().equals("failed");
    tests.values().forEach(t -> text.restore(t, failed));
    return text.document();
  }

  /** Of repeats the worst stands for all; of equals the last. */
  private static boolean worse(Verdict earlier, Verdict later) {
    return grade(earlier) > grade(later);
  }

  private static int grade(Verdict verdict) {
    return verdict == Verdict.MET ? 0 : verdict == Verdict.UNDETERMINED ? 1 : 2;
  }

  private static String who(Evidence.Drill drill) {
    return "scenario=\"%s\",context=\"%s\",disruption=\"%s\",environment=\"%s\",cell=\"%s\""
        .formatted(
            label(drill.name()),
            label(drill.context()),
            label(drill.disruption()),
            label(drill.environment()),
            drill.fillsCell() ? "filled" : "beside");
  }

  private void drill(Evidence.Drill drill) {
    String who = who(drill);
    sample(DRILL + "started_timestamp_seconds", "When it began.", who, seconds(drill.started()));
    verdict(DRILL, "1 for the verdict of the drill.", who, drill.verdict());
    measured(
        DRILL + "recovery_time",
        "At worst.",
        who,
        ResultTable.finding(drill, ResultTable.recovery(drill)));
    measured(DRILL + "data_loss", "At worst.", who, ResultTable.finding(drill, ResultTable.LOSS));
  }

  private void measured(String name, String help, String who, @Nullable Finding finding) {
    Finding.Measured m = finding == null ? null : finding.measured();
    // An end that was never seen is no figure.
    if (m == null || Double.isInfinite(m.upper())) {
      return;
    }
    if (m.unit().equals("ms")) {
      sample(name + "_seconds", help, who, m.upper() / 1e3);
    } else {
      sample(name + "_" + m.unit().replace('-', '_'), help, who, m.upper());
    }
  }

  private void restore(RestoreTest test, boolean runFailed) {
    String who =
        "policy=\"%s\",stanza=\"%s\"".formatted(label(test.policy()), label(test.stanza()));
    double finished = seconds(test.finished());
    sample(
        RESTORE + "last_run_timestamp_seconds", "When the last restore test ended.", who, finished);
    if (test.verdict() == Verdict.MET && !runFailed) {
      sample(
          RESTORE + "last_success_timestamp_seconds",
          "When a restore test last proved the backup.",
          who,
          finished);
    }
    verdict(RESTORE, "1 for the verdict of the last test.", who, test.verdict());
    RestoreRungResult rto = test.rung(Rung.RECOVERY_TIME);
    measured(
        RESTORE + "recovery_time",
        "From the order to a database that passed.",
        who,
        rto == null ? null : rto.finding());
    Double age = test.freshnessMs();
    if (age != null) {
      sample(
          RESTORE + "freshness_seconds",
          "Age of the newest heartbeat that came back.",
          who,
          age / 1e3);
    }
    sample(
        RESTORE + "restored_bytes",
        "Size of the restored files.",
        who,
        (double) test.restoredBytes());
    for (RestoreRungResult rung : test.ladder()) {
      String which = who + ",rung=\"" + rung.rung().check() + "\"";
      sample(
          RESTORE + "rung",
          "1 when the rung was met, 0 when missed, -1 when undetermined.",
          which,
          rung.verdict() == Verdict.MET ? 1 : rung.verdict() == Verdict.MISSED ? 0 : -1);
      if (rung.tried()) {
        sample(
            RESTORE + "rung_duration_seconds",
            "How long the rung took.",
            which,
            rung.durationMs() / 1e3);
      }
    }
  }

  private void verdict(String prefix, String help, String who, Verdict own) {
    for (Verdict verdict : Verdict.values()) {
      String labels = (who.isEmpty() ? "" : who + ",") + "verdict=\"" + verdict + "\"";
      sample(prefix + "verdict", help, labels, verdict == own ? 1 : 0);
    }
  }

  private void sample(String name, String help, String labels, double value) {
    String number =
        value == Math.rint(value) && Math.abs(value) < 1e15
            ? Long.toString((long) value)
            : String.format(Locale.ROOT, "%.3f", value);
    families
        .computeIfAbsent(name, n -> new Family(help, new ArrayList<>()))
        .samples()
        .add(
            "drillyard_%s%s %s\n"
                .formatted(name, labels.isEmpty() ? "" : "{" + labels + "}", number));
  }

  private String document() {
    StringBuilder out = new StringBuilder();
    families.forEach(
        (name, family) -> {
          out.append("# HELP drillyard_%s %s\n".formatted(name, family.help()));
          out.append("# TYPE drillyard_%s gauge\n".formatted(name));
          family.samples().forEach(out::append);
        });
    return out.toString();
  }

  private static String label(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static double seconds(String instant) {
    try {
      return Instant.parse(instant).toEpochMilli() / 1e3;
    } catch (DateTimeException e) {
      return 0;
    }
  }
}
