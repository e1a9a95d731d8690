package io.drillyard.play.restore;

import io.drillyard.check.backup.Rung;
import io.drillyard.cluster.BoundedWait;
import io.drillyard.cluster.FaultyStoreProxy;
import io.drillyard.declaration.RestorePolicy;
import io.drillyard.fault.Fault;
import io.drillyard.fault.RepositoryFault.StoreTroubled;
import io.drillyard.fault.StoreTrouble;
import io.drillyard.fault.act.Injector;
import io.drillyard.host.HostException;
import io.drillyard.scenario.RestoreDrill;
import io.drillyard.scenario.step.RestoreStep;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plays one plan of restore tests. What is done before a test, and the heal after it, stand on that
 * test's ledger: whoever reads it sees what befell the repository.
 */
final class RestoreDrillPlay {
  private static final Duration CAUGHT_UP_LIMIT = Duration.ofMinutes(5);
  private static final Duration MOMENT = Duration.ofSeconds(3);
  private static final String FAULT = "fault";

  /** The looks of a burst cause at most three in a lab of two members. */
  private static final long BURSTS_AT_LEAST = 5;

  private static final long REQUESTS_AT_LEAST = 8;

  private final RestoreDrill drill;
  private final RestoreTestSeries series;
  private final RestoreTestStage stage;
  private final List<String> seen = new ArrayList<>();
  private final LivingSourceSteps living;
  private int tested;
  private boolean took = true;
  private @Nullable RestoreTestLedger file;
  private @Nullable Injector injector;
  private @Nullable RestoreTestOutcome ended;

  private RestoreDrillPlay(RestoreDrill drill, RestoreTestSeries series, RestoreTestStage stage) {
    this.drill = drill;
    this.series = series;
    this.stage = stage;
    this.living = new LivingSourceSteps(stage, this::say);
  }

  /** From its first step to its last; whatever was injected is healed, however it ends. */
  static void play(RestoreDrill drill, RestoreTestSeries series, RestoreTestStage stage)
      throws IOException {
    RestoreDrillPlay play = new RestoreDrillPlay(drill, series, stage);
    try {
      for (RestoreStep step : drill.steps()) {
        play.step(step);
      }
      play.heal();
      play.write();
    } catch (IOException | RuntimeException e) {
      play.giveUp(e);
      if (drill.sourceLives()
          && (e instanceof HostException || e instanceof BoundedWait.TimedOut)) {
        // What the source says of itself goes with the lab.
        stage.lastWords();
      }
      throw e;
    }
    play.living.close();
  }

  /** Heals and closes whatever there is; what fails meanwhile goes with the first failure. */
  private void giveUp(Exception why) {
    try {
      Injector own = injector;
      if (own != null) {
        own.healAll();
      }
    } catch (RuntimeException e) {
      why.addSuppressed(e);
    }
    try {
      living.close();
    } catch (RuntimeException e) {
      why.addSuppressed(e);
    }
  }

  private void say(String line) {
    seen.add(line);
    stage.progress().say("  " + line);
  }

  private void step(RestoreStep step) throws IOException {
    if (!(step instanceof RestoreStep.Heal)) {
      write();
    }
    switch (step) {
      case RestoreStep.Inject inject -> inject(inject.fault());
      case RestoreStep.Heal heal -> heal();
      case RestoreStep.BackUp backUp -> {
        stage.source().backUp();
        stage.source().archived(CAUGHT_UP_LIMIT);
        say("a new full backup was taken");
      }
      case RestoreStep.Work work -> living.work(work.time(), CAUGHT_UP_LIMIT);
      case RestoreStep.UntilStale stale -> {
        took &= living.untilStale();
        took &= inForce();
      }
      case RestoreStep.ArchivingAllTheSame all -> {
        living.archiving(CAUGHT_UP_LIMIT);
        took &= inForce();
        took &= carried();
      }
      case RestoreStep.UntilDropped dropped -> living.untilDropped(dropped.segments());
      case RestoreStep.UntilPrimaryStops stops -> living.untilPrimaryStops();
      case RestoreStep.Test test -> test(test);
      case RestoreStep.RestoreOver over -> restoreOver();
      case RestoreStep.RestoreOneContext context ->
          overcome(SingleContextRestore.play(stage, name(), ledger()));
    }
  }

  private String name() {
    return tested == 0 ? drill.name() : drill.name() + RestoreDrill.AFTERWARDS;
  }

  private RestoreTestLedger ledger() throws IOException {
    RestoreTestLedger open = file;
    if (open == null) {
      open = series.open(stage.usual(), name());
      file = open;
    }
    return open;
  }

  private void inject(Fault fault) throws IOException {
    if (drill.sourceLives()) {
      living.begin(fault);
    }
    Injector own = new Injector(ledger().ledger());
    injector = own;
    own.inject(FAULT, fault, stage.parts());
    took &= fault.lasting() == Fault.Lasting.MOMENTARY ? own.tookPlace(FAULT) : inForce();
  }

  /** Whether its witnesses see the fault; without one there is nothing to see. */
  private boolean inForce() {
    Injector own = injector;
    boolean there = own == null || own.live().isEmpty() || own.inForce(FAULT);
    if (!there) {
      say("the fault was not seen in force: whatever was noticed proves nothing");
    }
    return there;
  }

  private void heal() {
    Injector own = injector;
    if (own != null && !own.live().isEmpty()) {
      own.healAll();
      if (drill.sourceLives()) {
        living.end(CAUGHT_UP_LIMIT);
      } else if (!stage.fingerprints().equals(stage.clean())) {
        throw new HostException(drill.name() + " was not undone: the repository is not as before");
      }
    }
  }

  private void test(RestoreStep.Test test) throws IOException {
    boolean after = tested > 0;
    if (drill.sourceLives() && after) {
      // Whoever lives on has a heart that beats.
      living.work(MOMENT, CAUGHT_UP_LIMIT);
    }
    RestoreTestLedger own = ledger();
    RepositoryUnderTest setting = stage.setting(policy(test));
    // What every object is like is asked of the store itself: the way to it may be in trouble.
    Map<String, String> before = drill.sourceLives() ? null : stage.fingerprints();
    RestoreTestOutcome outcome = series.test(setting, name(), own, before);
    if (!drill.sourceLives()) {
      took &= inForce() && (after || felt());
    }
    Rung rung = test.caughtBy();
    String title = after ? drill.title() + ": afterwards" : drill.title();
    RestoreTestOutcome.Control control =
        rung == null
            ? RepositoryFaultResults.overcome(title, outcome)
            : RepositoryFaultResults.caught(title, rung, test.saying(), outcome);
    // A test of what comes after has no fault; one during it proves nothing without.
    boolean proves = took || after;
    end(outcome.as(proves ? control : RepositoryFaultResults.undecided(control)));
  }

  /** A line that has to be slow has to be seen so; everything else, its witnesses tell. */
  private boolean felt() {
    if (is(StoreTrouble.BURSTS)) {
      return carried();
    }
    if (!is(StoreTrouble.SLOW)) {
      return true;
    }
    String words = SlowLineLook.words(stage);
    say(words == null ? "nothing showed that the line was slow" : words);
    return words != null;
  }

  private boolean is(StoreTrouble trouble) {
    return drill
        .fault()
        .filter(f -> f instanceof StoreTroubled t && t.trouble() == trouble)
        .isPresent();
  }

  /**
   * What has to be got over has to have been met: by so many requests, beside those of the looks.
   */
  private boolean carried() {
    FaultyStoreProxy.Counts counts = stage.proxyCounts();
    say(counts.words());
    boolean met =
        is(StoreTrouble.BURSTS)
            ? counts.failed() >= BURSTS_AT_LEAST
            : counts.requests() >= REQUESTS_AT_LEAST;
    if (!met) {
      say("too few requests met it: this proves nothing");
    }
    return met;
  }

  private void restoreOver() throws IOException {
    RestoreTestLedger own = ledger();
    RepositoryUnderTest setting = stage.setting(stage.usual().policy());
    overcome(series.test(DeltaRestoreTest.spoilt(setting), name(), own, stage.fingerprints()));
  }

  private void overcome(RestoreTestOutcome outcome) {
    end(outcome.as(RepositoryFaultResults.overcome(drill.title(), outcome)));
  }

  private void end(RestoreTestOutcome outcome) {
    ended = outcome;
    tested++;
  }

  private RestorePolicy policy(RestoreStep.Test test) {
    RestorePolicy policy = stage.usual().policy();
    if (!test.backup().isEmpty()) {
      policy = policy.choosing(test.backup(), "latest");
    }
    Duration age = test.backupAge();
    return age == null ? policy : policy.tolerating(age);
  }

  /** Ends the ledger of the test that was played last. */
  private void write() {
    RestoreTestOutcome outcome = ended;
    if (outcome == null) {
      return;
    }
    Injector own = injector;
    if (own != null && !own.live().isEmpty()) {
      throw new IllegalStateException(
          drill.name()
              + ": a fault is in force when the next step begins. Remedy: heal() after the test");
    }
    RestoreTestOutcome.Control control = outcome.control();
    if (control == null) {
      throw new IllegalStateException(outcome.name() + " is no control");
    }
    series.write(outcome.as(control, List.copyOf(seen)));
    seen.clear();
    ended = null;
    file = null;
    injector = null;
    took = true;
  }
}
