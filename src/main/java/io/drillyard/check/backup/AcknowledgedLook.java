package io.drillyard.check.backup;

import io.drillyard.check.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The source's acknowledged writes, and the keys that came back.
 *
 * @param said the keys, one to a line; null: nobody kept a ledger of writes
 */
public record AcknowledgedLook(List<AcknowledgedWrites.Write> writes, @Nullable ProgramOutput said)
    implements RungLook {
  @Override
  public Finding judge(RungLooks test) {
    RecoveryLook recovery = test.recovery();
    if (recovery == null && !test.terms().isLatest()) {
      return RungFindings.undetermined(
          Rung.ACKNOWLEDGED, "Where recovery had to end was not looked at: what must be there?");
    }
    Instant until = recovery == null ? null : recovery.until();
    if (writes.isEmpty() || said == null) {
      return AcknowledgedWrites.judge(List.of(), Set.of(), until);
    }
    if (!said.ok()) {
      return RungFindings.missed(Rung.ACKNOWLEDGED, "The table cannot be read.", said.tail());
    }
    Set<Long> there =
        said.stdout()
            .lines()
            .filter(l -> !l.isBlank())
            .map(Long::parseLong)
            .collect(Collectors.toSet());
    return AcknowledgedWrites.judge(writes, there, until);
  }
}
