package io.drillyard.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A long run is judged in seconds: nothing here is worse than n log n. */
final class MillionEventsTest {
  private static final Duration BUDGET = Duration.ofSeconds(3);

  @Test
  void aMillionEventsAreJudgedWithinTheBudget() {
    Forge forge = Drills.lostPrimary();
    for (int i = 0; i < 1_000_000; i++) {
      double ms = i * (Drills.FAULT - 10) / 1_000_000;
      forge.write(ms, ms + 4, "w" + i % 50, null, Outcome.ACKNOWLEDGED, "pg1", 1);
    }
    Drills.readBack(forge, Drills.ALL_ACKS);
    History history = forge.history();
    long startNs = System.nanoTime();
    for (Check check : Judge.all()) {
      assertThat(check.judge(history, Drills.target()).verdict())
          .as(check.name())
          .isEqualTo(Verdict.MET);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - startNs);
    System.out.println("a million events judged in " + took.toMillis() + " ms");
    assertThat(took).isLessThan(BUDGET);
  }
}
