package io.drillyard.ledger;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a whole run was to be, told alike by every ledger of it before anything happens: what was
 * planned cannot be missed later without a trace.
 *
 * @param kind whether the drills were all known beforehand
 * @param atMost so many drills may follow those that are named: replays of a storm
 * @param started ISO-8601 UTC
 * @param harness version and facts of the machine
 * @param declarations SHA-256 of the files of declarations, by path in their folder
 * @param question what the drills are to show together: digests of a sweep's grid, of a baseline,
 *     the limits of a storm
 * @param cells every declared context and disruption, drilled or not
 * @param drills in the order of their numbers
 * @param restoreTests in the order of their numbers; null: told before runs held any
 * @param backups every declared context, and how often its backup has to be proved; null likewise
 */
public record RunPlan(
    Kind kind,
    int atMost,
    String started,
    Map<String, String> harness,
    Map<String, String> declarations,
    Map<String, String> question,
    List<Cell> cells,
    List<Entry> drills,
    @Nullable List<Restore> restoreTests,
    @Nullable List<Backup> backups) {

  /** Of drills alone. */
  public RunPlan(
      Kind kind,
      int atMost,
      String started,
      Map<String, String> harness,
      Map<String, String> declarations,
      Map<String, String> question,
      List<Cell> cells,
      List<Entry> drills) {
    this(kind, atMost, started, harness, declarations, question, cells, drills, null, null);
  }

  /** Every restore test that was to be played, by its order. */
  public List<Restore> restores() {
    return restoreTests == null ? List.of() : restoreTests;
  }

  /** Whether the drills of a run are known before it begins. */
  public enum Kind {
    /** All of them. */
    WHOLE,
    /** A storm: replays of smaller schedules may follow it. */
    STORM,
    /** None: a test engine plays what it is told to. A drill that is taken out leaves no trace. */
    OPEN
  }

  /** A declared context and disruption, with its targets in words. */
  public record Cell(String context, String disruption, String failover, String rto, String rpo) {}

  /**
   * A drill that was to be played.
   *
   * @param folder its name below {@code drills}
   * @param sha256 of its own plan, which its own ledger tells whole
   */
  public record Entry(
      String folder,
      String scenario,
      String environment,
      String context,
      String disruption,
      String sha256) {}

  /**
   * Restore tests that were to be played one after the other in one lab.
   *
   * @param folder its path in the run's folder
   * @param policy name of the declaration
   * @param environment it is restored in
   * @param tests their names, in their order
   */
  public record Restore(String folder, String policy, String environment, List<String> tests) {}

  /**
   * That a declared context's backup has to be proved.
   *
   * @param cadence longest time between two proofs, in words
   */
  public record Backup(String context, String cadence) {}
}
