package io.drillyard.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.storm.ScheduleShrinker.Outcome;
import io.drillyard.storm.ScheduleShrinker.Result;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The search, against oracles whose truth is known. */
class ScheduleShrinkerTest {
  private static StormSchedule schedule(int entries) {
    List<ScheduledFault> all = new ArrayList<>();
    for (int i = 1; i <= entries; i++) {
      all.add(ForgedOffers.entry(i, i * 20_000L, 16_000, "freeze-patroni"));
    }
    return new StormSchedule(7, all);
  }

  /** Violates when all of these are there, each for at least so long. */
  private static ScheduleShrinker.Oracle needs(long leastMs, Integer... numbers) {
    return (candidate, purpose) -> {
      Set<Integer> there = new HashSet<>();
      candidate.entries().stream()
          .filter(e -> e.lengthMs() >= leastMs)
          .forEach(e -> there.add(e.number()));
      return there.containsAll(List.of(numbers)) ? Outcome.VIOLATED : Outcome.HELD;
    };
  }

  private static Result shrink(ScheduleShrinker.Oracle oracle, int most, StormSchedule schedule) {
    return new ScheduleShrinker(oracle, most, () -> true, 4_000, 5_000, 2).shrink(schedule);
  }

  private static List<Integer> numbers(Result result) {
    return result.smallest().entries().stream().map(ScheduledFault::number).toList();
  }

  @Test
  void oneFaultIsFoundAmongMany() {
    Result result = shrink(needs(16_000, 6), 40, schedule(9));
    assertThat(numbers(result)).containsExactly(6);
    assertThat(result.minimal()).isTrue();
    assertThat(result.smallest().entries().getFirst().atMs()).isZero();
    assertThat(result.replays()).isEqualTo(2);
    assertThat(result.violated()).isEqualTo(2);
  }

  @Test
  void twoFaultsThatNeedEachOtherStayTogether() {
    Result result = shrink(needs(16_000, 2, 7), 60, schedule(8));
    assertThat(numbers(result)).containsExactly(2, 7);
    assertThat(result.minimal()).isTrue();
  }

  @Test
  void lengthsAreHalvedWhileItViolates() {
    Result result = shrink(needs(8_000, 3), 40, schedule(4));
    assertThat(numbers(result)).containsExactly(3);
    assertThat(result.smallest().entries().getFirst().lengthMs()).isEqualTo(8_000);
    assertThat(result.violated()).isEqualTo(result.replays());
    assertThat(shrink(needs(0, 3), 40, schedule(4)).smallest().endMs()).isEqualTo(4_000);
  }

  @Test
  void whereNothingSmallerViolatesTheGivenOneIsConfirmed() {
    StormSchedule all = schedule(4);
    Result result = shrink(needs(16_000, 1, 2, 3, 4), 60, all);
    assertThat(result.smallest()).isEqualTo(all);
    assertThat(result.minimal()).isTrue();
    assertThat(result.replays()).isEqualTo(2);
  }

  @Test
  void aSingleFaultIsOnlyConfirmed() {
    Result result = shrink(needs(16_000, 1), 60, schedule(1));
    assertThat(numbers(result)).containsExactly(1);
    assertThat(result.minimal()).isTrue();
  }

  @Test
  void aViolationThatNeverComesBackIsSaidToBeOne() {
    StormSchedule all = schedule(3);
    Result result = shrink((candidate, purpose) -> Outcome.HELD, 60, all);
    assertThat(result.smallest()).isEqualTo(all);
    assertThat(result.violated()).isZero();
    assertThat(result.replays()).isEqualTo(2);
  }

  @Test
  void whatSaysNothingRulesACandidateOut() {
    Result result = shrink((candidate, purpose) -> Outcome.UNRESOLVED, 60, schedule(3));
    assertThat(numbers(result)).containsExactly(1, 2, 3);
    assertThat(result.trials()).allMatch(t -> t.outcome() == Outcome.UNRESOLVED);
  }

  @Test
  void aFlakyViolationIsTriedAgainAndCounted() {
    int[] calls = {0};
    ScheduleShrinker.Oracle truth = needs(16_000, 2);
    Result result =
        shrink(
            (candidate, purpose) ->
                purpose.equals("again") && calls[0]++ == 0
                    ? Outcome.HELD
                    : truth.play(candidate, purpose),
            60,
            schedule(4));
    assertThat(numbers(result)).containsExactly(2);
    assertThat(result.replays()).isEqualTo(2);
    assertThat(result.violated()).isEqualTo(1);
  }

  @Test
  void theBoundIsKeptAndSaid() {
    Result result = shrink(needs(16_000, 2, 7), 3, schedule(8));
    assertThat(result.trials()).hasSize(3);
    assertThat(result.minimal()).isFalse();
    assertThat(shrink(needs(16_000, 2), 0, schedule(8)).trials()).isEmpty();
  }

  @Test
  void afterTheTimeIsUpNothingBegins() {
    int[] left = {2};
    Result result =
        new ScheduleShrinker(needs(16_000, 2, 7), 60, () -> left[0]-- > 0, 4_000, 5_000, 2)
            .shrink(schedule(8));
    assertThat(result.trials()).hasSize(2);
    assertThat(result.minimal()).isFalse();
  }

  @Property(tries = 200)
  void whatIsFoundViolatesAndIsMinimal(
      @ForAll @IntRange(min = 1, max = 9) int size,
      @ForAll @IntRange(min = 1, max = 9) int a,
      @ForAll @IntRange(min = 1, max = 9) int b) {
    Integer one = Math.min(a, size);
    Integer other = Math.min(b, size);
    ScheduleShrinker.Oracle oracle = needs(0, one, other);
    Result result = shrink(oracle, 1000, schedule(size));
    assertThat(oracle.play(result.smallest(), "check")).isEqualTo(Outcome.VIOLATED);
    assertThat(new HashSet<>(numbers(result))).isEqualTo(new HashSet<>(List.of(one, other)));
    assertThat(result.minimal()).isTrue();
    assertThat(result.trials().size()).isLessThan(150);
  }
}
