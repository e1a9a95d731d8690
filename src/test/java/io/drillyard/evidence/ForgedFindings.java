package io.drillyard.evidence;

import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static io.drillyard.evidence.ForgedRun.drill;
import static io.drillyard.evidence.ForgedRun.finding;
import static io.drillyard.evidence.ForgedRun.measured;

import io.drillyard.check.Finding;
import io.drillyard.check.Finding.Measured;
import io.drillyard.check.Verdict;
import io.drillyard.declaration.Disruption;
import io.drillyard.evidence.Evidence.Control;
import io.drillyard.evidence.Evidence.Drill;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the checks found in the forged drills. */
final class ForgedFindings {
  private ForgedFindings() {}

  static List<Drill> drills() {
    return List.of(nodeLoss(), consensusLoss(), siteLoss(), splitBrain(), switchover());
  }

  private static Measured ms(double lower, double upper, double limit) {
    return new Measured(lower, upper, limit, "ms");
  }

  private static Measured part(double lower, double upper) {
    return new Measured(lower, upper, null, "ms");
  }

  private static Measured lost(double n, double limit) {
    return new Measured(n, n, limit, "transactions");
  }

  private static Map<String, Measured> steps(double... upper) {
    Map<String, Measured> parts = new LinkedHashMap<>();
    List<String> names = List.of("detected", "lease-expired", "promoted", "routed", "first-commit");
    for (int i = 0; i < upper.length; i++) {
      parts.put(names.get(i), part(upper[i] - 30, upper[i]));
    }
    parts.put("total-unavailability", part(21_120, 21_180));
    parts.put("longest-gap", part(21_120, 21_180));
    return parts;
  }

  private static Drill nodeLoss() {
    return drill(
        "PrimaryHostLosesPower",
        "The primary's host loses power",
        "When the primary's host loses power, a replica takes over by itself within the target and"
            + " no acknowledged transaction is lost.",
        "inventory-tenancy",
        Disruption.NODE_LOSS,
        MET,
        null,
        List.of(
            finding("faultTookHold", MET, "The witness saw pg1 gone 172 ms after the injection."),
            measured(
                "recoveryTime",
                MET,
                "30 s",
                ms(21_122, 21_158, 30_000),
                "Service was back 21.16 s after the injection at the latest.",
                steps(2_060, 18_400, 19_700, 21_100, 21_158)),
            measured(
                "dataLoss",
                MET,
                "0 transactions",
                lost(0, 0),
                "All 9\u202f769 acknowledged routed writes are present.",
                Map.of()),
            finding(
                "noSplitBrain",
                MET,
                "At no time were two members seen to accept commits.",
                "pg1: last commit 4 ms before the injection.",
                "pg2: first commit at +19.70 s."),
            finding("promotionWasPermitted", MET, "Patroni promoted pg2 by its lease."),
            measured(
                "redundancyRestored",
                MET,
                "2 min",
                ms(6_100, 6_480, 120_000),
                "Both replicas streamed again 6.48 s after the heal.",
                Map.of()),
            finding("loadWasAdequate", MET, "99.8 % of the scheduled writes were acknowledged.")),
        "complete");
  }

  private static Drill consensusLoss() {
    return drill(
        "EtcdLosesQuorum",
        "etcd loses its quorum, then gets it back",
        "Without a quorum nobody writes; with it back, service returns by itself.",
        "inventory-tenancy",
        Disruption.CONSENSUS_LOSS,
        UNDETERMINED,
        null,
        List.of(
            finding(
                "faultTookHold",
                UNDETERMINED,
                "The witness contradicts itself: after 5 looks"
                    + " that saw the fault, 2 did not."),
            measured(
                "recoveryTime",
                UNDETERMINED,
                "30 s from the heal",
                new Measured(5_180, Double.POSITIVE_INFINITY, 30_000.0, "ms"),
                "Redundancy never returned, so the survivors were not read.",
                Map.of()),
            measured(
                "dataLoss",
                UNDETERMINED,
                "0 transactions",
                null,
                "The surviving rows were never read.",
                Map.of())),
        "complete");
  }

  private static Drill siteLoss() {
    return drill(
        "PrimarySiteIsLost",
        "The whole primary site is lost",
        "From the object repository alone, the second site serves within the target, and the old"
            + " site never writes again.",
        "audit-history",
        Disruption.SITE_LOSS,
        MISSED,
        null,
        List.of(
            finding("faultTookHold", MET, "Every host of the site was seen gone."),
            measured(
                "recoveryTime",
                MET,
                "2 min",
                ms(55_060, 55_104, 120_000),
                "Service was back 55.10 s after the injection at the latest.",
                Map.of(
                    "detected",
                    part(480, 510),
                    "approved",
                    part(10_000, 10_040),
                    "restored",
                    part(44_780, 44_800),
                    "promoted",
                    part(51_880, 51_900),
                    "redirected",
                    part(54_780, 54_800),
                    "first-commit",
                    part(55_060, 55_104))),
            measured(
                "dataLoss",
                MISSED,
                "1 s",
                ms(1_388, 1_391, 1_000),
                "139 acknowledged writes of the last 1.39 s are gone; the last archived segment"
                    + " ended before them.",
                Map.of(
                    "lostTransactions",
                    lost(139, 1e9),
                    "walBytes",
                    new Measured(61_440, 61_440, null, "bytes"))),
            finding("noSplitBrain", MET, "The old site never accepted a commit after its loss.")),
        "complete");
  }

  private static Drill splitBrain() {
    return drill(
        "FrozenPatroniAsync",
        "Patroni stands still on an asynchronous primary without a watchdog",
        "With no watchdog, a primary whose Patroni is frozen stays writable beside the new one.",
        "task-orchestration",
        Disruption.PROCESS_FREEZE,
        MISSED,
        new Control(
            "noSplitBrain",
            "CAUGHT",
            "Without a watchdog nothing stops PostgreSQL when"
                + " Patroni is frozen; asynchronous commits need no other member."),
        List.of(
            finding("faultTookHold", MET, "Patroni was stopped 100 ms after the injection."),
            measured(
                "recoveryTime",
                MET,
                "30 s",
                ms(22_480, 22_520, 30_000),
                "Service was back 22.52 s after the injection.",
                steps(12_000, 19_000, 20_000)),
            measured(
                "dataLoss",
                MISSED,
                "0 transactions",
                lost(220, 0),
                "220 acknowledged routed writes are gone.",
                Map.of()),
            new Finding(
                "noSplitBrain",
                Verdict.MISSED,
                "never two primaries",
                new Measured(22_950, 23_010, null, "ms"),
                "pg1 (timeline 1) and pg2 (timeline 2) both accepted commits for at least 22.95 s.",
                List.of("First proof on pg2 at +20.003 s.", "Last proof on pg1 at +42.98 s."),
                Map.of("overlap", part(22_950, 23_010)))),
        "complete");
  }

  private static Drill switchover() {
    return drill(
        "PlannedSwitchover",
        "A planned switchover",
        "An ordered switchover interrupts writes for less than the target and loses nothing.",
        "audit-history",
        Disruption.PLANNED_MAINTENANCE,
        UNDETERMINED,
        null,
        List.of(finding("faultTookHold", UNDETERMINED, "No fault was injected before the end.")),
        "interrupted");
  }
}
