package io.drillyard.cli;

import io.drillyard.declaration.ByteSizes;
import io.drillyard.declaration.RestorePolicy;
import io.drillyard.declaration.RestorePolicyFile;
import io.drillyard.fault.ObjectDamage;
import io.drillyard.fault.RepositoryFault.ObjectsDamaged;
import io.drillyard.fault.RepositoryFault.StoreTroubled;
import io.drillyard.launch.ExitCode;
import io.drillyard.launch.PlannedRestoreTests;
import io.drillyard.launch.Run;
import io.drillyard.scenario.RestoreDrill;
import io.drillyard.scenario.Scenarios;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code restore-test}: proves by a real restore what a backup is worth. */
@Command(
    name = "restore-test",
    mixinStandardHelpOptions = true,
    description = {
      "Builds a source with history in the lab, restores its backup into a sandbox and climbs the ladder of proof.",
      "With --tamper it injects repository faults, one at a time, and shows that each is noticed."
    })
final class RestoreTestCommand implements Callable<Integer> {
  /** Seeds are below it, when none is given. */
  static final int SEEDS = 1_000_000;

  private static final int KEEP_MAX = 24 * 60;

  @Mixin FolderOptions places = new FolderOptions();
  @Mixin AllureOption allure = new AllureOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      defaultValue = "nightly",
      description = "Declared restore test, environments/restore/NAME.yaml (default: nightly).")
  String name = "nightly";

  @Option(
      names = "--backup",
      paramLabel = "WHICH",
      description = "latest, random, oldest or a label, in place of the declared choice.")
  @Nullable String backup;

  @Option(
      names = "--target",
      paramLabel = "WHERE",
      description =
          "latest, random-instant, before-next-backup, before-switch, at-switch or after-switch, in place of the declared target.")
  @Nullable String target;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of every choice; a run prints its own, so that it can be repeated.")
  @Nullable Long seed;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "1",
      description = "So many restore tests of the undamaged repository (default: 1).")
  int repeat;

  @Option(
      names = "--tamper",
      paramLabel = "HOW",
      split = ",",
      description =
          "Afterwards injects repository faults: all, damages (of objects), troubles (of the store and the way to it), or names; see --list-repository-faults.")
  @Nullable List<String> tamper;

  @Option(
      names = "--incident",
      paramLabel = "WHAT",
      split = ",",
      description =
          "Lets something befall the source's backups while it lives on: all, or names; see --list-repository-faults.")
  @Nullable List<String> incident;

  @Option(
      names = "--keep-failed",
      paramLabel = "MINUTES",
      defaultValue = "0",
      description =
          "Keeps a sandbox that failed for so long, with a line to enter it (default: 0, removed).")
  int keepMinutes;

  @Option(
      names = "--fill",
      paramLabel = "SIZE",
      description =
          "Fills the demonstration's source with so much more, such as 512MiB, as far as its storage goes.")
  @Nullable String fill;

  @Option(
      names = {"--list-repository-faults", "--list-tamperings"},
      description = "Prints the known repository faults; starts nothing.")
  boolean listTamperings;

  @Option(names = "--json", description = "Prints evidence.json instead of the table.")
  boolean json;

  @Override
  public Integer call() {
    if (listTamperings) {
      list();
      return ExitCode.MET;
    }
    RestorePolicy policy = RestorePolicyFile.load(places.declarations(), name).orThrow();
    if (policy.external() != null && (tamper != null || incident != null)) {
      throw new UsageException(
          "--tamper, --incident: %s names a repository outside the lab, which is never damaged."
              .formatted(policy.name()));
    }
    List<String> tamperings = tamperings();
    if (tamperings.stream()
            .flatMap(each -> Scenarios.restoreDrill(each).stream())
            .anyMatch(RestoreTestCommand::needsVersions)
        && !policy.environment().repositories().get(policy.repository() - 1).versions()) {
      throw new UsageException(
          "--tamper ransom: the repository of %s keeps no versions; 'nightly-versioned' does."
              .formatted(policy.name()));
    }
    long chosen = seed == null ? new SecureRandom().nextInt(SEEDS) : seed;
    PlannedRestoreTests part =
        new PlannedRestoreTests(
            policy,
            backup == null ? policy.backup() : backup,
            target == null ? policy.target() : target,
            chosen,
            tamperings,
            cleanRuns(),
            keep(),
            fill());
    return new RunExecutor(places.declarations(), false, 1, json)
        .play(
            new Run(places.reports()),
            List.of(),
            List.of(part),
            places.contexts(),
            Run.Question.NONE,
            allure.results);
  }

  private long fill() {
    String given = fill;
    if (given == null) {
      return 0;
    }
    try {
      return Math.max(1, ByteSizes.parse(given) >> 20);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--fill: " + e.getMessage());
    }
  }

  private long keep() {
    if (keepMinutes < 0 || keepMinutes > KEEP_MAX) {
      throw new UsageException("--keep-failed " + keepMinutes + ": 0 to " + KEEP_MAX + " minutes.");
    }
    return keepMinutes * 60L;
  }

  private int cleanRuns() {
    if (repeat < 1 || repeat > RunCommand.REPEAT_MAX) {
      throw new UsageException(
          "--repeat " + repeat + ": 1 to " + RunCommand.REPEAT_MAX + " times.");
    }
    return repeat;
  }

  private static void list() {
    boolean living = false;
    for (RestoreDrill drill : Scenarios.restoreDrills()) {
      if (drill.sourceLives() && !living) {
        living = true;
        System.out.println("with --incident:");
      }
      System.out.printf(
          "%-28s %s%s%n",
          drill.name(),
          drill.title(),
          needsVersions(drill)
              ? "; needs a store that keeps versions"
              : drill.caughtBy().isPresent() ? "" : " (to be overcome)");
    }
  }

  private List<String> tamperings() {
    if (incident != null) {
      if (tamper != null) {
        throw new UsageException(
            "--incident with --tamper: an incident needs a source that lives, damages one that is off.");
      }
      return chosen("--incident", incident, true);
    }
    return tamper == null ? List.of() : chosen("--tamper", tamper, false);
  }

  private static List<String> chosen(String option, List<String> asked, boolean lives) {
    List<RestoreDrill> all =
        Scenarios.restoreDrills().stream().filter(d -> d.sourceLives() == lives).toList();
    Predicate<RestoreDrill> group =
        switch (String.join(",", asked)) {
          case "all" -> d -> !needsVersions(d);
          case "damages" -> RestoreTestCommand::isDamage;
          case "troubles" -> d -> d.fault().filter(StoreTroubled.class::isInstance).isPresent();
          default -> null;
        };
    if (group != null && (!lives || asked.equals(List.of("all")))) {
      return all.stream().filter(group).map(RestoreDrill::name).toList();
    }
    for (String name : asked) {
      if (all.stream().noneMatch(d -> d.name().equals(name))) {
        throw new UsageException(
            "%s: nothing there is called '%s'; see --list-repository-faults."
                .formatted(option, name));
      }
    }
    return asked;
  }

  private static boolean isDamage(RestoreDrill drill) {
    return drill.fault().filter(ObjectsDamaged.class::isInstance).isPresent()
        && !needsVersions(drill);
  }

  private static boolean needsVersions(RestoreDrill drill) {
    return drill
        .fault()
        .filter(f -> f.equals(new ObjectsDamaged(ObjectDamage.EVERYTHING_DELETED)))
        .isPresent();
  }
}
