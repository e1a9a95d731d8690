package io.drillyard.declaration;

import java.time.Duration;

/**
 * How soon and how late an automatic failover can come after the primary is gone, by what is
 * configured. Facts of Patroni 3.0 to 4.1 with etcd's v3 interface:
 *
 * <ul>
 *   <li>The leader renews its lease once per cycle, and cycles begin every {@code loop_wait}, or
 *       sooner when something wakes it (patroni/__main__.py, schedule_next_run; dcs/etcd3.py,
 *       _update_leader). So the lease is at most {@code loop_wait} old when the primary is gone,
 *       and a little more where one cycle took longer to come to it than the one before.
 *   <li>A lease lives {@code ttl} whole seconds after its renewal, never less; etcd looks for
 *       expired ones every 500 ms, and a newly elected etcd leader lets every lease begin anew.
 *   <li>A standby is woken when the leader key goes (dcs/etcd3.py, KVCache); only where its watch
 *       is lost does it wait for its next cycle, {@code loop_wait} and 0.5 s at most.
 *   <li>In the race it asks the other members, 2 s each and all at once (ha.py, fetch_node_status),
 *       then takes the key within {@code retry_timeout}. How long PostgreSQL takes to promote has
 *       no bound in any setting.
 * </ul>
 *
 * <p>The lower end holds while etcd answers renewals within {@link #CYCLE}; an etcd that is slow
 * itself can bring it forward by up to two {@code retry_timeout}. The upper ends leave out the
 * promotion itself.
 *
 * @param etcdBeside an etcd member stands on a member's host and may be lost with it
 * @param route from a promoted primary to the moment that clients are led to it
 * @param client from there to a client's commit
 */
public record FailoverBounds(
    Duration ttl,
    Duration loopWait,
    Duration retryTimeout,
    boolean etcdBeside,
    Duration route,
    Duration client) {
  /**
   * Key among a drill's recorded settings, there only where the plan takes the primary away so that
   * nothing but the end of its lease brings another one.
   */
  public static final String WAITS_FOR = "failover.waits_for";

  private static final String APART = ", etcd on hosts of its own";

  /** What a healthy cycle takes, at most, before it renews the lease. */
  public static final Duration CYCLE = Duration.ofSeconds(1);

  private static final Duration LESSOR = Duration.ofMillis(500);
  private static final Duration ELECTION = Duration.ofSeconds(2);
  private static final Duration LOST_WATCH = Duration.ofMillis(500);
  private static final Duration STATUS = Duration.ofSeconds(2);
  private static final int TTL_LEAST = 20;
  private static final int LOOP_LEAST = 1;
  private static final int RETRY_LEAST = 3;

  /** Of a cluster and the route to it. Values below Patroni's minima count as those. */
  public static FailoverBounds of(ClusterPlan plan, Environment.Route route) {
    return of(
        plan.patroniNumber("ttl", 30),
        plan.patroniNumber("loop_wait", 10),
        plan.patroniNumber("retry_timeout", 10),
        plan.members().stream().anyMatch(plan.etcd()::contains),
        route);
  }

  /**
   * The same from plain values, in seconds.
   *
   * @param etcdBeside an etcd member stands on a member's host
   */
  public static FailoverBounds of(
      int ttl, int loopWait, int retryTimeout, boolean etcdBeside, Environment.Route route) {
    boolean proxy = route.kind().equals("haproxy");
    Duration led =
        proxy
            // A check that just failed or hangs (two intervals), then as many good ones as needed.
            ? route.checkInterval().multipliedBy(2L + route.checkRise())
            : route.hostRecheck().plus(route.connectTimeout());
    return new FailoverBounds(
        Duration.ofSeconds(Math.max(TTL_LEAST, ttl)),
        Duration.ofSeconds(Math.max(LOOP_LEAST, loopWait)),
        Duration.ofSeconds(Math.max(RETRY_LEAST, retryTimeout)),
        etcdBeside,
        led,
        route.connectTimeout().plus(route.socketTimeout()));
  }

  /** What is recorded under {@link #WAITS_FOR}. */
  public String waitsFor() {
    return "the end of the leader's lease" + (etcdBeside ? "" : APART);
  }

  /** Whether such a record says that an etcd member may be lost with the primary. */
  public static boolean etcdBeside(String waitsFor) {
    return !waitsFor.endsWith(APART);
  }

  /** True where Patroni takes the settings as they are; otherwise nothing is said of them. */
  public boolean kept() {
    return loopWait.plus(retryTimeout.multipliedBy(2)).compareTo(ttl) <= 0;
  }

  /** No lease ends sooner: ttl − loop_wait − {@link #CYCLE}. */
  public Duration soonest() {
    return ttl.minus(loopWait).minus(CYCLE);
  }

  /**
   * The lease is over by then: ttl, etcd's look, and an election where etcd's leader is lost too.
   */
  public Duration leaseLatest() {
    return ttl.plus(LESSOR).plus(etcdBeside ? ELECTION : Duration.ZERO);
  }

  /** A standby has taken the key by then, the promotion itself not counted. */
  public Duration promotedLatest() {
    return leaseLatest().plus(loopWait).plus(LOST_WATCH).plus(STATUS).plus(retryTimeout);
  }

  /** The route leads to it by then. */
  public Duration routedLatest() {
    return promotedLatest().plus(route);
  }

  /** A client has committed by then. */
  public Duration latest() {
    return routedLatest().plus(client);
  }

  /**
   * An old primary that cannot reach etcd begins to stop by then: the rest of its cycle and one
   * exhausted {@code retry_timeout}; without {@code failsafe_mode}.
   */
  public Duration demotionLatest() {
    return loopWait.plus(retryTimeout);
  }

  /** The arithmetic of {@link #soonest}. */
  public String soonestWords() {
    return "ttl %d s - loop_wait %d s (the oldest a renewed lease can be) - %d s for a healthy cycle = %d s"
        .formatted(ttl.toSeconds(), loopWait.toSeconds(), CYCLE.toSeconds(), soonest().toSeconds());
  }

  /** The arithmetic of {@link #latest}. */
  public String latestWords() {
    return ("ttl %d s + 0.5 s until etcd looks%s + loop_wait %d s + 0.5 s where a standby's watch is lost"
            + " + 2 s to ask the members + retry_timeout %d s to take the key + %s until the route"
            + " follows + %s until a client commits = %s, and the promotion itself on top")
        .formatted(
            ttl.toSeconds(),
            etcdBeside ? " + 2 s for an election where etcd's leader is lost too" : "",
            loopWait.toSeconds(),
            retryTimeout.toSeconds(),
            seconds(route),
            seconds(client),
            seconds(latest()));
  }

  private static String seconds(Duration d) {
    return java.math.BigDecimal.valueOf(d.toMillis(), 3).stripTrailingZeros().toPlainString()
        + " s";
  }
}
