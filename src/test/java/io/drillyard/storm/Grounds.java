package io.drillyard.storm;

import java.time.Duration;
import java.util.List;

/** Environments and limits that tests start from. */
final class Grounds {
  /** One site, three members with etcd on their hosts, HAProxy, memory. */
  static final Ground SMALL = new Ground(3, 3, 3, 1, true, false, true);

  /** Two sites, etcd apart, a clock that can be set. */
  static final Ground LARGE = new Ground(3, 3, 6, 2, true, true, true);

  /** Two members, one etcd, no proxy, on disk. */
  static final Ground BARE = new Ground(2, 1, 2, 1, false, false, false);

  static final List<Ground> ALL = List.of(SMALL, LARGE, BARE);

  private Grounds() {}

  static Limits limits(int seconds, int atMost) {
    return new Limits(
        Duration.ofSeconds(seconds),
        atMost,
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5));
  }

  static Choice choice(String name) {
    return Menu.named(name).orElseThrow();
  }

  static Entry entry(int number, long atMs, long lengthMs, String name) {
    return new Entry(number, atMs, lengthMs, choice(name));
  }
}
