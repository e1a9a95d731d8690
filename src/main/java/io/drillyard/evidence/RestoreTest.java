package io.drillyard.evidence;

import io.drillyard.check.ControlResult;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.RestoreRungResult;
import io.drillyard.check.backup.Rung;
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
 * @param ledger its path in the run's folder; null in the oldest records, which had none
 * @param ledgerSha256 of that file, in hexadecimal digits
 * @param contracts what the user's platform calls the parts of the environment; null: nothing
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
    List<RestoreRungResult> ladder,
    Map<String, Double> partsMs,
    long restoredBytes,
    @Nullable Double freshnessMs,
    Map<String, String> versions,
    List<String> notChecked,
    List<String> observations,
    @Nullable Control control,
    @Nullable String ledger,
    @Nullable String ledgerSha256,
    @Nullable Map<String, String> contracts) {

  private static final List<String> GOOD =
      List.of(ControlResult.CAUGHT.word(), ControlResult.OVERCOME.word());

  /** The end of one of which no record tells; it stands in no stored record. */
  public static final String UNRECORDED = "unrecorded";

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
    public boolean overcoming() {
      return rung == Rung.REMOVED;
    }
  }

  /** A rung of the ladder, or null when it has none of that name. */
  public @Nullable RestoreRungResult rung(Rung rung) {
    return ladder.stream().filter(c -> c.rung() == rung).findFirst().orElse(null);
  }

  /** How it came out as a control; empty for a plain test. */
  public String result() {
    return control == null ? "" : control.result();
  }

  /** True of a control that was caught or, where that was asked for, overcome. */
  public boolean asItShould() {
    return control != null && GOOD.contains(control.result());
  }

  /** The same with another verdict and other rungs. */
  public RestoreTest judged(Verdict newVerdict, List<RestoreRungResult> rungs) {
    return new RestoreTest(
        name,
        policy,
        serves,
        stanza,
        newVerdict,
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
        observations,
        control,
        ledger,
        ledgerSha256,
        contracts);
  }
}
