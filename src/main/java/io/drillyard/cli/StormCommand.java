package io.drillyard.cli;

import io.drillyard.declaration.BoundedContext;
import io.drillyard.declaration.Declarations;
import io.drillyard.declaration.Durations;
import io.drillyard.declaration.Environment;
import io.drillyard.declaration.NameSuggestion;
import io.drillyard.evidence.Evidence;
import io.drillyard.launch.ExitCode;
import io.drillyard.launch.PlannedDrill;
import io.drillyard.launch.Run;
import io.drillyard.launch.StormRun;
import io.drillyard.storm.EnvironmentFaultSupport;
import io.drillyard.storm.ScheduleGenerator;
import io.drillyard.storm.ScheduleRules;
import io.drillyard.storm.ScheduledFault;
import io.drillyard.storm.StormEligibleFault;
import io.drillyard.storm.StormFaults;
import io.drillyard.storm.StormLimits;
import io.drillyard.storm.StormSchedule;
import io.drillyard.storm.StormScheduleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code storm}: a random schedule of faults, and the smallest part of it that violates. */
@Command(
    name = "storm",
    mixinStandardHelpOptions = true,
    description = {
      "Mixes faults and healing by a seed, judges meanwhile and at the end, and shrinks a schedule"
          + " that violates.",
      "The same seed, limits, faults and environment give the same schedule.",
      "Example: drillyard storm --seed 42 --for 3m --at-most 2"
    })
final class StormCommand implements Callable<Integer> {
  private static final int SEEDS = 1_000_000;
  private static final int REPLAYS_MAX = 100;
  private static final String USUAL = "onprem-sync";

  @Mixin FolderOptions places = new FolderOptions();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What the schedule is made from (default: by chance; it is printed).")
  @Nullable Long seed;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "3m",
      description = "Length, until the last fault is healed (default: ${DEFAULT-VALUE}).")
  String length = "3m";

  @Option(
      names = "--at-most",
      paramLabel = "N",
      defaultValue = "2",
      description = "So many faults in force at once (default: ${DEFAULT-VALUE}).")
  int atMost;

  @Option(
      names = "--faults",
      paramLabel = "NAME",
      split = ",",
      description =
          "Groups (network, process, host, …) or names of faults; default: all that heal by"
              + " themselves. `storm --plan --json` lists the names.")
  List<String> faults = List.of();

  @Option(
      names = "--shortest",
      paramLabel = "TIME",
      defaultValue = "5s",
      description = "Shortest time that a fault is held (default: ${DEFAULT-VALUE}).")
  String shortest = "5s";

  @Option(
      names = "--longest",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "Longest time that a fault is held (default: ${DEFAULT-VALUE}).")
  String longest = "30s";

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      description = "Where (default: " + USUAL + ").")
  @Nullable String environment;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description =
          "Bounded context that it is judged for (default: the first that declares what the"
              + " environment replicates).")
  @Nullable String context;

  @Option(names = "--no-shrink", description = "Plays it once, whatever comes of it.")
  boolean noShrink;

  @Option(
      names = "--max-replays",
      paramLabel = "N",
      defaultValue = "12",
      description = "Most replays of the search (default: ${DEFAULT-VALUE}).")
  int maxReplays;

  @Option(
      names = "--max-time",
      paramLabel = "TIME",
      defaultValue = "45m",
      description = "After so long no further replay begins (default: ${DEFAULT-VALUE}).")
  String maxTime = "45m";

  @Option(
      names = "--schedule",
      paramLabel = "FILE",
      description = "Plays a stored schedule instead of making one.")
  @Nullable Path file;

  @Option(names = "--plan", description = "Prints the schedule; starts nothing.")
  boolean plan;

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Override
  public Integer call() {
    if (maxReplays < 0 || maxReplays > REPLAYS_MAX) {
      throw new UsageException(
          "--max-replays " + maxReplays + ": 0 to " + REPLAYS_MAX + " replays.");
    }
    Duration time = duration("--max-time", maxTime);
    Declarations declarations = Declarations.load(places.declarations());
    Path given = file;
    StormScheduleText storm = given == null ? made(declarations) : stored(declarations, given);
    String name = "Storm-" + storm.schedule().seed();
    PlannedDrill part = PlannedDrill.of(declarations, name, storm);
    String limits = words(storm, given != null);
    if (plan) {
      print(storm, limits);
      return ExitCode.MET;
    }
    part.warnings().stream().distinct().forEach(System.err::println);
    System.err.println(limits);
    Run run = new Run(places.reports());
    RunExecutor player = new RunExecutor(places.declarations(), false, 1, json);
    StormRun course = new StormRun(run, part, storm, limits, stored -> command(run, stored));
    StormRun.Bound bound = new StormRun.Bound(noShrink ? 0 : maxReplays, time);
    return player.play(
        run,
        List.of(part),
        launcher -> course.play(launcher, bound, declarations.contexts().orThrow().values()),
        evidence -> last(storm, evidence));
  }

  /** The seed stands at the end too, where nobody has to look for it. */
  private void last(StormScheduleText storm, Evidence evidence) {
    if (json) {
      System.err.println("storm, seed " + storm.schedule().seed() + ": " + evidence.verdict());
    }
  }

  private StormScheduleText made(Declarations declarations) {
    String where = environment == null ? USUAL : environment;
    Environment place = declarations.environment(where).orThrow();
    StormLimits limits = limits();
    Long chosen = seed;
    long number = chosen == null ? new SecureRandom().nextInt(SEEDS) : chosen;
    StormSchedule schedule =
        ScheduleGenerator.schedule(
            number,
            limits,
            choices(EnvironmentFaultSupport.of(place)),
            EnvironmentFaultSupport.of(place));
    if (schedule.entries().isEmpty()) {
      throw new UsageException("no fault fits into " + limits.length().toSeconds() + " s.");
    }
    return new StormScheduleText(where, context(declarations, place), schedule);
  }

  private StormScheduleText stored(Declarations declarations, Path from) {
    try {
      StormScheduleText text = StormScheduleText.parse(Files.readString(from), from.toString());
      String where = environment == null ? text.environment() : environment;
      String whose = context == null ? text.context() : context;
      ScheduleRules rules =
          new ScheduleRules(EnvironmentFaultSupport.of(declarations.environment(where).orThrow()));
      for (ScheduledFault entry : text.schedule().entries()) {
        Optional<String> why = rules.unfit(entry.choice().fault());
        if (why.isPresent()) {
          throw new UsageException(
              "%s: %s cannot be injected in %s: %s."
                  .formatted(from, entry.choice().name(), where, why.get()));
        }
      }
      if (text.schedule().endMs() > StormLimits.MOST.toMillis()) {
        throw new UsageException(from + ": a storm lasts at most an hour.");
      }
      return new StormScheduleText(where, whose, text.schedule());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--schedule " + e.getMessage());
    } catch (IOException e) {
      throw new UsageException("--schedule " + from + ": cannot be read: " + e);
    }
  }

  private StormLimits limits() {
    try {
      return new StormLimits(
          duration("--for", length),
          atMost,
          duration("--shortest", shortest),
          duration("--longest", longest),
          Duration.ofSeconds(5));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage() + ".");
    }
  }

  private static Duration duration(String option, String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage() + "; write for example 90s or 3m.");
    }
  }

  private String context(Declarations declarations, Environment place) {
    String named = context;
    if (named != null) {
      return named;
    }
    String wanted = place.serving().synchronous() ? "synchronous" : "asynchronous";
    return declarations.contexts().orThrow().values().stream()
        .filter(c -> c.withinSite().equals(wanted))
        .map(BoundedContext::name)
        .findFirst()
        .orElseThrow(
            () -> new UsageException("no context declares " + wanted + ". Remedy: --context."));
  }

  /** What was named, or all that need not be; a name that the ground cannot bear is an error. */
  private List<StormEligibleFault> choices(EnvironmentFaultSupport ground) {
    if (faults.isEmpty()) {
      return StormFaults.choices().stream().filter(c -> c.onlyIfNamed() == null).toList();
    }
    Set<String> known = new LinkedHashSet<>();
    StormFaults.choices().forEach(c -> known.addAll(List.of(c.fault().group(), c.name())));
    List<StormEligibleFault> chosen = new ArrayList<>();
    ScheduleRules rules = new ScheduleRules(ground);
    for (String word : faults) {
      if (!known.contains(word)) {
        throw new UsageException(
            "--faults: no group and no fault is called '%s'. %s."
                .formatted(word, NameSuggestion.remedy(word, known)));
      }
      StormFaults.named(word)
          .flatMap(c -> rules.unfit(c.fault()))
          .ifPresent(
              why -> {
                throw new UsageException("--faults " + word + ": " + why + ".");
              });
    }
    for (StormEligibleFault choice : StormFaults.choices()) {
      boolean group = faults.contains(choice.fault().group()) && choice.onlyIfNamed() == null;
      if (group || faults.contains(choice.name())) {
        chosen.add(choice);
      }
    }
    return chosen;
  }

  private String words(StormScheduleText storm, boolean given) {
    StormSchedule schedule = storm.schedule();
    String made =
        given
            ? "from a stored schedule"
            : "within %s, at most %d at once, each for %s to %s%s"
                .formatted(
                    length,
                    atMost,
                    shortest,
                    longest,
                    faults.isEmpty() ? "" : ", of " + String.join(", ", faults));
    return "Storm, seed %d: %s %s, in %s for %s"
        .formatted(schedule.seed(), schedule.words(), made, storm.environment(), storm.context());
  }

  private String command(Run run, String stored) {
    Path here = Path.of("").toAbsolutePath();
    Path file = run.folder().resolve(stored);
    StringBuilder command = new StringBuilder("bin/drillyard storm --schedule ");
    command.append(file.startsWith(here) ? here.relativize(file) : file);
    if (places.environments != null) {
      command.append(" --environments ").append(places.environments);
    }
    return command.toString();
  }

  private void print(StormScheduleText storm, String limits) {
    if (json) {
      Map<String, Object> said = new LinkedHashMap<>();
      said.put("seed", storm.schedule().seed());
      said.put("environment", storm.environment());
      said.put("context", storm.context());
      said.put("schedule", storm.schedule().entries().stream().map(StormCommand::data).toList());
      said.put("menu", StormFaults.choices().stream().map(StormCommand::offered).toList());
      System.out.println(JsonOutput.of(said));
      return;
    }
    System.out.println(limits);
    for (ScheduledFault e : storm.schedule().entries()) {
      System.out.println(
          String.format(
              Locale.ROOT,
              "  %2d. %6.1f s  %-10s %-24s %s",
              e.number(),
              e.atMs() / 1000.0,
              e.choice().momentary()
                  ? "a moment"
                  : String.format(Locale.ROOT, "for %.1f s", e.lengthMs() / 1000.0),
              e.choice().name(),
              e.choice().fault().words()));
    }
  }

  private static Map<String, Object> data(ScheduledFault entry) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("number", entry.number());
    said.put("at_ms", entry.atMs());
    said.put("for_ms", entry.lengthMs());
    said.put("fault", entry.choice().name());
    said.put("words", entry.choice().fault().words());
    return said;
  }

  private static Map<String, Object> offered(StormEligibleFault choice) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("name", choice.name());
    said.put("group", choice.fault().group());
    said.put("words", choice.fault().words());
    said.put("only_if_named", choice.onlyIfNamed() == null ? "" : choice.onlyIfNamed());
    return said;
  }
}
