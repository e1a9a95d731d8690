package io.drillyard.workload;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.Ledger;
import io.drillyard.ledger.PacedWait;
import io.drillyard.ledger.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One client at work: a schedule that waits for nobody, and the lanes that serve it.
 *
 * <p>The schedule is open-loop: a write is due at its time whether or not the ones before have
 * returned, so a stall of the database shows in full in the latencies behind it.
 */
final class LoadWriter {
  /** Bounds how late a write that nobody took is given up on, when the rate is low. */
  private static final long LOOK_NS = Duration.ofMillis(25).toNanos();

  private final Ledger ledger;
  private final ClientSettings settings;
  private final ServiceContinuity continuity;
  private final DueWrites queue = new DueWrites();
  private final WriteTally.Counter counter = new WriteTally.Counter();
  private final List<Thread> lanes = new ArrayList<>();
  private final Thread schedule;
  private volatile LoadClient client;
  private volatile boolean stopping;

  LoadWriter(
      Ledger ledger, LoadClient client, ClientSettings settings, ServiceContinuity continuity) {
    this.ledger = ledger;
    this.client = client;
    this.settings = settings;
    this.continuity = continuity;
    this.schedule =
        Thread.ofVirtual().name("schedule of " + client.name()).unstarted(this::runSchedule);
  }

  void start() {
    for (int i = 0; i < settings.lanes(client); i++) {
      lanes.add(
          Thread.ofVirtual()
              .name(client.name() + " " + i)
              .start(new WriterConnection(ledger, this, settings)));
    }
    schedule.start();
  }

  LoadClient client() {
    return client;
  }

  DueWrites queue() {
    return queue;
  }

  WriteTally tally() {
    return counter.tally();
  }

  void redirect(String url) {
    client = client.redirectedTo(url);
  }

  void record(Event.Write write) {
    ledger.append(write);
    counter.count(write);
    if (client.routed() && write.acknowledged()) {
      continuity.served(write.at().endNs());
    }
  }

  private void runSchedule() {
    double periodNs = 1e9 / settings.perSecond(client);
    long startNs = ledger.now();
    long offered = 0;
    try {
      while (!stopping || !queue.isEmpty()) {
        long nowNs = ledger.now();
        while (!stopping && due(startNs, periodNs, offered) <= nowNs) {
          long dueNs = due(startNs, periodNs, offered);
          offered++;
          queue.offer(new DueWrites.Tick(offered, dueNs));
        }
        giveUp(nowNs - settings.giveUp().toNanos());
        PacedWait.until(ledger, Math.min(due(startNs, periodNs, offered), nowNs + LOOK_NS));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      queue.end();
      giveUp(Long.MAX_VALUE);
    }
  }

  /** When the n-th write (from 0) is due; from the start each time, so that errors don't add up. */
  private static long due(long startNs, double periodNs, long n) {
    return startNs + Math.round(n * periodNs);
  }

  private void giveUp(long scheduledUpToNs) {
    for (DueWrites.Tick tick : queue.expire(scheduledUpToNs)) {
      record(
          new Event.Write(
              Interval.instant(ledger.now()),
              tick.scheduledNs(),
              client.name(),
              client.site(),
              client.pinnedTo(),
              tick.sequence(),
              WriteOutcome.REFUSED,
              null,
              0,
              0,
              0,
              WriteFailureOutcomes.NO_FREE_CONNECTION,
              null));
    }
  }

  /** No more writes are scheduled from now on; those that are due still get their turn. */
  void stopScheduling() {
    stopping = true;
  }

  /** Waits for the writes in flight until then; after that their connections are closed. */
  void finish(long deadlineNs) throws InterruptedException {
    join(schedule, deadlineNs);
    for (Thread lane : lanes) {
      join(lane, deadlineNs);
    }
  }

  /** Ends with the thread, or with its interruption, which closes a socket it is blocked on. */
  private void join(Thread thread, long deadlineNs) throws InterruptedException {
    Duration left = Duration.ofNanos(Math.max(1_000_000, deadlineNs - ledger.now()));
    if (!thread.join(left)) {
      thread.interrupt();
      thread.join(Duration.ofSeconds(2));
    }
  }
}
