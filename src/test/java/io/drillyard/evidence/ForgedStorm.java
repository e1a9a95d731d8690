package io.drillyard.evidence;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.declaration.Disruption;
import io.drillyard.evidence.Evidence.Drill;
import io.drillyard.evidence.StormStudy.Gust;
import java.util.ArrayList;
import java.util.List;

/** A run of a storm that violated, and of its replays: one held, one violated, one says nothing. */
final class ForgedStorm {
  private static final Gust FREEZE =
      new Gust(2, "freeze-patroni", "Patroni on the primary is frozen", 12_300, 35_900, false);
  private static final Gust DROP =
      new Gust(1, "slot-dropped", "the replication slot of a replica is dropped", 0, 5_000, true);

  private ForgedStorm() {}

  static Evidence evidence() {
    List<Drill> drills = new ArrayList<>();
    List<StormStudy.Try> tries = new ArrayList<>();
    List<Gust> smallest = List.of(FREEZE);
    add(drills, tries, Verdict.MISSED, "the storm itself", List.of(DROP, FREEZE));
    add(drills, tries, Verdict.MET, "only 1", List.of(DROP));
    add(drills, tries, Verdict.MISSED, "only 2", smallest);
    add(drills, tries, Verdict.UNDETERMINED, "again", smallest);
    StormStudy.Course course =
        new StormStudy.Course(
            42,
            "Storm, seed 42: 2 faults within 3m, at most 2 at once",
            List.of(DROP, FREEZE),
            tries,
            smallest,
            "Every fault of it was left out once, and then it did not violate.",
            "bin/drillyard storm --schedule reports/x/smallest.yaml");
    return ForgedRun.evidence("complete", drills)
        .with(Verdict.MISSED, drills, RunStudy.of(drills, null, null, course));
  }

  private static void add(
      List<Drill> drills,
      List<StormStudy.Try> tries,
      Verdict verdict,
      String purpose,
      List<Gust> schedule) {
    String name = "Storm-42-" + (drills.size() + 1);
    List<Finding> findings =
        List.of(
            ForgedRun.finding("noSplitBrain", verdict, "as it was found"),
            ForgedRun.finding("serviceReturned", Verdict.MET, "service was there"));
    drills.add(
        ForgedRun.drill(
            name,
            "A storm of " + schedule.size() + " faults, seed 42",
            "Never do two members accept commits.",
            "inventory-tenancy",
            Disruption.STORM,
            verdict,
            null,
            findings,
            "complete"));
    tries.add(new StormStudy.Try("01-" + name, purpose, schedule));
  }
}
