package io.drillyard.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.WriteOutcome;
import java.util.List;
import java.util.Map;
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

  private static WriteTally told(String member, int timeline, long sequence) {
    Event.Write w = write(sequence, 10, WriteOutcome.ACKNOWLEDGED);
    return new WriteTally(
        1,
        0,
        0,
        sequence,
        new Event.Write(
            w.at(), 0, "w", "a", null, sequence, w.outcome(), member, timeline, 9, 9, null, null));
  }

  /** What was told on an older timeline may have been lost with it. */
  @Test
  void onlyTheNewestTimelineOfAClusterCounts() {
    Map<String, WriteTally> tallies =
        Map.of(
            "a", told("pg1", 1, 70),
            "b", told("pg2", 2, 80),
            "c", told("pg2", 2, 90),
            "d", told("dr1", 3, 95),
            "e", new WriteTally(0, 5, 0, 0, null));
    assertThat(WriteTally.acknowledgedBy(tallies, List.of("pg1", "pg2")))
        .isEqualTo(Map.of("b", 80L, "c", 90L));
    assertThat(WriteTally.acknowledgedBy(tallies, List.of("dr1"))).isEqualTo(Map.of("d", 95L));
    assertThat(WriteTally.acknowledgedBy(tallies, List.of("x"))).isEmpty();
  }
}
