package io.drillyard.scenario.launch;

import io.drillyard.target.Disruption;
import java.util.ArrayList;
import java.util.List;

/** What a drill does not check, said in every report: silence would read as a promise. */
final class NotChecked {
  private NotChecked() {}

  static List<String> of(Part part) {
    List<String> said = new ArrayList<>();
    said.add(
        "TLS between etcd members, on Patroni's REST interface and on SQL connections (plain in the lab).");
    said.add(
        "Durability of fsync: a host's power-off leaves its page cache; torn and lost disk writes were not produced.");
    said.add(
        "That the backup restores"
            + (part.drill().secondClusterSurvives()
                ? " on any other date than this run's."
                : ": it was taken, not restored, in this drill."));
    if (part.drill().secondClusterSurvives()) {
      said.add(
          "How long people take to notice, to decide and to come: the approval is scripted and"
              + " takes no time here, so the measured RTO is that of the machinery alone.");
    }
    if (part.drill().disruption() == Disruption.STORM) {
      said.add("Service while faults are in force: nobody declares it for several at once.");
      said.add(
          part.target().declaredSynchronous()
              ? "Losses that only a second loss of a disk would show: one disk is lost at most."
              : "Data loss: the context declares asynchronous replication, and no bound for several"
                  + " faults at once.");
      said.add("Any other schedule: one that is met says nothing of the next seed.");
    }
    said.add("Failback to a rebuilt primary site.");
    said.add(
        "Other databases than "
            + part.context().database()
            + ", and the application's own invariants.");
    said.add(
        "Independence of failure domains: all hosts share one machine, its clock and its kernel.");
    said.add("Latency, jitter and packet loss short of a full cut.");
    if (!part.environment().route().kind().equals("haproxy")) {
      said.add("Clients behind a proxy or a pooler.");
    }
    return said;
  }
}
