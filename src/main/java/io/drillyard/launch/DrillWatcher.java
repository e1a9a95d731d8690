package io.drillyard.launch;

import io.drillyard.ledger.Event;
import java.nio.file.Path;

/** Follows running drills; called from the threads that run them. */
public interface DrillWatcher {
  /** A drill's lab is being started. */
  void started(String drill);

  /** An event came in from its ledger. */
  void saw(String drill, Event event);

  /**
   * An order of it waits for somebody to approve it.
   *
   * @param folder where approvals are handed in
   */
  default void waits(String drill, Path folder) {}

  /** It ended, with one line about how. */
  void ended(String drill, String how);

  /** Nobody watches. */
  DrillWatcher NONE =
      new DrillWatcher() {
        @Override
        public void started(String drill) {}

        @Override
        public void saw(String drill, Event event) {}

        @Override
        public void ended(String drill, String how) {}
      };
}
