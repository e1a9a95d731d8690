package io.drillyard.cli;

import io.drillyard.declaration.BoundedContext;
import io.drillyard.declaration.Environment;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.EvidenceJson;
import io.drillyard.evidence.SummaryText;
import io.drillyard.host.HostException;
import io.drillyard.host.lab.LabLauncher;
import io.drillyard.launch.DrillLauncher;
import io.drillyard.launch.ExitCode;
import io.drillyard.launch.PlannedDrill;
import io.drillyard.launch.PlannedRestoreTests;
import io.drillyard.launch.RestoreLauncher;
import io.drillyard.launch.Run;
import io.drillyard.play.ApprovalsGiven;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Plays parts in labs with progress, writes and prints the report: what the verbs {@code run},
 * {@code sweep} and {@code storm} share.
 *
 * @param environments folder that the labs read their declarations from
 * @param atOnce labs at a time, one to four
 * @param json print evidence.json in place of the table
 * @param pauseAt where drills stop by hand; empty: nowhere
 * @param given what people hand in
 */
record RunExecutor(
    Path environments,
    boolean strict,
    int atOnce,
    boolean json,
    String pauseAt,
    ApprovalsGiven given) {
  private static final Duration LAST_WORDS = Duration.ofSeconds(90);

  /** Without stops. */
  RunExecutor(Path environments, boolean strict, int atOnce, boolean json) {
    this(environments, strict, atOnce, json, "");
  }

  /** Without anything handed in. */
  RunExecutor(Path environments, boolean strict, int atOnce, boolean json, String pauseAt) {
    this(environments, strict, atOnce, json, pauseAt, ApprovalsGiven.NONE);
  }

  /** The same, with what people hand in. */
  RunExecutor with(ApprovalsGiven handed) {
    return new RunExecutor(environments, strict, atOnce, json, pauseAt, handed);
  }

  /** Refuses a number of labs that no machine here was tried with. */
  RunExecutor {
    if (atOnce < 1 || atOnce > 4) {
      throw new UsageException("--at-once " + atOnce + ": one to four labs at a time.");
    }
  }

  /**
   * Plays them all.
   *
   * @return exit status
   */
  int play(
      Run run,
      List<PlannedDrill> parts,
      Collection<BoundedContext> declared,
      Run.Question question) {
    return play(run, parts, List.of(), declared, question, null);
  }

  /**
   * Plays drills and restore tests.
   *
   * @param allure folder that receives results for Allure Report, or null
   * @return exit status
   */
  int play(
      Run run,
      List<PlannedDrill> parts,
      List<PlannedRestoreTests> restores,
      Collection<BoundedContext> declared,
      Run.Question question,
      @Nullable Path allure) {
    return play(
        run,
        parts,
        restores,
        (launcher, restorer) ->
            run.play(parts, restores, launcher, restorer, atOnce, declared, question),
        evidence -> {
          if (allure != null) {
            run.allure(allure, evidence);
          }
        });
  }

  /**
   * Plays something whose drills follow from each other.
   *
   * @param parts whose images are needed
   * @param course plays, and gives the record
   * @param afterwards is told the record once the report is written and printed
   * @return exit status
   */
  int play(
      Run run,
      List<PlannedDrill> parts,
      Function<DrillLauncher, Evidence> course,
      Consumer<Evidence> afterwards) {
    return play(run, parts, List.of(), (launcher, restorer) -> course.apply(launcher), afterwards);
  }

  private int play(
      Run run,
      List<PlannedDrill> parts,
      List<PlannedRestoreTests> restores,
      BiFunction<DrillLauncher, RestoreLauncher, Evidence> course,
      Consumer<Evidence> afterwards) {
    LabLauncher labs = prepared(parts, restores);
    RunProgress progress = RunProgress.on(System.err);
    ManualPausePrompt byHand = new ManualPausePrompt(progress, System.err, System.in);
    DrillLauncher launcher = new DrillLauncher(labs, run.id(), strict, pauseAt, byHand);
    byHand.goesOnBy(launcher::goOn);
    launcher.given(given);
    RestoreLauncher restorer = new RestoreLauncher(labs, run.id(), progress::line);
    CountDownLatch reported = new CountDownLatch(1);
    Thread hook = new Thread(() -> interrupt(launcher, restorer, reported), "interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      Evidence played = course.apply(launcher, restorer);
      Path report = run.write(played);
      Evidence evidence = run.borneOut(played, progress::line);
      progress.erase();
      print(evidence, report);
      afterwards.accept(evidence);
      List<String> residue = new ArrayList<>(launcher.residue());
      residue.addAll(restorer.residue());
      residue.forEach(r -> System.err.println("left behind: " + r));
      reported.countDown();
      return residue.isEmpty() ? ExitCode.of(evidence) : ExitCode.RESIDUE;
    } finally {
      reported.countDown();
      removeHook(hook);
    }
  }

  /** What was never built is a matter of configuration: noticed before anything is started. */
  private LabLauncher prepared(List<PlannedDrill> parts, List<PlannedRestoreTests> restores) {
    for (PlannedDrill part : parts) {
      part.notTested()
          .ifPresent(
              why -> {
                throw new UsageException("NOT TESTED " + part.scenario() + ": " + why);
              });
    }
    try {
      LabLauncher labs = LabLauncher.here(environments);
      parts.stream().map(p -> p.environment().image()).distinct().forEach(labs.cache()::image);
      labs.cache().servers();
      parts.stream()
          .flatMap(p -> p.environment().repositories().stream())
          .map(Environment.RepositoryState::type)
          .distinct()
          .forEach(labs.cache()::store);
      for (PlannedRestoreTests part : restores) {
        labs.cache().image(part.policy().environment().image());
        if (part.policy().external() == null) {
          part.policy().environment().repositories().forEach(r -> labs.cache().store(r.type()));
        }
      }
      return labs;
    } catch (HostException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** Ctrl-C: the drills heal and collect, the report is written, and only then the process ends. */
  private static void interrupt(
      DrillLauncher launcher, RestoreLauncher restorer, CountDownLatch reported) {
    launcher.interrupt();
    restorer.interrupt();
    try {
      if (!reported.await(LAST_WORDS.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println("drillyard: the report was not finished in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // Already shutting down: the hook is running, and that is what it is for.
    }
  }

  private void print(Evidence evidence, Path report) {
    if (json) {
      System.out.println(EvidenceJson.write(evidence));
    } else {
      System.out.println(SummaryText.write(evidence, RunProgress.colour()));
      System.out.println("Report: " + report);
    }
  }
}
