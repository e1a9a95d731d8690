package io.drillyard.play.restore;

import io.drillyard.declaration.RestorePolicy;
import java.util.ArrayList;
import java.util.List;

/** What a restore test does not say, in sentences for its report. */
final class RestoreTestExclusions {
  private RestoreTestExclusions() {}

  /** Of a test under that policy. */
  static List<String> of(RestorePolicy policy) {
    List<String> said = new ArrayList<>();
    said.add(
        "WAL that never reached the archive: its end alone does not show it; only the heartbeat's age does.");
    if (!policy.target().equals("latest")) {
      said.add("WAL after the target: it was neither replayed nor followed.");
    }
    if (policy.heartbeat() == null) {
      said.add("Freshness: the source writes no heartbeat.");
    }
    if (policy.assertions().isEmpty()) {
      said.add("Whether the data make sense to the application: no assertions are declared.");
    }
    if (policy.external() != null) {
      said.add(
          "Whether these credentials could write: nothing was tried that could change the repository.");
    }
    said.add("Backups other than the one that was restored, beyond what pgbackrest verify reads.");
    said.add("Indexes other than B-trees, and anything that amcheck cannot look into.");
    said.add("How fast a restore is on your machines: this ran on the machine of the test.");
    return said;
  }
}
