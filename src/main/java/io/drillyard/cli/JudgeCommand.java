package io.drillyard.cli;

import io.drillyard.check.Finding;
import io.drillyard.check.backup.RestoreRungResult;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.EvidenceJson;
import io.drillyard.evidence.RestoreTest;
import io.drillyard.evidence.RunStudy;
import io.drillyard.launch.ExitCode;
import io.drillyard.launch.StoredRunRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code judge}: a stored run is judged again from its ledgers. */
@Command(
    name = "judge",
    mixinStandardHelpOptions = true,
    description = "Judges a stored run again, offline, and compares with what its report says.")
final class JudgeCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "REPORT",
      arity = "0..1",
      description = "Folder of a run (default: ${DEFAULT-VALUE}).",
      defaultValue = "reports/latest")
  Path report = Path.of("reports/latest");

  @Option(
      names = "--baseline",
      paramLabel = "REPORT2",
      description = "Folder of another run: recovery that is slower than there counts as missed.")
  @Nullable Path baseline;

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Override
  public Integer call() {
    StoredRunRecord stored = StoredRunRecord.read(report);
    Evidence plain = stored.judgedAgain();
    Path other = baseline;
    if (other != null && plain.drills().isEmpty()) {
      throw new UsageException("--baseline: a run of restore tests has none.");
    }
    Evidence again = other == null ? plain : stored.judgedAgain(StoredRunRecord.read(other));
    if (json) {
      System.out.println(EvidenceJson.write(again));
    } else {
      for (Evidence.Drill drill : again.drills()) {
        Evidence.Control control = drill.control();
        System.out.printf(
            "%s: %s%n",
            drill.folder(), control == null ? drill.verdict() : "control " + control.result());
        for (Finding finding : drill.checks()) {
          System.out.printf(
              "  %-12s %-22s %s%n", finding.verdict(), finding.check(), finding.summary());
        }
      }
      again.restoreTests().forEach(JudgeCommand::ladder);
      together(again);
    }
    if (refused(report, stored.differences(plain))) {
      return ExitCode.USAGE;
    }
    if (again.harness().getOrDefault("plan", "").startsWith("open")) {
      System.err.println(
          "The plan of this run was open, as a test engine's is: a drill that was taken out would"
              + " not be missed.");
    }
    List<String> earlier = stored.earlierRules(plain);
    earlier(earlier);
    System.err.println(
        earlier.isEmpty()
            ? "The same verdicts as in the report."
            : "These are the verdicts by today's rules.");
    return ExitCode.of(again);
  }

  private static void ladder(RestoreTest test) {
    RestoreTest.Control control = test.control();
    System.out.printf(
        "%s: %s%n", test.name(), control == null ? test.verdict() : "control " + control.result());
    for (RestoreRungResult climbed : test.ladder()) {
      System.out.printf(
          "  %-12s %-24s %s%n",
          climbed.verdict(), climbed.rung().check(), climbed.finding().summary());
    }
  }

  /** Names the differences; true when there are any. */
  static boolean refused(Path report, List<String> differences) {
    differences.forEach(d -> System.err.println("differs from the report: " + d));
    if (!differences.isEmpty()) {
      System.err.println(
          "drillyard: "
              + report
              + " does not agree with its own ledgers: do not rely on it. Remedy: take the run from"
              + " where it was made.");
    }
    return !differences.isEmpty();
  }

  /** Names what is otherwise by the rules of today, of a run that is older than some of them. */
  static void earlier(List<String> differences) {
    if (!differences.isEmpty()) {
      System.err.println("This run was recorded under earlier rules; its digests agree.");
      differences.forEach(d -> System.err.println("by today's rules: " + d));
    }
  }

  private static void together(Evidence again) {
    RunStudy study = again.study();
    if (study == null) {
      return;
    }
    study
        .distributions()
        .forEach(
            d -> System.out.printf("%s: %s%n  %s%n", d.kind().words(), d.verdict(), d.statement()));
    RunStudy.Baseline compared = study.baseline();
    if (compared != null) {
      compared
          .regressions()
          .forEach(
              r ->
                  System.out.printf(
                      "%s against %s%n  %s%n", r.kind().words(), compared.run(), r.statement()));
    }
  }
}
