package io.drillyard.cli;

import io.drillyard.check.Verdict;
import io.drillyard.restore.launch.RestoreRecords;
import io.drillyard.restore.report.Standing;
import io.drillyard.scenario.launch.ExitCode;
import io.drillyard.target.Context;
import io.drillyard.target.Declarations;
import io.drillyard.target.Durations;
import io.drillyard.target.RestorePolicyFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code status}: whether the nightly restore tests still prove what they are there to prove. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Says when each declared restore test last proved a backup, and what is known of each backup.",
      "Red also when no test has reported: run it from another machine, or another timer, than the test."
    })
final class StatusCommand implements Callable<Integer> {
  @Mixin Places places = new Places();

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description = "Declared restore tests, environments/restore/NAME.yaml (default: all).")
  List<String> names = new ArrayList<>();

  @Option(
      names = "--max-age",
      paramLabel = "TIME",
      description =
          "Longest time since the last proof, such as 26h (default: the shortest proof_cadence of the contexts that are served).")
  @Nullable String maxAge;

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Override
  public Integer call() {
    Path environments = places.declarations();
    List<String> asked = names.isEmpty() ? RestorePolicyFile.names(environments) : names;
    if (asked.isEmpty()) {
      throw new UsageException(
          "No restore test is declared. Remedy: environments/restore/NAME.yaml");
    }
    RestoreRecords records = RestoreRecords.in(places.reports());
    records
        .unreadable()
        .forEach(file -> System.err.println(file + " cannot be read, and proves nothing"));
    Instant now = Clock.systemUTC().instant();
    List<Standing> all = new ArrayList<>();
    for (String name : asked) {
      all.add(Standing.of(name, records.runs(), most(environments, name), now));
    }
    System.out.println(json ? Json.of(all) : text(all));
    List<Verdict> verdicts = all.stream().map(Standing::verdict).toList();
    if (verdicts.contains(Verdict.MISSED)) {
      return ExitCode.MISSED;
    }
    return verdicts.contains(Verdict.UNDETERMINED) ? ExitCode.UNDETERMINED : ExitCode.MET;
  }

  private Duration most(Path environments, String name) {
    // Also with --max-age: a name that is not declared is a mistake, not a test that never ran.
    List<String> serves = RestorePolicyFile.load(environments, name).orThrow().serves();
    String given = maxAge;
    if (given != null) {
      try {
        return Durations.parse(given);
      } catch (IllegalArgumentException e) {
        throw new UsageException("--max-age: " + e.getMessage());
      }
    }
    Declarations declarations = Declarations.load(environments);
    return serves.stream()
        .map(context -> declarations.context(context).orThrow())
        .map(Context::proofCadence)
        .min(Duration::compareTo)
        .orElseThrow(() -> new UsageException(name + " serves no context. Remedy: --max-age 26h"));
  }

  private static String text(List<Standing> all) {
    StringBuilder text = new StringBuilder();
    for (Standing one : all) {
      text.append("%-20s %-12s %s%n".formatted(one.policy(), one.verdict(), one.sentence()));
      for (Standing.Backup backup : one.backups()) {
        text.append(
            "  %s %-34s %-9s %s, run %s%s%n"
                .formatted(
                    backup.stanza(),
                    backup.label(),
                    backup.state(),
                    backup.at().truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
                    backup.run(),
                    backup.why().isEmpty() ? "" : ": " + backup.why()));
      }
    }
    return text.toString().stripTrailing();
  }
}
