package io.drillyard.scenario;

import io.drillyard.check.backup.Rung;
import io.drillyard.fault.Fault;
import io.drillyard.scenario.step.RestoreStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The plan of restore tests of a repository that something befalls: which faults, what the source
 * does meanwhile, and which rung has to notice, or that the backup is proven all the same. Written
 * for no declared restore test: any whose source the lab builds can be put through it. Immutable;
 * each word returns a longer plan.
 *
 * @param name on command lines and in records
 * @param title what happens, in a few words
 * @param sourceLives false: the source is switched off before the first step
 */
public record RestoreDrill(
    String name, String title, boolean sourceLives, List<RestoreStep> steps) {
  /** What the name of a test ends with that comes when something was got over. */
  public static final String AFTERWARDS = "-is-over";

  /** A plan for a repository whose source is off. */
  public static RestoreDrill ofRepository(String name, String title) {
    return new RestoreDrill(name, title, false, List.of());
  }

  /** A plan for a source that lives on. */
  public static RestoreDrill ofLivingSource(String name, String title) {
    return new RestoreDrill(name, title, true, List.of());
  }

  private RestoreDrill then(RestoreStep step) {
    List<RestoreStep> longer = new ArrayList<>(steps);
    longer.add(step);
    return new RestoreDrill(name, title, sourceLives, List.copyOf(longer));
  }

  /** Injects a fault; what remains in force at the end is healed. */
  public RestoreDrill inject(Fault fault) {
    return then(new RestoreStep.Inject(fault));
  }

  /** Takes the fault back. */
  public RestoreDrill heal() {
    return then(new RestoreStep.Heal());
  }

  /** The source takes a full backup. */
  public RestoreDrill backUp() {
    return then(new RestoreStep.BackUp());
  }

  /** Clients write so long, and all of it is archived. */
  public RestoreDrill work(Duration time) {
    return then(new RestoreStep.Work(time));
  }

  /**
   * Clients write until the newest heartbeat in the archive is older than the declared freshness;
   * meanwhile nothing may be archived.
   */
  public RestoreDrill untilArchiveIsStale() {
    return then(new RestoreStep.UntilStale());
  }

  /** Clients write as long, and everything has to be archived all the same. */
  public RestoreDrill archivingAllTheSame() {
    return then(new RestoreStep.ArchivingAllTheSame());
  }

  /** Clients write until PostgreSQL calls so many segments archived that nobody took. */
  public RestoreDrill untilDropped(int segments) {
    return then(new RestoreStep.UntilDropped(segments));
  }

  /** Clients write until the primary's volume is full of WAL, and it has stopped. */
  public RestoreDrill untilPrimaryStops() {
    return then(new RestoreStep.UntilPrimaryStops());
  }

  /** A restore test; that rung has to be missed. */
  public RestoreDrill testCaughtBy(Rung rung) {
    return then(new RestoreStep.Test(rung, "", "", null));
  }

  /**
   * A restore test; that rung has to be missed.
   *
   * @param kind how the rung has to call it: a word of the kinds that all stores share
   */
  public RestoreDrill testCaughtBy(Rung rung, String kind) {
    return then(new RestoreStep.Test(rung, kind + ":", "", null));
  }

  /** The same of a backup that the policy would not choose: {@code oldest}, or a label. */
  public RestoreDrill testOf(String backup, Rung rung) {
    return then(new RestoreStep.Test(rung, "", backup, null));
  }

  /** A restore test by a shorter limit of the backup's age; that rung has to be missed. */
  public RestoreDrill testTolerating(Duration backupAge, Rung rung) {
    return then(new RestoreStep.Test(rung, "", "", backupAge));
  }

  /** A restore test that has to prove the backup all the same. */
  public RestoreDrill testOvercome() {
    return then(new RestoreStep.Test(null, "", "", null));
  }

  /** The same by a shorter limit of the backup's age. */
  public RestoreDrill testOvercome(Duration backupAge) {
    return then(new RestoreStep.Test(null, "", "", backupAge));
  }

  /** A restore over what an earlier one left, of which something is spoilt. */
  public RestoreDrill restoreOver() {
    return then(new RestoreStep.RestoreOver());
  }

  /** One context's table is dropped and brought back, and the others go on. */
  public RestoreDrill restoreOneContext() {
    return then(new RestoreStep.RestoreOneContext());
  }

  /** The first fault of the plan; empty where nothing is broken. */
  public Optional<Fault> fault() {
    return steps.stream()
        .filter(RestoreStep.Inject.class::isInstance)
        .map(step -> ((RestoreStep.Inject) step).fault())
        .findFirst();
  }

  /** What its tests are called, in their order. */
  public List<String> tests() {
    List<String> names = new ArrayList<>();
    for (RestoreStep step : steps) {
      if (step.tests()) {
        names.add(names.isEmpty() ? name : name + AFTERWARDS);
      }
    }
    return List.copyOf(names);
  }

  /** The rung that has to notice; empty where it has to be overcome. */
  public Optional<Rung> caughtBy() {
    return steps.stream()
        .filter(RestoreStep.Test.class::isInstance)
        .map(step -> ((RestoreStep.Test) step).caughtBy())
        .filter(Objects::nonNull)
        .findFirst();
  }
}
