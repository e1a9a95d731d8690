package io.drillyard.evidence;

import io.drillyard.declaration.Environment;
import io.drillyard.declaration.FailoverBounds;
import io.drillyard.evidence.Evidence.Drill;
import io.drillyard.evidence.picture.RecoveryMilestone;
import io.drillyard.evidence.text.FigureWords;
import io.drillyard.evidence.text.MarkupWriter;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the declared settings imply for each step of a recovery, beside what was measured. */
final class RecoveryPartBounds {
  private final @Nullable FailoverBounds bounds;

  private RecoveryPartBounds(@Nullable FailoverBounds bounds) {
    this.bounds = bounds;
  }

  /**
   * Of a drill; unknown where it records no settings, or the disruption leaves the primary alone.
   */
  static RecoveryPartBounds of(Drill drill) {
    Map<String, String> settings = drill.settings();
    String route = settings.get("client.route");
    String waitsFor = settings.get(FailoverBounds.WAITS_FOR);
    if (route == null || waitsFor == null) {
      return new RecoveryPartBounds(null);
    }
    FailoverBounds found =
        FailoverBounds.of(
            number(settings, "patroni.ttl", 30),
            number(settings, "patroni.loop_wait", 10),
            number(settings, "patroni.retry_timeout", 10),
            FailoverBounds.etcdBeside(waitsFor),
            new Environment.Route(
                route,
                java.util.List.of(),
                ms(settings, "client.connect_timeout", 1000),
                ms(settings, "client.socket_timeout", 2000),
                ms(settings, "client.host_recheck", 1000),
                ms(settings, "haproxy.check_interval", 500),
                number(settings, "haproxy.check_fall", 2),
                number(settings, "haproxy.check_rise", 1)));
    return new RecoveryPartBounds(found.kept() ? found : null);
  }

  private static int number(Map<String, String> settings, String key, int otherwise) {
    String digits = settings.getOrDefault(key, "").replaceAll("[^0-9].*", "");
    return digits.isEmpty() || digits.length() > 8 ? otherwise : Integer.parseInt(digits);
  }

  private static Duration ms(Map<String, String> settings, String key, int otherwise) {
    return Duration.ofMillis(number(settings, key, otherwise));
  }

  boolean known() {
    return bounds != null;
  }

  /** The cell of a step: its bound, and whether what was measured lies inside. */
  void cell(MarkupWriter out, RecoveryMilestone step) {
    out.open("td");
    FailoverBounds b = bounds;
    Duration latest = b == null ? null : latest(b, step.name());
    if (b == null || latest == null) {
      out.text(FigureWords.NONE).close();
      return;
    }
    Duration soonest = b.soonest();
    out.leaf(
        "span",
        FigureWords.duration(soonest) + " – " + FigureWords.duration(latest),
        "class",
        "figure");
    boolean sooner = step.upperMs() < soonest.toMillis();
    boolean later = step.lowerMs() > latest.toMillis();
    out.leaf(
        "small",
        sooner ? "sooner than that" : later ? "later than that" : "within",
        "class",
        "margin " + (sooner || later ? "unclear" : "left"));
    out.close();
  }

  private static @Nullable Duration latest(FailoverBounds b, String step) {
    return switch (step) {
      case "lease expired" -> b.leaseLatest();
      case "promoted" -> b.promotedLatest();
      case "routed" -> b.routedLatest();
      case "first commit" -> b.latest();
      default -> null;
    };
  }

  void explain(MarkupWriter out) {
    FailoverBounds b = bounds;
    if (b != null) {
      out.leaf(
          "p",
          "By the settings: no failover comes sooner than "
              + b.soonestWords()
              + "; it may take "
              + b.latestWords()
              + ". An old primary that cannot reach etcd begins to stop within "
              + FigureWords.duration(b.demotionLatest())
              + " (loop_wait + retry_timeout).",
          "class",
          "quiet");
    }
  }
}
