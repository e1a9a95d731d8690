package io.drillyard.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.Awaiting;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The meters say when the harness stood still, and what the wall clock did meanwhile. */
final class MetersTest {
  private static final long MS = 1_000_000;

  @Test
  void onlyALateWakeUpIsAStall() {
    MemoryLedger ledger = new MemoryLedger(() -> 0);
    StallMeter.observe(ledger, 100 * MS, 105 * MS);
    StallMeter.observe(ledger, 100 * MS, 125 * MS);
    assertThat(ledger.events()).isEmpty();
    StallMeter.observe(ledger, 100 * MS, 225 * MS);
    assertThat(ledger.events())
        .containsExactly(new Event.Stalled(new Interval(100 * MS, 225 * MS), 120 * MS));
  }

  @Test
  void aSampleEnclosesTheMomentOfTheWallClock() {
    AtomicLong clock = new AtomicLong(7);
    MemoryLedger ledger = new MemoryLedger(clock::get);
    ClockMeter.sample(
        ledger,
        () -> {
          clock.set(9);
          return Instant.ofEpochSecond(1, 5);
        });
    assertThat(ledger.events())
        .containsExactly(new Event.WallClock(new Interval(7, 9), 1_000_000_005L));
  }

  @Test
  void theyRunUntilClosed() {
    MemoryLedger ledger = new MemoryLedger();
    try (ClockMeter clock = ClockMeter.start(ledger, Instant::now);
        StallMeter stalls = StallMeter.start(ledger)) {
      assertThat(clock).isNotNull();
      assertThat(stalls).isNotNull();
      Awaiting.soon().until(() -> ledger.events(Event.WallClock.class).size() >= 3);
    }
    int after = ledger.events().size();
    assertThat(ledger.events()).hasSize(after);
  }

  @Test
  void theClockIsSampledTenTimesASecondAndNotMore() {
    MemoryLedger ledger = new MemoryLedger();
    long before = ledger.now();
    try (ClockMeter clock = ClockMeter.start(ledger, Instant::now)) {
      assertThat(clock).isNotNull();
      Awaiting.soon().until(() -> ledger.events(Event.WallClock.class).size() >= 4);
    }
    assertThat(ledger.events(Event.WallClock.class).get(3).at().startNs())
        .isGreaterThanOrEqualTo(before + 300 * MS);
  }

  @Test
  void aHarnessThatStandsStillIsNoticedByItsOwnSleep() {
    AtomicLong clock = new AtomicLong();
    // Whoever reads this clock finds that a tenth of a second has gone by.
    MemoryLedger ledger = new MemoryLedger(() -> clock.addAndGet(100 * MS));
    try (StallMeter stalls = StallMeter.start(ledger)) {
      assertThat(stalls).isNotNull();
      Awaiting.soon().until(() -> !ledger.events(Event.Stalled.class).isEmpty());
    }
    assertThat(ledger.events(Event.Stalled.class).getFirst().lateNs()).isEqualTo(95 * MS);
  }

  @Test
  void whoWaitsForTheClockWaitsUntilItReadsThat() throws InterruptedException {
    long origin = System.nanoTime() - Duration.ofHours(1).toNanos();
    MemoryLedger ledger = new MemoryLedger(() -> System.nanoTime() - origin);
    long wanted = ledger.now() + 50 * MS;
    PacedWait.until(ledger, wanted);
    assertThat(ledger.now()).isGreaterThanOrEqualTo(wanted);
    PacedWait.until(ledger, 0);
    long before = ledger.now();
    PacedWait.pause(Duration.ofMillis(30));
    assertThat(ledger.now()).isGreaterThanOrEqualTo(before + 30 * MS);
  }

  @Test
  void aLedgerInMemoryCountsFromWhenItWasMade() {
    assertThat(new MemoryLedger().now()).isBetween(1L, Duration.ofMinutes(1).toNanos());
  }
}
