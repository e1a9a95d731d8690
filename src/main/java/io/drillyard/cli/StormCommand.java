package io.drillyard.cli;

import io.drillyard.evidence.Evidence;
import io.drillyard.launch.ExitCode;
import io.drillyard.launch.Part;
import io.drillyard.launch.Run;
import io.drillyard.launch.StormRun;
import io.drillyard.storm.Choice;
import io.drillyard.storm.Entry;
import io.drillyard.storm.Generator;
import io.drillyard.storm.Ground;
import io.drillyard.storm.Limits;
import io.drillyard.storm.Menu;
import io.drillyard.storm.Rules;
import io.drillyard.storm.Schedule;
import io.drillyard.storm.ScheduleText;
import io.drillyard.target.Context;
import io.drillyard.target.Declarations;
import io.drillyard.target.Durations;
import io.drillyard.target.Environment;
import io.drillyard.target.Suggestion;
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

  @Mixin Places places = new Places();

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
    ScheduleText storm = given == null ? made(declarations) : stored(declarations, given);
    String name = "Storm-" + storm.schedule().seed();
    Part part = Part.of(declarations, name, storm);
    String limits = words(storm, given != null);
    if (plan) {
      print(storm, limits);
      return ExitCode.MET;
    }
    part.warnings().stream().distinct().forEach(System.err::println);
    System.err.println(limits);
    Run run = new Run(places.reports());
    Player player = new Player(places.declarations(), false, 1, json);
    StormRun course = new StormRun(run, part, storm, limits, stored -> command(run, stored));
    StormRun.Bound bound = new StormRun.Bound(noShrink ? 0 : maxReplays, time);
    return player.play(
        run,
        List.of(part),
        launcher -> course.play(launcher, bound, declarations.contexts().orThrow().values()),
        evidence -> last(storm, evidence));
  }

  /** The seed stands at the end too, where nobody has to look for it. */
  private void last(ScheduleText storm, Evidence evidence) {
    if (json) {
      System.err.println("storm, seed " + storm.schedule().seed() + ": " + evidence.verdict());
    }
  }

  private ScheduleText made(Declarations declarations) {
    String where = environment == null ? USUAL : environment;
    Environment place = declarations.environment(where).orThrow();
    Limits limits = limits();
    Long chosen = seed;
    long number = chosen == null ? new SecureRandom().nextInt(SEEDS) : chosen;
    Schedule schedule =
        Generator.schedule(number, limits, choices(Ground.of(place)), Ground.of(place));
    if (schedule.entries().isEmpty()) {
      throw new UsageException("no fault fits into " + limits.length().toSeconds() + " s.");
    }
    return new ScheduleText(where, context(declarations, place), schedule);
  }

  private ScheduleText stored(Declarations declarations, Path from) {
    try {
      ScheduleText text = ScheduleText.parse(Files.readString(from), from.toString());
      String where = environment == null ? text.environment() : environment;
      String whose = context == null ? text.context() : context;
      Rules rules = new Rules(Ground.of(declarations.environment(where).orThrow()));
      for (Entry entry : text.schedule().entries()) {
        Optional<String> why = rules.unfit(entry.choice().fault());
        if (why.isPresent()) {
          throw new UsageException(
              "%s: %s cannot be injected in %s: %s."
                  .formatted(from, entry.choice().name(), where, why.get()));
        }
      }
      if (text.schedule().endMs() > Limits.MOST.toMillis()) {
        throw new UsageException(from + ": a storm lasts at most an hour.");
      }
      return new ScheduleText(where, whose, text.schedule());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--schedule " + e.getMessage());
    } catch (IOException e) {
      throw new UsageException("--schedule " + from + ": cannot be read: " + e);
    }
  }

  private Limits limits() {
    try {
      return new Limits(
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
        .map(Context::name)
        .findFirst()
        .orElseThrow(
            () -> new UsageException("no context declares " + wanted + ". Remedy: --context."));
  }

  /** What was named, or all that need not be; a name that the ground cannot bear is an error. */
  private List<Choice> choices(Ground ground) {
    if (faults.isEmpty()) {
      return Menu.choices().stream().filter(c -> c.onlyIfNamed() == null).toList();
    }
    Set<String> known = new LinkedHashSet<>();
    Menu.choices().forEach(c -> known.addAll(List.of(c.fault().group(), c.name())));
    List<Choice> chosen = new ArrayList<>();
    Rules rules = new Rules(ground);
    for (String word : faults) {
      if (!known.contains(word)) {
        throw new UsageException(
            "--faults: no group and no fault is called '%s'. %s."
                .formatted(word, Suggestion.remedy(word, known)));
      }
      Menu.named(word)
          .flatMap(c -> rules.unfit(c.fault()))
          .ifPresent(
              why -> {
                throw new UsageException("--faults " + word + ": " + why + ".");
              });
    }
    for (Choice choice : Menu.choices()) {
      boolean group = faults.contains(choice.fault().group()) && choice.onlyIfNamed() == null;
      if (group || faults.contains(choice.name())) {
        chosen.add(choice);
      }
    }
    return chosen;
  }

  private String words(ScheduleText storm, boolean given) {
    Schedule schedule = storm.schedule();
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

  private void print(ScheduleText storm, String limits) {
    if (json) {
      Map<String, Object> said = new LinkedHashMap<>();
      said.put("seed", storm.schedule().seed());
      said.put("environment", storm.environment());
      said.put("context", storm.context());
      said.put("schedule", storm.schedule().entries().stream().map(StormCommand::data).toList());
      said.put("menu", Menu.choices().stream().map(StormCommand::offered).toList());
      System.out.println(Json.of(said));
      return;
    }
    System.out.println(limits);
    for (Entry e : storm.schedule().entries()) {
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

  private static Map<String, Object> data(Entry entry) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("number", entry.number());
    said.put("at_ms", entry.atMs());
    said.put("for_ms", entry.lengthMs());
    said.put("fault", entry.choice().name());
    said.put("words", entry.choice().fault().words());
    return said;
  }

  private static Map<String, Object> offered(Choice choice) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("name", choice.name());
    said.put("group", choice.fault().group());
    said.put("words", choice.fault().words());
    said.put("only_if_named", choice.onlyIfNamed() == null ? "" : choice.onlyIfNamed());
    return said;
  }
}
