package io.drillyard.cli;

import io.drillyard.check.Verdict;
import io.drillyard.declaration.BoundedContext;
import io.drillyard.declaration.ByteSizes;
import io.drillyard.declaration.Declarations;
import io.drillyard.declaration.Durations;
import io.drillyard.declaration.RestorePolicyFile;
import io.drillyard.evidence.text.FigureWords;
import io.drillyard.launch.ExitCode;
import io.drillyard.launch.RestoreRecords;
import io.drillyard.register.ProofStatus;
import io.drillyard.register.RestoreTimeProjection;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  @Mixin FolderOptions places = new FolderOptions();

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

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      description =
          "How long a restore of so much would take, such as 200GiB (default: as much as the newest test restored).")
  @Nullable String size;

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
        .refused()
        .forEach(r -> System.err.println(r.file() + " " + r.why() + ", and proves nothing"));
    Instant now = Clock.systemUTC().instant();
    List<ProofStatus> all = new ArrayList<>();
    Map<String, @Nullable RestoreTimeProjection> projections = new LinkedHashMap<>();
    long bytes = bytes();
    for (String name : asked) {
      all.add(ProofStatus.of(name, records.runs(), most(environments, name), now));
      projections.put(name, RestoreTimeProjection.of(name, records.runs(), bytes));
    }
    System.out.println(
        json
            ? JsonOutput.of(Map.of("standing", all, "projection", projections))
            : text(all, projections));
    List<Verdict> verdicts = all.stream().map(ProofStatus::verdict).toList();
    if (verdicts.contains(Verdict.MISSED)) {
      return ExitCode.MISSED;
    }
    // Nobody knows what a refused record of tests would have said: perhaps that one failed.
    boolean open =
        verdicts.contains(Verdict.UNDETERMINED)
            || records.refused().stream().anyMatch(RestoreRecords.Refused::tests);
    return open ? ExitCode.UNDETERMINED : ExitCode.MET;
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
        .map(BoundedContext::proofCadence)
        .min(Duration::compareTo)
        .orElseThrow(() -> new UsageException(name + " serves no context. Remedy: --max-age 26h"));
  }

  private long bytes() {
    String given = size;
    if (given == null) {
      return 0;
    }
    try {
      return ByteSizes.parse(given);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--size: " + e.getMessage());
    }
  }

  private static String projected(@Nullable RestoreTimeProjection projection) {
    if (projection == null) {
      return "  how long a restore takes is not known: fewer than %d proofs"
          .formatted(RestoreTimeProjection.FEWEST);
    }
    return "  a restore of %s takes %s ± %s by %d proofs of %s to %s%s"
        .formatted(
            ByteSizes.format(projection.bytes()),
            FigureWords.ms(projection.expectedMs()),
            FigureWords.ms(projection.errorMs()),
            projection.runs(),
            ByteSizes.format(projection.fromBytes()),
            ByteSizes.format(projection.toBytes()),
            projection.farOut() ? ": far from what was tried, a guess" : "");
  }

  private static String text(
      List<ProofStatus> all, Map<String, @Nullable RestoreTimeProjection> projections) {
    StringBuilder text = new StringBuilder();
    for (ProofStatus one : all) {
      text.append("%-20s %-12s %s%n".formatted(one.policy(), one.verdict(), one.sentence()));
      text.append(projected(projections.get(one.policy()))).append(System.lineSeparator());
      for (ProofStatus.Backup backup : one.backups()) {
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
