package io.drillyard.scenario.launch;

import io.drillyard.check.Verdict;
import io.drillyard.evidence.Evidence;
import io.drillyard.ledger.Event;
import java.time.Duration;

/** Whether a drill says nothing because the machine was busy with something else. */
final class BusyMachine {
  /** A pause that no quiet machine makes. */
  private static final long LONG_NS = Duration.ofMillis(200).toNanos();

  private BusyMachine() {}

  /** Nothing could be determined, and the harness itself stood still. */
  static boolean disturbed(Run run, Evidence.Drill drill) {
    return undetermined(drill)
        && run.events(drill).stream()
            .anyMatch(e -> e instanceof Event.Stalled stall && stall.lateNs() >= LONG_NS);
  }

  private static boolean undetermined(Evidence.Drill drill) {
    Evidence.Control control = drill.control();
    return control == null
        ? drill.verdict() == Verdict.UNDETERMINED
        : control.result().equals(Verdict.UNDETERMINED.name());
  }
}
