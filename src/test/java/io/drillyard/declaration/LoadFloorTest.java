package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Five writes prove no RPO, and an outage between two writes is seen by nobody. */
final class LoadFloorTest {
  private static final Duration STEADY = Duration.ofSeconds(8);

  private static LoadFloor floor(String rto, String rpo) {
    return LoadFloor.of(
        new Objective(
            Disruption.NODE_LOSS,
            FailoverMode.AUTOMATIC,
            Durations.parse(rto),
            Rpo.parse(rpo),
            Duration.ofMinutes(3),
            true));
  }

  @ParameterizedTest
  @CsvSource({
    "45s, 0 transactions, 1000",
    "15s, 0 transactions, 750",
    "2s, 0 transactions, 100",
    "60s, 10s, 1000",
    "60s, 2s, 200",
    "1s, 100ms, 10",
    "99999d, 99999d, 1000",
  })
  void the_largest_spacing_follows_the_targets(String rto, String rpo, long millis) {
    assertThat(floor(rto, rpo).largestSpacing()).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void the_usual_load_reaches_it() {
    assertThat(floor("45s", "0 transactions").shortfalls(100, 1, STEADY)).isEmpty();
    assertThat(floor("15s", "10s").shortfalls(12.5, 1, STEADY)).isEmpty();
    assertThat(floor("15s", "10s").shortfalls(6.25, 2, STEADY)).isEmpty();
  }

  @Test
  void too_few_writes_are_named() {
    assertThat(floor("45s", "0 transactions").shortfalls(12.4, 1, STEADY))
        .singleElement()
        .asString()
        .contains("12.4 routed writes/s of 1 clients make 99 writes in the 8 s", "100 are needed");
  }

  @Test
  void a_client_that_writes_too_rarely_is_named_even_where_many_make_enough_writes() {
    assertThat(floor("45s", "0 transactions").shortfalls(0.9, 20, STEADY))
        .singleElement()
        .asString()
        .contains("1111.111 ms between its writes", "no more than 1000 ms");
    assertThat(floor("45s", "1s").shortfalls(9, 2, STEADY))
        .singleElement()
        .asString()
        .contains("no more than 100 ms");
  }

  @Test
  void both_reasons_are_told() {
    assertThat(floor("45s", "0 transactions").shortfalls(0.001, 1, STEADY)).hasSize(2);
    assertThat(floor("45s", "0 transactions").shortfalls(0, 1, STEADY)).hasSize(2);
    assertThat(floor("45s", "0 transactions").shortfalls(Double.NaN, 1, STEADY)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"45s, 1, 13", "45s, 2, 7", "45s, 100, 1", "2s, 4, 10"})
  void the_least_rate_reaches_it_and_one_less_does_not(String rto, int clients, long least) {
    LoadFloor floor = floor(rto, "0 transactions");
    assertThat(floor.leastPerSecond(clients, STEADY)).isEqualTo(least);
    assertThat(floor.shortfalls((double) least, clients, STEADY)).isEqualTo(List.of());
    assertThat(floor.shortfalls(least - 1.0, clients, STEADY)).isNotEmpty();
  }

  @Test
  void the_judge_counts_acknowledged_writes() {
    assertThat(floor("45s", "0 transactions").enough(100)).isTrue();
    assertThat(floor("45s", "0 transactions").enough(99)).isFalse();
  }
}
