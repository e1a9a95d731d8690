package io.drillyard.launch;

import io.drillyard.check.Verdict;
import io.drillyard.evidence.Evidence;
import io.drillyard.ledger.Event;
import java.time.Duration;
import java.util.List;

/** Whether a drill says nothing because the machine was busy with something else. */
final class MachineStallCheck {
  /** A pause that no quiet machine makes. */
  private static final long LONG_NS = Duration.ofMillis(200).toNanos();

  private MachineStallCheck() {}

  /** Nothing could be determined, and the harness itself stood still. */
  static boolean disturbed(Run run, Evidence.Drill drill) {
    Evidence.Control control = drill.control();
    String result = control == null ? drill.verdict().name() : control.result();
    return disturbed(result, run.events(drill));
  }

  /** The same of a drill's result and its ledger. */
  static boolean disturbed(String result, List<Event> events) {
    return result.equals(Verdict.UNDETERMINED.name())
        && events.stream()
            .anyMatch(e -> e instanceof Event.Stalled stall && stall.lateNs() >= LONG_NS);
  }
}
