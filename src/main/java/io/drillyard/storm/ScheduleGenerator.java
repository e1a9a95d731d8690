package io.drillyard.storm;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Makes schedules. The same seed, limits, faults and ground give the same schedule, on every
 * machine: the algorithm of the random numbers is named, and nothing else varies.
 */
public final class ScheduleGenerator {
  private static final String ALGORITHM = "L64X128MixRandom";
  private static final long GRAIN_MS = 100;

  /** A momentary fault occupies its place for so long: what heals from it needs time. */
  static final long MOMENT_MS = 5_000;

  private static final int PICKS = 12;

  private ScheduleGenerator() {}

  /**
   * A schedule within the limits. It may hold fewer faults than the limits allow, and none where
   * nothing on the list can be injected.
   *
   * @param choices what to mix, in the menu's order; what the ground cannot bear is passed over
   */
  public static StormSchedule schedule(
      long seed,
      StormLimits limits,
      List<StormEligibleFault> choices,
      EnvironmentFaultSupport ground) {
    RandomGenerator random = RandomGeneratorFactory.of(ALGORITHM).create(seed);
    ScheduleRules rules = new ScheduleRules(ground);
    List<StormEligibleFault> fit =
        choices.stream().filter(c -> rules.unfit(c.fault()).isEmpty()).toList();
    List<ScheduledFault> entries = new ArrayList<>();
    long end = limits.length().toMillis();
    long gap = limits.gap().toMillis();
    long mean = (limits.shortest().toMillis() + limits.longest().toMillis()) / 2;
    long at = 0;
    while (!fit.isEmpty() && at + limits.shortest().toMillis() <= end) {
      ScheduledFault next = null;
      for (int i = 0; i < PICKS && next == null; i++) {
        StormEligibleFault choice = fit.get(random.nextInt(fit.size()));
        long length = choice.momentary() ? MOMENT_MS : length(random, limits);
        ScheduledFault entry = new ScheduledFault(entries.size() + 1, at, length, choice);
        boolean good =
            entry.endMs() <= end && rules.forbidden(entries, entry, limits.atMost(), gap).isEmpty();
        next = good ? entry : null;
      }
      if (next != null) {
        entries.add(next);
      }
      at += next == null ? gap : gap + grain(random.nextLong(2 * mean / limits.atMost()));
    }
    return new StormSchedule(seed, entries);
  }

  private static long length(RandomGenerator random, StormLimits limits) {
    long shortest = limits.shortest().toMillis();
    long spread = limits.longest().toMillis() - shortest;
    return shortest + (spread == 0 ? 0 : grain(random.nextLong(spread + 1)));
  }

  private static long grain(long ms) {
    return ms / GRAIN_MS * GRAIN_MS;
  }
}
