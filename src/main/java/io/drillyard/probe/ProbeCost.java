package io.drillyard.probe;

import java.time.Duration;

/**
 * What the probes of one member cost it: transactions that they committed.
 *
 * @param commits how many
 * @param total time from sent to answered, all together
 * @param longest of them
 */
public record ProbeCost(long commits, Duration total, Duration longest) {
  /** The mean time of one. */
  public Duration mean() {
    return commits == 0 ? Duration.ZERO : total.dividedBy(commits);
  }

  ProbeCost plus(ProbeCost other) {
    return new ProbeCost(
        commits + other.commits,
        total.plus(other.total),
        longest.compareTo(other.longest) >= 0 ? longest : other.longest);
  }
}
