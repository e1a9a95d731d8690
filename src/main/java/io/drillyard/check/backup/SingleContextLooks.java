package io.drillyard.check.backup;

import io.drillyard.check.Finding;
import java.util.List;
import java.util.Set;

/**
 * What was looked at when one context's database alone was restored, aside, and brought back into
 * the living source.
 */
public final class SingleContextLooks {
  private SingleContextLooks() {}

  /** How the copy of one database went. */
  public record Restored(String label, String database, ProgramOutput said) implements RungLook {
    @Override
    public Finding judge(RungLooks test) {
      return said.ok()
          ? RungFindings.met(
              Rung.RESTORE,
              "Of backup %s database %s alone is restored.".formatted(label, database),
              List.of())
          : RungFindings.missed(Rung.RESTORE, "It was not restored.", said.tail());
    }
  }

  /**
   * The context's rows in the living source.
   *
   * @param dump how they were dumped from the copy
   * @param rows how many there have to be
   * @param before their number and digest before the table was dropped
   * @param now the same after they were brought back; empty when they were not
   */
  public record BroughtBack(ProgramOutput dump, int rows, String before, String now)
      implements RungLook {
    @Override
    public Finding judge(RungLooks test) {
      if (!dump.ok()) {
        return RungFindings.missed(Rung.ASSERTIONS, "The context was not dumped.", dump.tail());
      }
      return now.equals(before)
          ? RungFindings.met(
              Rung.ASSERTIONS,
              "All %d rows of the context are in the living source as they were.".formatted(rows),
              List.of())
          : RungFindings.missed(
              Rung.ASSERTIONS,
              "The context is not as it was: %s, not %s.".formatted(now, before),
              List.of());
    }
  }

  /** The writes of the other contexts, and the keys that the living source has. */
  public record Others(List<AcknowledgedWrites.Write> writes, Set<Long> there) implements RungLook {
    @Override
    public Finding judge(RungLooks test) {
      return AcknowledgedWrites.judge(writes, there, null);
    }
  }

  /**
   * How the other contexts fared meanwhile.
   *
   * @param failed writes
   * @param longestMs without an acknowledgement
   * @param toleratedMs so long nobody is served less
   */
  public record WentOn(long acknowledged, long failed, double longestMs, double toleratedMs)
      implements RungLook {
    @Override
    public Finding judge(RungLooks test) {
      String words =
          "%,d writes were acknowledged meanwhile, %d failed; the longest silence was %.1f s"
              .formatted(acknowledged, failed, longestMs / 1e3);
      return failed == 0 && longestMs < toleratedMs
          ? RungFindings.met(
              Rung.FRESHNESS, "The other contexts went on: " + words + ".", List.of())
          : RungFindings.missed(
              Rung.FRESHNESS, "The other contexts were disturbed: " + words + ".", List.of());
    }
  }
}
