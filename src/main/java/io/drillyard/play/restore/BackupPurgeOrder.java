package io.drillyard.play.restore;

import io.drillyard.declaration.Durations;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the launcher asks a lab for; passed as plain arguments.
 *
 * @param policy name of the declared restore test
 * @param labels of the backups that are asked for; empty: by age
 * @param olderThan age from which on they are asked for; null: by labels
 * @param proven labels of the backups that restore tests proved
 * @param unfinished labels of backups that an earlier purge was to remove, and did not say that it
 *     did
 * @param confirmed digest of the plan that was confirmed; empty: only a plan is wanted
 */
public record BackupPurgeOrder(
    String policy,
    List<String> labels,
    @Nullable Duration olderThan,
    List<String> proven,
    List<String> unfinished,
    String confirmed) {
  /** As arguments. */
  public List<String> arguments() {
    return List.of(
        policy,
        String.join(",", labels),
        olderThan == null ? "" : Durations.format(olderThan),
        String.join(",", proven),
        String.join(",", unfinished),
        confirmed);
  }

  /** From arguments. */
  static BackupPurgeOrder of(List<String> arguments) {
    String age = arguments.get(2);
    return new BackupPurgeOrder(
        arguments.get(0),
        list(arguments.get(1)),
        age.isEmpty() ? null : Durations.parse(age),
        list(arguments.get(3)),
        list(arguments.get(4)),
        arguments.get(5));
  }

  private static List<String> list(String words) {
    return words.isEmpty() ? List.of() : List.of(words.split(","));
  }

  /** The same errand, with a plan that was confirmed. */
  public BackupPurgeOrder confirming(String digest) {
    return new BackupPurgeOrder(policy, labels, olderThan, proven, unfinished, digest);
  }
}
