package io.drillyard.scenario;

import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.primary;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.NetworkFault;
import io.drillyard.scenario.step.AwaitStormTime;
import io.drillyard.scenario.step.EndStorm;
import io.drillyard.scenario.step.HealStormFault;
import io.drillyard.scenario.step.InjectStormFault;
import io.drillyard.scenario.step.Step;
import io.drillyard.storm.ScheduledFault;
import io.drillyard.storm.StormSchedule;
import io.drillyard.storm.StormScheduleText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A schedule as the plan of an ordinary drill: what begins and ends, in the order of its times. */
public final class StormPlan {
  private static final Duration STEADY = Duration.ofSeconds(10);

  /** Nobody leads for about a lease after a primary was lost; a fault aimed at it waits so long. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private StormPlan() {}

  /** At one moment heals come first: what follows finds their places free. */
  private record Moment(long atMs, boolean heals, ScheduledFault entry) {
    Step step() {
      return heals
          ? new HealStormFault(entry.name())
          : new InjectStormFault(entry.name(), entry.choice().fault(), PATIENCE);
    }
  }

  /** The plan of a storm. */
  public static Drill of(StormScheduleText storm) {
    StormSchedule schedule = storm.schedule();
    List<Moment> moments = new ArrayList<>();
    for (ScheduledFault entry : schedule.entries()) {
      moments.add(new Moment(entry.atMs(), false, entry));
      if (!entry.choice().momentary()) {
        moments.add(new Moment(entry.endMs(), true, entry));
      }
    }
    moments.sort(
        Comparator.comparingLong(Moment::atMs)
            .thenComparing(Moment::heals, Comparator.reverseOrder())
            .thenComparingInt(m -> m.entry().number()));
    Drill drill =
        Drill.claiming(
                "A storm of %s, seed %d".formatted(schedule.words(), schedule.seed()),
                "Whatever of this schedule is in force, never do two members accept commits on"
                    + " diverged branches; once all of it is healed service and redundancy return,"
                    + " and what was declared never to be lost is there.")
            .in(storm.environment())
            .judgedFor(storm.context(), Disruption.STORM)
            .steadyFor(STEADY);
    long before = 0;
    for (Moment moment : moments) {
      drill =
          drill
              .then(
                  new AwaitStormTime(
                      Duration.ofMillis(moment.atMs()), Duration.ofMillis(moment.atMs() - before)))
              .then(moment.step());
      before = moment.atMs();
    }
    return drill
        .then(
            new EndStorm(
                schedule.entries().stream()
                    .filter(e -> e.choice().fault() instanceof NetworkFault)
                    .map(ScheduledFault::name)
                    .toList()))
        .await(primary(), Duration.ofSeconds(90))
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(STEADY);
  }
}
