package io.drillyard.probe;

import java.time.Duration;

/**
 * How closely to look.
 *
 * @param every between two probes of one member
 * @param limit a probe without an answer for so long counts as hung, and again after each such time
 * @param longest then its connection is closed and a new one opened
 * @param standbys between two looks at a primary's standbys
 * @param archiver between two looks at a primary's archiver
 * @param patroni between two questions to Patroni's REST interface: at most one a second, a frozen
 *     Patroni's backlog fills up otherwise
 */
public record ProbeSettings(
    Duration every,
    Duration limit,
    Duration longest,
    Duration standbys,
    Duration archiver,
    Duration patroni) {
  /** What drills use. */
  public static final ProbeSettings USUAL =
      new ProbeSettings(
          Duration.ofMillis(25),
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofMillis(200),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));
}
