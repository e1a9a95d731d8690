package io.drillyard.storm;

import java.time.Duration;
import java.util.List;

/** Environments and limits that tests start from. */
final class ForgedOffers {
  /** One site, three members with etcd on their hosts, HAProxy, memory. */
  static final EnvironmentFaultSupport SMALL =
      new EnvironmentFaultSupport(3, 3, 3, 1, true, false, true, true);

  /** Two sites, etcd apart, a clock that can be set. */
  static final EnvironmentFaultSupport LARGE =
      new EnvironmentFaultSupport(3, 3, 6, 2, true, true, true, true);

  /** Two members, one etcd, no proxy, on disk. */
  static final EnvironmentFaultSupport BARE =
      new EnvironmentFaultSupport(2, 1, 2, 1, false, false, false, false);

  static final List<EnvironmentFaultSupport> ALL = List.of(SMALL, LARGE, BARE);

  private ForgedOffers() {}

  static StormLimits limits(int seconds, int atMost) {
    return new StormLimits(
        Duration.ofSeconds(seconds),
        atMost,
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5));
  }

  static StormEligibleFault choice(String name) {
    return StormFaults.named(name).orElseThrow();
  }

  static ScheduledFault entry(int number, long atMs, long lengthMs, String name) {
    return new ScheduledFault(number, atMs, lengthMs, choice(name));
  }
}
