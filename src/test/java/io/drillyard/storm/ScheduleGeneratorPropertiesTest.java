package io.drillyard.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds for every seed. */
final class ScheduleGeneratorPropertiesTest {
  private static final int TRIES = 300;

  private static StormSchedule made(long seed, StormLimits limits, EnvironmentFaultSupport ground) {
    return ScheduleGenerator.schedule(seed, limits, StormFaults.choices(), ground);
  }

  @Property(tries = TRIES)
  void sameSeedSameSchedule(@ForAll long seed, @ForAll @IntRange(min = 0, max = 2) int ground) {
    StormLimits limits = ForgedOffers.limits(180, 2);
    assertThat(made(seed, limits, ForgedOffers.ALL.get(ground)))
        .isEqualTo(made(seed, limits, ForgedOffers.ALL.get(ground)));
  }

  @Property(tries = TRIES)
  void limitsHold(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 2) int ground,
      @ForAll @IntRange(min = 1, max = 4) int atMost,
      @ForAll @IntRange(min = 40, max = 600) int seconds) {
    StormSchedule schedule =
        made(seed, ForgedOffers.limits(seconds, atMost), ForgedOffers.ALL.get(ground));
    assertThat(schedule.entries()).isNotEmpty();
    assertThat(schedule.mostAtOnce()).isLessThanOrEqualTo(atMost);
    assertThat(schedule.endMs()).isLessThanOrEqualTo(seconds * 1000L);
    for (ScheduledFault entry : schedule.entries()) {
      assertThat(entry.endMs()).isGreaterThan(entry.atMs());
      if (!entry.choice().momentary()) {
        assertThat(entry.lengthMs()).isBetween(5_000L, 30_000L);
      }
    }
    assertThat(schedule.entries().stream().map(ScheduledFault::number))
        .containsExactlyElementsOf(
            java.util.stream.IntStream.rangeClosed(1, schedule.entries().size()).boxed().toList());
  }

  @Property(tries = TRIES)
  void everyFaultCanBeInjectedThere(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 2) int ground) {
    ScheduleRules rules = new ScheduleRules(ForgedOffers.ALL.get(ground));
    StormSchedule schedule = made(seed, ForgedOffers.limits(300, 3), ForgedOffers.ALL.get(ground));
    assertThat(schedule.entries()).allMatch(e -> rules.unfit(e.choice().fault()).isEmpty());
  }

  @Property(tries = TRIES)
  void whatOverlapsMayOverlap(@ForAll long seed, @ForAll @IntRange(min = 0, max = 2) int ground) {
    ScheduleRules rules = new ScheduleRules(ForgedOffers.ALL.get(ground));
    List<ScheduledFault> entries =
        made(seed, ForgedOffers.limits(600, 4), ForgedOffers.ALL.get(ground)).entries();
    int lost = 0;
    for (ScheduledFault one : entries) {
      lost += one.choice().name().equals("disk-loss") ? 1 : 0;
      lost += one.choice().name().equals("data-directory-lost") ? 1 : 0;
      for (ScheduledFault other : entries) {
        boolean overlap =
            one.number() < other.number()
                && other.atMs() < one.endMs()
                && one.atMs() < other.endMs();
        if (overlap) {
          assertThat(rules.apart(one.choice().fault(), other.choice().fault()))
              .as("%s with %s", one, other)
              .isEmpty();
        }
      }
    }
    assertThat(lost).isLessThanOrEqualTo(1);
  }

  @Property(tries = TRIES)
  void itsTextGivesTheSameScheduleBack(@ForAll long seed) {
    StormSchedule schedule = made(seed, ForgedOffers.limits(180, 2), ForgedOffers.LARGE);
    StormScheduleText text = new StormScheduleText("two-sites", "task-orchestration", schedule);
    assertThat(StormScheduleText.parse(text.write(), "a text")).isEqualTo(text);
  }

  @Property(tries = TRIES)
  void closingUpKeepsWhatOverlaps(@ForAll long seed) {
    StormSchedule schedule = made(seed, ForgedOffers.limits(300, 2), ForgedOffers.SMALL);
    StormSchedule closed = schedule.closedUp(5_000);
    assertThat(closed.entries().getFirst().atMs()).isZero();
    assertThat(closed.endMs()).isLessThanOrEqualTo(schedule.endMs());
    assertThat(closed.closedUp(5_000)).isEqualTo(closed);
    for (int i = 0; i < schedule.entries().size(); i++) {
      for (int j = i + 1; j < schedule.entries().size(); j++) {
        ScheduledFault first = schedule.entries().get(i);
        ScheduledFault second = schedule.entries().get(j);
        if (second.atMs() < first.endMs()) {
          assertThat(closed.entries().get(j).atMs() - closed.entries().get(i).atMs())
              .isEqualTo(second.atMs() - first.atMs());
        }
      }
    }
  }
}
