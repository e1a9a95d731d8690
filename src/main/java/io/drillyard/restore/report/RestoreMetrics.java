package io.drillyard.restore.report;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.Climbed;
import io.drillyard.check.backup.Rung;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A run in Prometheus' text format, for the node exporter's folder. Alert on the age of {@code
 * drillyard_restore_last_success_timestamp_seconds}: a test that never ran says nothing.
 */
public final class RestoreMetrics {
  private final StringBuilder out = new StringBuilder();

  private RestoreMetrics() {}

  /** The document, of the last plain test; empty when there was none. */
  public static String write(RestoreRun run) {
    List<RestoreTest> plain = run.plain();
    return plain.isEmpty() ? "" : new RestoreMetrics().of(plain.getLast());
  }

  private String of(RestoreTest test) {
    String who =
        "policy=\"%s\",stanza=\"%s\"".formatted(label(test.policy()), label(test.stanza()));
    double finished = seconds(test.finished());
    family("last_run_timestamp_seconds", "When the last restore test ended.");
    sample("last_run_timestamp_seconds", who, finished);
    if (test.verdict() == Verdict.MET) {
      family("last_success_timestamp_seconds", "When a restore test last proved the backup.");
      sample("last_success_timestamp_seconds", who, finished);
    }
    family("verdict", "1 for the verdict of the last test.");
    for (Verdict verdict : Verdict.values()) {
      sample("verdict", who + ",verdict=\"" + verdict + "\"", verdict == test.verdict() ? 1 : 0);
    }
    Climbed rto = test.rung(Rung.RECOVERY_TIME);
    Finding.Measured time = rto == null ? null : rto.finding().measured();
    if (time != null) {
      family("recovery_time_seconds", "From the order to a database that passed.");
      sample("recovery_time_seconds", who, time.upper() / 1e3);
    }
    Double age = test.freshnessMs();
    if (age != null) {
      family("freshness_seconds", "Age of the newest heartbeat that came back.");
      sample("freshness_seconds", who, age / 1e3);
    }
    family("restored_bytes", "Size of the restored files.");
    sample("restored_bytes", who, (double) test.restoredBytes());
    family("rung", "1 when the rung was met, 0 when missed, -1 when undetermined.");
    for (Climbed rung : test.ladder()) {
      int value = rung.verdict() == Verdict.MET ? 1 : rung.verdict() == Verdict.MISSED ? 0 : -1;
      sample("rung", who + ",rung=\"" + rung.rung().check() + "\"", value);
    }
    family("rung_duration_seconds", "How long the rung took.");
    for (Climbed rung : test.ladder()) {
      if (rung.tried()) {
        sample(
            "rung_duration_seconds",
            who + ",rung=\"" + rung.rung().check() + "\"",
            rung.durationMs() / 1e3);
      }
    }
    return out.toString();
  }

  private void family(String name, String help) {
    out.append("# HELP drillyard_restore_%s %s\n".formatted(name, help));
    out.append("# TYPE drillyard_restore_%s gauge\n".formatted(name));
  }

  private void sample(String name, String labels, double value) {
    String number =
        value == Math.rint(value) && Math.abs(value) < 1e15
            ? Long.toString((long) value)
            : String.format(Locale.ROOT, "%.3f", value);
    out.append("drillyard_restore_%s{%s} %s\n".formatted(name, labels, number));
  }

  private static String label(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static double seconds(String instant) {
    return Instant.parse(instant).toEpochMilli() / 1e3;
  }
}
