package io.drillyard.check.backup;

import io.drillyard.check.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a repository could be listed.
 *
 * @param kind of what went wrong, in lower case; null: nothing did
 * @param problem how it failed; null when it did not
 * @param silence what else was asked when the store gave no answer; null: it gave one
 * @param objects that are listed
 * @param bytes of all of them together
 */
public record RepositoryLook(
    @Nullable String kind,
    @Nullable String problem,
    @Nullable StoreSilence silence,
    int objects,
    long bytes)
    implements RungLook {
  /** One that was listed. */
  public static RepositoryLook listed(int objects, long bytes) {
    return new RepositoryLook(null, null, null, objects, bytes);
  }

  @Override
  public Finding judge(RungLooks test) {
    if (problem != null) {
      String words = kind + ": " + problem;
      return silence != null
          ? silence.judge(Rung.REACHABLE, words)
          : RungFindings.missed(Rung.REACHABLE, words, List.of());
    }
    return objects == 0
        ? RungFindings.missed(Rung.REACHABLE, "The repository is empty.", List.of())
        : RungFindings.met(
            Rung.REACHABLE,
            "%,d objects with %,d bytes are listed.".formatted(objects, bytes),
            List.of());
  }
}
