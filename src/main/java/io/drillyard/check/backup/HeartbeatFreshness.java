package io.drillyard.check.backup;

import io.drillyard.check.Finding;
import io.drillyard.check.Finding.Measured;
import io.drillyard.check.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How old the newest data are that came back: from the newest heartbeat to the moment before which
 * everything had to be there. Nothing in a repository tells that its newest part is missing, so
 * without a heartbeat it stays undetermined.
 */
public final class HeartbeatFreshness {
  private HeartbeatFreshness() {}

  /**
   * Judges.
   *
   * @param newest heartbeat in the restored data; null: there is none
   * @param reference the order of the test, or the target's moment
   * @param limit declared; null: none
   */
  public static Finding judge(
      @Nullable Instant newest, Instant reference, @Nullable Duration limit) {
    String target = limit == null ? null : "at most " + limit.toSeconds() + " s";
    if (newest == null) {
      return new Finding(
          Rung.FRESHNESS.check(),
          Verdict.UNDETERMINED,
          target,
          null,
          "No heartbeat came back: how fresh the data are cannot be told from a repository.",
          List.of(),
          Map.of());
    }
    double age = Duration.between(newest, reference).toNanos() / 1e6;
    // A clock that runs ahead proves nothing better than now.
    double shown = Math.max(0, age);
    Double limitMs = limit == null ? null : limit.toNanos() / 1e6;
    Measured measured = new Measured(shown, shown, limitMs, "ms");
    boolean ahead = age < -1000;
    Verdict verdict =
        ahead ? Verdict.UNDETERMINED : limit == null ? Verdict.UNDETERMINED : measured.against();
    String summary =
        ahead
            ? "The newest heartbeat, of %s, lies ahead of this machine's clock.".formatted(newest)
            : "The newest heartbeat is of %s, %.1f s before the reference.%s"
                .formatted(newest, shown / 1e3, limit == null ? " No limit is declared." : "");
    return new Finding(
        Rung.FRESHNESS.check(), verdict, target, measured, summary, List.of(), Map.of());
  }
}
