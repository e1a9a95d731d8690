package io.drillyard.check.backup;

import io.drillyard.backup.AmcheckOutput;
import io.drillyard.check.Finding;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What pg_amcheck said.
 *
 * @param doubtful indexes of whose order the source's libraries decided, each with why; asked only
 *     where it complained
 * @param unchecked relations that are beyond it; asked only where it did not complain
 */
public record StructureLook(
    ProgramOutput said,
    StepLimit limit,
    @Nullable Map<String, String> doubtful,
    @Nullable List<String> unchecked)
    implements RungLook {
  @Override
  public Finding judge(RungLooks test) {
    if (!said.ok()) {
      Finding killed = limit.killed(Rung.STRUCTURE, "pg_amcheck", said);
      return killed != null
          ? killed
          : AmcheckFindings.judge(
              AmcheckOutput.parse(said.stdout(), said.stderr()),
              doubtful == null ? Map.of() : doubtful);
    }
    if (unchecked == null) {
      throw new IllegalStateException("nobody asked what pg_amcheck cannot look into");
    }
    return RungFindings.met(
        Rung.STRUCTURE,
        "pg_amcheck found nothing in heaps, B-trees and TOAST; %d relations are beyond it."
            .formatted(unchecked.size()),
        unchecked);
  }
}
