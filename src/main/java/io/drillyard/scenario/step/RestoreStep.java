package io.drillyard.scenario.step;

import io.drillyard.check.backup.Rung;
import io.drillyard.fault.Fault;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is done to a repository or its source, or asked of them, in restore tests. */
public sealed interface RestoreStep {
  /** True when it is a restore test, with a ledger of its own. */
  default boolean tests() {
    return false;
  }

  /** Injects a fault. */
  record Inject(Fault fault) implements RestoreStep {}

  /** Takes the fault back. */
  record Heal() implements RestoreStep {}

  /** The source takes a full backup. */
  record BackUp() implements RestoreStep {}

  /** Clients write so long, and all of it is archived. */
  record Work(Duration time) implements RestoreStep {}

  /**
   * Clients write until the newest heartbeat in the archive is older than declared; not one segment
   * may be archived meanwhile.
   */
  record UntilStale() implements RestoreStep {}

  /** Clients write as long, and all of it has to be archived. */
  record ArchivingAllTheSame() implements RestoreStep {}

  /** Clients write until so many segments are called archived that nobody took. */
  record UntilDropped(int segments) implements RestoreStep {}

  /** Clients write until the primary's volume is full of WAL, and it has stopped. */
  record UntilPrimaryStops() implements RestoreStep {}

  /**
   * A restore test.
   *
   * @param caughtBy the rung that has to be missed; null: the backup has to be proven
   * @param saying how that rung's sentence has to begin; empty: any way
   * @param backup which one in place of the declared choice; empty: that one
   * @param backupAge limit of the backup's age in place of the declared one; null: that one
   */
  record Test(@Nullable Rung caughtBy, String saying, String backup, @Nullable Duration backupAge)
      implements RestoreStep {
    @Override
    public boolean tests() {
      return true;
    }
  }

  /** A restore over what an earlier one left, of which something is spoilt. */
  record RestoreOver() implements RestoreStep {
    @Override
    public boolean tests() {
      return true;
    }
  }

  /** One context's table is dropped and brought back, and the others go on. */
  record RestoreOneContext() implements RestoreStep {
    @Override
    public boolean tests() {
      return true;
    }
  }
}
