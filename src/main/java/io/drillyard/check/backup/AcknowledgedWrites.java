package io.drillyard.check.backup;

import io.drillyard.check.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reconciles what a source acknowledged with what came back.
 *
 * <p>Everything acknowledged before the target's moment must be there; nothing that was only sent
 * after it may be. What was under way at that moment may be either.
 */
public final class AcknowledgedWrites {
  /** One acknowledged write, by its key, with the wall clock around it. */
  public record Write(long id, Instant sent, Instant returned) {}

  private AcknowledgedWrites() {}

  /**
   * Judges.
   *
   * @param until the target's moment; null: everything acknowledged must be there
   */
  public static Finding judge(List<Write> writes, Set<Long> there, @Nullable Instant until) {
    if (writes.isEmpty()) {
      return RungFindings.undetermined(
          Rung.ACKNOWLEDGED, "Nobody kept a ledger of the source's writes.");
    }
    List<String> wrong = new ArrayList<>();
    long expected = 0;
    long lost = 0;
    long early = 0;
    for (Write write : writes) {
      boolean must = until == null || write.returned().isBefore(until);
      boolean mustNot = until != null && write.sent().isAfter(until);
      boolean found = there.contains(write.id());
      expected += must ? 1 : 0;
      if (must && !found) {
        lost++;
        tell(wrong, "write %d, acknowledged at %s, is lost", write, write.returned());
      } else if (mustNot && found) {
        early++;
        tell(wrong, "write %d, sent only at %s, is there", write, write.sent());
      }
    }
    return RungFindings.by(
        Rung.ACKNOWLEDGED,
        wrong,
        "All %,d writes that were acknowledged before the target are there%s."
            .formatted(expected, until == null ? "" : ", and none that was sent after it"),
        "Of %,d acknowledged writes %,d are lost; %,d are there that were sent after the target."
            .formatted(expected, lost, early));
  }

  private static void tell(List<String> wrong, String format, Write write, Instant at) {
    if (wrong.size() < 10) {
      wrong.add(format.formatted(write.id(), at));
    }
  }
}
