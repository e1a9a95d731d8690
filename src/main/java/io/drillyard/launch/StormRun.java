package io.drillyard.launch;

import io.drillyard.check.Verdict;
import io.drillyard.declaration.BoundedContext;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.StormStudy;
import io.drillyard.evidence.StormStudy.Gust;
import io.drillyard.fault.act.Injector;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.RunPlan;
import io.drillyard.storm.ScheduleShrinker;
import io.drillyard.storm.ScheduledFault;
import io.drillyard.storm.StormSchedule;
import io.drillyard.storm.StormScheduleText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Plays a storm; where it violates, replays smaller schedules in fresh labs for as long as that may
 * take, and leaves the smallest one that violates as a file beside the report.
 */
public final class StormRun {
  /** The schedule as it was played, in the run's folder. */
  public static final String SCHEDULE = "storm.yaml";

  /** The smallest one that violated. */
  public static final String SMALLEST = "smallest.yaml";

  private static final int CONFIRMATIONS = 2;
  private static final long SHORTEST_MS = 4_000;
  private static final long IDLE_MS = 5_000;

  /**
   * How far the search for a smaller schedule may go.
   *
   * @param replays most; 0: no search
   * @param time that all of them together may take; one that has begun is played to its end
   */
  public record Bound(int replays, Duration time) {}

  private final Run run;
  private final PlannedDrill part;
  private final StormScheduleText storm;
  private final String limits;
  private final Function<String, String> command;
  private final List<Evidence.Drill> drills = new ArrayList<>();
  private final List<StormStudy.Try> tries = new ArrayList<>();

  /**
   * One storm.
   *
   * @param part the storm, resolved
   * @param limits that it was made within, in words
   * @param command gives, for the name of a file in the run's folder, the command that plays it
   */
  public StormRun(
      Run run,
      PlannedDrill part,
      StormScheduleText storm,
      String limits,
      Function<String, String> command) {
    this.run = run;
    this.part = part;
    this.storm = storm;
    this.limits = limits;
    this.command = command;
  }

  /** Plays it, and searches where it violated; one lab at a time, since labs disturb each other. */
  public Evidence play(DrillLauncher launcher, Bound bound, Collection<BoundedContext> declared) {
    write(SCHEDULE, storm);
    // Of replays only the bound is known: which there are, the search tells.
    RunPlan plan =
        run.plan(
            RunPlan.Kind.STORM,
            List.of(part),
            List.of(),
            bound.replays(),
            declared,
            launcher.declarations(),
            Map.of(Run.LIMITS, limits));
    Evidence.Drill first = play(launcher, plan, storm.schedule(), "the storm itself");
    StormSchedule smallest = storm.schedule().with(List.of());
    String search = "";
    boolean violated = first.verdict() == Verdict.MISSED;
    if (violated && bound.replays() > 0 && !launcher.interrupted()) {
      ScheduleShrinker.Result found = shrink(launcher, plan, first, bound);
      smallest = found.smallest();
      search = words(found, launcher);
      write(
          SMALLEST, new StormScheduleText(storm.environment(), storm.context(), found.smallest()));
    }
    StormStudy.Course course =
        new StormStudy.Course(
            storm.schedule().seed(),
            limits,
            gusts(storm.schedule()),
            List.copyOf(tries),
            gusts(smallest),
            search,
            command.apply(search.isEmpty() ? SCHEDULE : SMALLEST));
    return run.evidence(
        drills, List.of(), launcher.interrupted(), plan, new Run.Question(null, null, course));
  }

  private ScheduleShrinker.Result shrink(
      DrillLauncher launcher, RunPlan plan, Evidence.Drill first, Bound bound) {
    long end = System.nanoTime() + bound.time().toNanos();
    ScheduleShrinker shrinker =
        new ScheduleShrinker(
            (candidate, purpose) -> outcome(first, play(launcher, plan, candidate, purpose)),
            bound.replays(),
            () -> !launcher.interrupted() && System.nanoTime() < end,
            SHORTEST_MS,
            IDLE_MS,
            CONFIRMATIONS);
    return shrinker.shrink(played());
  }

  /** Without what had not begun when the violation was certain: the storm was played without it. */
  private StormSchedule played() {
    Set<String> begun =
        run.events(drills.getFirst()).stream()
            .filter(Event.Action.class::isInstance)
            .map(Event.Action.class::cast)
            .filter(a -> a.verb().equals(Injector.UNDO_RECORDED))
            .map(Event.Action::subject)
            .collect(Collectors.toSet());
    List<ScheduledFault> entries =
        storm.schedule().entries().stream().filter(e -> begun.contains(e.name())).toList();
    return entries.isEmpty() ? storm.schedule() : storm.schedule().with(entries);
  }

  private static ScheduleShrinker.Outcome outcome(Evidence.Drill storm, Evidence.Drill replay) {
    if (!replay.end().equals("complete")) {
      return ScheduleShrinker.Outcome.UNRESOLVED;
    }
    return switch (StormStudy.outcome(storm, replay)) {
      case VIOLATED -> ScheduleShrinker.Outcome.VIOLATED;
      case HELD -> ScheduleShrinker.Outcome.HELD;
      case UNRESOLVED -> ScheduleShrinker.Outcome.UNRESOLVED;
    };
  }

  private Evidence.Drill play(
      DrillLauncher launcher, RunPlan plan, StormSchedule schedule, String purpose) {
    int number = drills.size() + 1;
    String name =
        "Storm-" + schedule.seed() + (number == 1 ? "" : "-replay%02d".formatted(number - 1));
    PlannedDrill one =
        part.playing(name, new StormScheduleText(storm.environment(), storm.context(), schedule));
    Evidence.Drill drill = launcher.play(one, run.folder(), number, plan).getFirst();
    drills.add(drill);
    tries.add(new StormStudy.Try(drill.folder(), purpose, gusts(schedule)));
    return drill;
  }

  private static String words(ScheduleShrinker.Result found, DrillLauncher launcher) {
    if (found.smallest().entries().size() == 1) {
      return "It has one fault only.";
    }
    if (found.minimal()) {
      return "Every fault of it was left out once, and then it did not violate.";
    }
    return launcher.interrupted()
        ? "The search was interrupted: it may be larger than it need be."
        : "The search ended at its bound of replays or time: it may be larger than it need be.";
  }

  static List<Gust> gusts(StormSchedule schedule) {
    return schedule.entries().stream()
        .map(
            e ->
                new Gust(
                    e.number(),
                    e.choice().name(),
                    e.choice().fault().words(),
                    e.atMs(),
                    e.lengthMs(),
                    e.choice().momentary()))
        .toList();
  }

  private void write(String name, StormScheduleText text) {
    Path file = run.folder().resolve(name);
    try {
      Files.createDirectories(run.folder());
      Files.writeString(file, text.write());
    } catch (IOException e) {
      throw new UncheckedIOException(file + " could not be written", e);
    }
  }
}
