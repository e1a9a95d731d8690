package io.drillyard.evidence;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.declaration.Disruption;
import io.drillyard.declaration.Objective;
import io.drillyard.declaration.Rpo;
import io.drillyard.declaration.Target;
import io.drillyard.evidence.text.FigureWords;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The record of a run: several drills and what was declared, measured and judged.
 *
 * @param format version of this structure
 * @param run identifier, sorts by time
 * @param verdict of the whole run: MISSED if any target was missed, else UNDETERMINED if any drill
 *     is, else MET. Controls never fill a target's cell
 * @param started ISO-8601 UTC
 * @param finished ISO-8601 UTC
 * @param end {@code complete}, {@code interrupted} or {@code failed}
 * @param harness name, version and machine facts: JDK, kernel, processors, user mode
 * @param contexts declared contexts with every declared cell, so that undrilled ones read NOT
 *     TESTED
 * @param study what the drills show together; null where nothing was repeated, compared or varied
 * @param declarations SHA-256 of the files of declarations, by path; empty in records of format 1
 * @param restoreTests in the order in which they ran; none in records of before format 4
 * @param backups every declared context and how often its backup has to be proved, so that those
 *     that were not read NOT TESTED; none in records of before format 4
 */
public record Evidence(
    int format,
    String run,
    Verdict verdict,
    String started,
    String finished,
    String end,
    Map<String, String> harness,
    List<Cell> contexts,
    List<Drill> drills,
    @Nullable RunStudy study,
    Map<String, String> declarations,
    List<RestoreTest> restoreTests,
    List<Backup> backups) {

  /**
   * Version of this structure. Since 2 it holds no sentences of checks: whoever reads it writes
   * them anew, from the ledgers. Since 3 the episodes of a drill stand in it one by one. Since 4 it
   * holds restore tests, too.
   */
  public static final int FORMAT = 4;

  /** Fills in what earlier formats did not have. */
  public Evidence {
    declarations = Objects.requireNonNullElse(declarations, Map.of());
    restoreTests = Objects.requireNonNullElse(restoreTests, List.of());
    backups = Objects.requireNonNullElse(backups, List.of());
  }

  /** Without restore tests. */
  public Evidence(
      int format,
      String run,
      Verdict verdict,
      String started,
      String finished,
      String end,
      Map<String, String> harness,
      List<Cell> contexts,
      List<Drill> drills,
      @Nullable RunStudy study,
      Map<String, String> declarations) {
    this(
        format,
        run,
        verdict,
        started,
        finished,
        end,
        harness,
        contexts,
        drills,
        study,
        declarations,
        List.of(),
        List.of());
  }

  /** Of drills that each stand for themselves. */
  public Evidence(
      int format,
      String run,
      Verdict verdict,
      String started,
      String finished,
      String end,
      Map<String, String> harness,
      List<Cell> contexts,
      List<Drill> drills) {
    this(format, run, verdict, started, finished, end, harness, contexts, drills, null, Map.of());
  }

  /** The restore tests of repositories as they are. */
  public List<RestoreTest> plainTests() {
    return restoreTests.stream().filter(t -> t.control() == null).toList();
  }

  /**
   * The restore tests of a repository that something was done to, or was reached through trouble.
   */
  public List<RestoreTest> testControls() {
    return restoreTests.stream().filter(t -> t.control() != null).toList();
  }

  /** The same, as one that proves nothing because the harness is broken. */
  public Evidence broken() {
    return with(verdict.given(false), "failed", drills, study, restoreTests);
  }

  /** The same run with other restore tests. */
  public Evidence testing(List<RestoreTest> tests) {
    return with(verdict, end, drills, study, tests);
  }

  /** The same run with other findings. */
  public Evidence with(Verdict newVerdict, List<Drill> newDrills, @Nullable RunStudy newStudy) {
    return with(newVerdict, end, newDrills, newStudy, restoreTests);
  }

  private Evidence with(
      Verdict newVerdict,
      String newEnd,
      List<Drill> newDrills,
      @Nullable RunStudy newStudy,
      List<RestoreTest> newTests) {
    return new Evidence(
        format,
        run,
        newVerdict,
        started,
        finished,
        newEnd,
        harness,
        contexts,
        newDrills,
        newStudy,
        declarations,
        newTests,
        backups);
  }

  /**
   * That a declared context's backup has to be proved by restore.
   *
   * @param cadence longest time between two proofs, in words
   */
  public record Backup(String context, String cadence) {}

  /** One declared context × disruption, with the targets in words. */
  public record Cell(String context, String disruption, String failover, String rto, String rpo) {
    /** The cell of a declared objective, in the report's words. */
    public static Cell of(String context, Objective objective) {
      // No context declares how much several faults at once may cost, but for nothing at all.
      boolean unbounded =
          objective.disruption() == Disruption.STORM && objective.rpo() instanceof Rpo.Time;
      return new Cell(
          context,
          objective.disruption().word(),
          objective.failover().word(),
          FigureWords.duration(objective.rto()),
          unbounded ? "not judged" : FigureWords.rpo(objective.rpo()));
    }
  }

  /**
   * One drill.
   *
   * @param scenario class name of the scenario
   * @param title the claim in a few words
   * @param claim the claim in one sentence
   * @param verdict MISSED if any check is, else UNDETERMINED if any is, else MET; for a control: of
   *     the named check alone
   * @param control null for an ordinary drill
   * @param folder of this drill's files, relative to the report
   * @param ledgerSha256 digest of its ledger file
   * @param versions of PostgreSQL, Patroni, etcd, pgBackRest, HAProxy, image digest …
   * @param configuration digests of every node's configuration files, by path
   * @param settings declared settings beside the figures they dominate (ttl, client time-outs …)
   * @param storage statement of the storage under nodes and repository, and what it proves
   * @param backup label, start, stop, size of the backup taken, if any
   * @param notChecked codes of what this drill did not check ({@link NotCheckedSentences})
   * @param observations remarks for the reader: adjusted settings, warnings, doomed branch figures
   * @param exercises what broke is the disruption that it is judged for; false: it is judged by the
   *     same targets and fills no cell. Null in records of before this was told: taken for true
   * @param episode which of the drill's episodes this is about; null: it has one
   * @param contracts what the user's platform calls the parts of the environment, as it was
   *     declared; null: nothing was
   */
  public record Drill(
      String scenario,
      String title,
      String claim,
      String context,
      String disruption,
      String environment,
      Verdict verdict,
      @Nullable Control control,
      Target target,
      List<Finding> checks,
      String folder,
      String ledgerSha256,
      String started,
      double durationMs,
      String end,
      Map<String, String> versions,
      Map<String, String> configuration,
      Map<String, String> settings,
      String storage,
      Map<String, String> backup,
      List<String> notChecked,
      List<String> observations,
      @Nullable Boolean exercises,
      @Nullable Episode episode,
      @Nullable Map<String, String> contracts) {

    /** Of a record that does not tell what it exercises. */
    public Drill(
        String scenario,
        String title,
        String claim,
        String context,
        String disruption,
        String environment,
        Verdict verdict,
        @Nullable Control control,
        Target target,
        List<Finding> checks,
        String folder,
        String ledgerSha256,
        String started,
        double durationMs,
        String end,
        Map<String, String> versions,
        Map<String, String> configuration,
        Map<String, String> settings,
        String storage,
        Map<String, String> backup,
        List<String> notChecked,
        List<String> observations) {
      this(
          scenario,
          title,
          claim,
          context,
          disruption,
          environment,
          verdict,
          control,
          target,
          checks,
          folder,
          ledgerSha256,
          started,
          durationMs,
          end,
          versions,
          configuration,
          settings,
          storage,
          backup,
          notChecked,
          observations,
          null,
          null,
          null);
    }

    /** The same drill as it was judged: verdict, control, findings, and what it exercises. */
    public Drill judged(
        Verdict newVerdict,
        @Nullable Control newControl,
        List<Finding> findings,
        @Nullable Boolean newExercises) {
      return with(newVerdict, newControl, findings, notChecked, newExercises);
    }

    /** The same, and other things are not checked. */
    Drill withNotChecked(List<String> codes) {
      return with(verdict, control, checks, codes, exercises);
    }

    private Drill with(
        Verdict newVerdict,
        @Nullable Control newControl,
        List<Finding> findings,
        List<String> codes,
        @Nullable Boolean newExercises) {
      return new Drill(
          scenario,
          title,
          claim,
          context,
          disruption,
          environment,
          newVerdict,
          newControl,
          target,
          findings,
          folder,
          ledgerSha256,
          started,
          durationMs,
          end,
          versions,
          configuration,
          settings,
          storage,
          backup,
          codes,
          observations,
          newExercises,
          episode,
          contracts);
    }

    /** The number of its episode; 1 where it has no other. */
    public int episodeNumber() {
      return episode == null ? 1 : episode.number();
    }

    /** The scenario, and the episode where it has several: what repeats are told apart by. */
    public String name() {
      return episode == null ? scenario : scenario + "." + episode.name();
    }

    /** True where it is judged beside a disruption that it does not exercise. */
    public boolean beside() {
      return Boolean.FALSE.equals(exercises);
    }

    /** True where it says something of the declared cell: no control, and no bystander. */
    public boolean fillsCell() {
      return control == null && !beside();
    }
  }

  /**
   * One of several episodes of a drill, each judged by itself.
   *
   * @param number from 1
   * @param name that the plan gives to it
   */
  public record Episode(int number, String name) {}

  /**
   * A known-unsafe set-up: the named check must come out MISSED.
   *
   * @param check the check that must catch it
   * @param result {@code CAUGHT}, {@code NOT CAUGHT} or {@code UNDETERMINED}
   * @param why it is unsafe
   */
  public record Control(String check, String result, String why) {}
}
