package io.drillyard.check.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a restore test was asked for, and by what it is judged.
 *
 * @param name {@code clean}, {@code clean-2} …, or what was done to the repository
 * @param seed by which a random backup or target is chosen
 * @param backup {@code latest}, {@code random}, {@code oldest} or a label
 * @param target as it is declared
 * @param timeline whose end the archive is followed to; null: the newest that has WAL
 * @param ordered when
 * @param reference before which everything had to be in the repository
 * @param live true when somebody else goes on using the repository
 * @param optional names of rungs without which a backup may still be proven
 * @param versions of the programs
 * @param repository whose it is, {@code lab} or {@code external}, and where
 * @param notChecked what the test does not say, in sentences
 * @param contracts what the user's platform calls the parts of the environment; null: nothing
 */
public record RestoreTerms(
    String name,
    String policy,
    List<String> serves,
    String stanza,
    long seed,
    String backup,
    String target,
    @Nullable Long timeline,
    @Nullable Duration rto,
    @Nullable Duration backupAge,
    @Nullable Duration freshness,
    Instant ordered,
    Instant reference,
    boolean live,
    List<String> optional,
    Map<String, String> versions,
    Map<String, String> repository,
    List<String> notChecked,
    @Nullable Map<String, String> contracts) {

  /** In {@link #repository}: whose it is, {@code lab} or {@code external}. */
  public static final String OWNER = "repository's owner";

  /** In {@link #repository}, of one outside the lab: where it lies. */
  public static final String PLACE = "repository";

  /** True when recovery has to go as far as the archive does. */
  boolean isLatest() {
    return target.equals("latest");
  }

  /** The same, where every rung is required. */
  public RestoreTerms requiringAll() {
    return new RestoreTerms(
        name,
        policy,
        serves,
        stanza,
        seed,
        backup,
        target,
        timeline,
        rto,
        backupAge,
        freshness,
        ordered,
        reference,
        live,
        List.of(),
        versions,
        repository,
        notChecked,
        contracts);
  }

  /** True of a rung without which the backup is not proven. */
  boolean requires(Rung rung) {
    return !optional.contains(rung.check());
  }
}
