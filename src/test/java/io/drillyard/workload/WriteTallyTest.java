package io.drillyard.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.WriteOutcome;
import org.junit.jupiter.api.Test;

/** A writer's connections return out of order. */
final class WriteTallyTest {
  private static Event.Write write(long sequence, long endNs, WriteOutcome outcome) {
    return new Event.Write(
        new Interval(0, endNs), 0, "w", "a", null, sequence, outcome, "pg1", 1, 9, 9, null, null);
  }

  @Test
  void theHighestIsNotTheLastToReturn() {
    WriteTally.Counter counter = new WriteTally.Counter();
    counter.count(write(7, 10, WriteOutcome.ACKNOWLEDGED));
    counter.count(write(6, 20, WriteOutcome.ACKNOWLEDGED));
    counter.count(write(8, 30, WriteOutcome.REFUSED));
    counter.count(write(9, 40, WriteOutcome.UNKNOWN));
    WriteTally tally = counter.tally();
    assertThat(tally.highestAcknowledged()).isEqualTo(7);
    assertThat(tally.lastAcknowledged()).extracting(Event.Write::sequence).isEqualTo(6L);
    assertThat(tally).extracting(WriteTally::refused, WriteTally::unknown).containsExactly(1L, 1L);
  }
}
