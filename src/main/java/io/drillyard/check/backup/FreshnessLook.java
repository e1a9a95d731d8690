package io.drillyard.check.backup;

import io.drillyard.check.Finding;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The newest heartbeat that came back.
 *
 * @param newest null: there is none
 */
public record FreshnessLook(@Nullable Instant newest) implements RungLook {
  /** Towards the past the reference is the target's moment, not the order. */
  @Override
  public Finding judge(RungLooks test) {
    RecoveryLook recovery = test.recovery();
    if (recovery == null && !test.terms().isLatest()) {
      return RungFindings.undetermined(
          Rung.FRESHNESS, "Where recovery had to end was not looked at: fresh beside what?");
    }
    Instant until = recovery == null ? null : recovery.until();
    Instant moment = until == null ? test.terms().reference() : until;
    return HeartbeatFreshness.judge(newest, moment, test.terms().freshness());
  }
}
