package io.drillyard.restore.report;

import io.drillyard.check.Verdict;
import io.drillyard.check.backup.Climbed;
import io.drillyard.check.backup.Rung;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The record of one restore test.
 *
 * @param name {@code clean}, {@code clean-2} …, or the tampering that was tried
 * @param backup label, type, times, sizes of the backup that was restored
 * @param target in words
 * @param end {@code complete} or {@code failed}
 * @param partsMs of the recovery time, in their order; they overlap where rungs ran side by side
 * @param restoredBytes size of the restored files; 0 when nothing was restored
 * @param freshnessMs age of the newest heartbeat that came back, or null
 * @param versions of the programs
 * @param notChecked what this test does not say
 * @param observations remarks
 * @param control of a damaged repository; null for a repository that nobody touched
 * @param ledger its path in the run's folder; null in records of format 1, which had none
 * @param ledgerSha256 of that file, in hexadecimal digits
 */
public record RestoreTest(
    String name,
    String policy,
    List<String> serves,
    String stanza,
    Verdict verdict,
    String started,
    String finished,
    String end,
    long seed,
    Map<String, String> backup,
    String target,
    List<Climbed> ladder,
    Map<String, Double> partsMs,
    long restoredBytes,
    @Nullable Double freshnessMs,
    Map<String, String> versions,
    List<String> notChecked,
    List<String> observations,
    @Nullable Control control,
    @Nullable String ledger,
    @Nullable String ledgerSha256) {

  /** One whose ledger was not ended yet. */
  public RestoreTest(
      String name,
      String policy,
      List<String> serves,
      String stanza,
      Verdict verdict,
      String started,
      String finished,
      String end,
      long seed,
      Map<String, String> backup,
      String target,
      List<Climbed> ladder,
      Map<String, Double> partsMs,
      long restoredBytes,
      @Nullable Double freshnessMs,
      Map<String, String> versions,
      List<String> notChecked,
      List<String> observations,
      @Nullable Control control) {
    this(
        name,
        policy,
        serves,
        stanza,
        verdict,
        started,
        finished,
        end,
        seed,
        backup,
        target,
        ladder,
        partsMs,
        restoredBytes,
        freshnessMs,
        versions,
        notChecked,
        observations,
        control,
        null,
        null);
  }

  /** Among the backup's facts: whose the repository is, {@code lab} or {@code external}. */
  public static final String OWNER = "repository's owner";

  /** Among the backup's facts, of a repository outside the lab: where it lies. */
  public static final String PLACE = "repository";

  /** Among the backup's facts: labels of all backups that the repository held, with commas. */
  public static final String HELD = "in the repository";

  /**
   * A damage that has to be noticed.
   *
   * @param words what was done to the repository
   * @param rung that has to catch it first; of what has to be overcome, the last one
   * @param by every rung that was not met
   * @param result {@code CAUGHT}, {@code NOT CAUGHT} or {@code UNDETERMINED}; {@code OVERCOME} or
   *     {@code NOT OVERCOME} of a trouble that a restore test has to come through
   */
  public record Control(String words, Rung rung, List<Rung> by, String result) {
    /** True of a trouble that was to be overcome, whether it was or not. */
    boolean overcoming() {
      return rung == Rung.REMOVED;
    }
  }

  /** A rung of the ladder, or null when it has none of that name. */
  public @Nullable Climbed rung(Rung rung) {
    return ladder.stream().filter(c -> c.rung() == rung).findFirst().orElse(null);
  }

  /** Every rung that was missed, in order. */
  public List<Rung> missed() {
    return ladder.stream().filter(c -> c.verdict() == Verdict.MISSED).map(Climbed::rung).toList();
  }

  /** The same, as the control that it was. */
  public RestoreTest as(Control control) {
    return as(control, List.of());
  }

  /** The same, with what was seen around it. */
  public RestoreTest as(Control own, List<String> seen) {
    List<String> all = new ArrayList<>(seen);
    all.addAll(observations);
    return with(ladder, List.copyOf(all), own, ledger, ledgerSha256);
  }

  /** The same with the rungs as its ledger has them. */
  public RestoreTest climbed(List<Climbed> rungs) {
    return with(rungs, observations, control, ledger, ledgerSha256);
  }

  /**
   * The same, with its ledger.
   *
   * @param path in the run's folder
   * @param sha256 of that file
   */
  public RestoreTest kept(String path, String sha256) {
    return with(ladder, observations, control, path, sha256);
  }

  private RestoreTest with(
      List<Climbed> rungs,
      List<String> remarks,
      @Nullable Control own,
      @Nullable String path,
      @Nullable String sha256) {
    return new RestoreTest(
        name,
        policy,
        serves,
        stanza,
        verdict,
        started,
        finished,
        end,
        seed,
        backup,
        target,
        rungs,
        partsMs,
        restoredBytes,
        freshnessMs,
        versions,
        notChecked,
        remarks,
        own,
        path,
        sha256);
  }
}
