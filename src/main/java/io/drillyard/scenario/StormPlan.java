package io.drillyard.scenario;

import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.primary;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.fault.NetworkFault;
import io.drillyard.scenario.step.Calm;
import io.drillyard.scenario.step.Lift;
import io.drillyard.scenario.step.Step;
import io.drillyard.scenario.step.Strike;
import io.drillyard.scenario.step.Until;
import io.drillyard.storm.Entry;
import io.drillyard.storm.Schedule;
import io.drillyard.storm.ScheduleText;
import io.drillyard.target.Disruption;
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
  private record Moment(long atMs, boolean heals, Entry entry) {
    Step step() {
      return heals
          ? new Lift(entry.name())
          : new Strike(entry.name(), entry.choice().fault(), PATIENCE);
    }
  }

  /** The plan of a storm. */
  public static Drill of(ScheduleText storm) {
    Schedule schedule = storm.schedule();
    List<Moment> moments = new ArrayList<>();
    for (Entry entry : schedule.entries()) {
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
                  new Until(
                      Duration.ofMillis(moment.atMs()), Duration.ofMillis(moment.atMs() - before)))
              .then(moment.step());
      before = moment.atMs();
    }
    return drill
        .then(
            new Calm(
                schedule.entries().stream()
                    .filter(e -> e.choice().fault() instanceof NetworkFault)
                    .map(Entry::name)
                    .toList()))
        .await(primary(), Duration.ofSeconds(90))
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(STEADY);
  }
}
