package io.drillyard.evidence;

import static io.drillyard.ledger.Event.ProbeResult.COMMITTED;
import static io.drillyard.ledger.Event.ProbeResult.HUNG;
import static io.drillyard.ledger.Event.ProbeResult.READ_ONLY;
import static io.drillyard.ledger.Event.ProbeResult.UNREACHABLE;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.WriteOutcome;
import java.util.List;

/** The ledgers of five drills: met, control, site loss, undetermined, interrupted. */
public final class ForgedDrills {
  private ForgedDrills() {}

  public static List<Event> nodeLoss() {
    ForgedLedger l = new ForgedLedger("PrimaryHostLosesPower", "inventory-tenancy", "node-loss");
    l.members("pg1@onprem", "pg2@onprem", "pg3@onprem").phase(0, "build").phase(5000, "steady");
    l.leader(5000, "main", "pg1").leader(33_400, "main", null).leader(33_900, "main", "pg2");
    l.probes("pg1", 5000, 15_000, COMMITTED, 1).probes("pg1", 15_000, 50_000, UNREACHABLE, 0);
    l.probes("pg1", 50_000, 75_000, READ_ONLY, 2);
    l.probes("pg2", 5000, 34_700, READ_ONLY, 1).probes("pg2", 34_700, 75_000, COMMITTED, 2);
    l.probes("pg3", 5000, 75_000, READ_ONLY, 1);
    long last = l.routed(5000, 14_995, 200, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    l.routed(15_000, 15_060, 200, WriteOutcome.UNKNOWN, "pg1", 1);
    l.routed(17_000, 36_100, 40, WriteOutcome.REFUSED, "pg1", 1);
    long end = l.routed(36_150, 75_000, 200, WriteOutcome.ACKNOWLEDGED, "pg2", 2);
    l.pinned("pg1", 5000, 14_990, 1).pinned("pg2", 34_900, 75_000, 2);
    l.phase(15_000, "fault").fault(15_000, "power", "power-off", "pg1", "power off host pg1");
    l.witness(15_200, 49_000, "power", true, true).phase(36_160, "recovered");
    l.healed(49_500, "power").witness(50_100, 53_000, "power", false, false);
    l.phase(49_900, "healed").phase(56_000, "converged");
    l.action(49_000, 49_020, "operator", "approve-heal", "pg1", "planned in the scenario");
    l.awaited(15_028, 33_900, "a new primary", true).awaited(49_900, 56_000, "3 streaming", true);
    l.history(75_100, "member", "pg2", 2, new Event.Fork(1, 0x3051A28L));
    l.history(75_150, "dcs", "main", 2, new Event.Fork(1, 0x3051A28L));
    l.history(75_190, "repository", "archive/main", 2, new Event.Fork(1, 0x3051A28L));
    l.add(new Event.SettingSeen(ForgedLedger.at(6000, 6000), "main", "ttl", "20", "20"));
    l.add(
        new Event.SettingSeen(ForgedLedger.at(6000, 6000), "main", "max_connections", "40", "100"));
    l.survivors(76_000, "pinned@pg2", new Event.Span(1, last), new Event.Span(last + 1, end));
    return l.phase(77_000, "collect").closed(79_000, "complete").events;
  }

  public static List<Event> splitBrain() {
    ForgedLedger l = new ForgedLedger("FrozenPatroniAsync", "task-orchestration", "process-freeze");
    l.members("pg1@onprem", "pg2@onprem", "pg3@onprem").phase(0, "build").phase(5000, "steady");
    l.leader(5000, "main", "pg1").leader(34_000, "main", null).leader(34_300, "main", "pg2");
    l.probes("pg1", 5000, 58_000, COMMITTED, 1).probes("pg1", 58_000, 63_000, UNREACHABLE, 1);
    l.probes("pg1", 63_000, 80_000, READ_ONLY, 2);
    l.probes("pg2", 5000, 35_000, READ_ONLY, 1).probes("pg2", 35_000, 80_000, COMMITTED, 2);
    l.probes("pg3", 5000, 40_000, READ_ONLY, 1).probes("pg3", 40_000, 42_000, HUNG, 1);
    l.probes("pg3", 42_000, 80_000, READ_ONLY, 2);
    long fork = l.routed(5000, 34_900, 100, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    long lost = l.routed(35_000, 37_200, 100, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    long end = l.routed(37_500, 80_000, 100, WriteOutcome.ACKNOWLEDGED, "pg2", 2);
    l.pinned("pg1", 5000, 58_000, 1).pinned("pg2", 35_100, 80_000, 2);
    l.phase(15_000, "fault").fault(15_000, "freeze", "freeze", "pg1", "SIGSTOP Patroni on pg1");
    l.witness(15_100, 57_000, "freeze", true, true).phase(37_500, "recovered");
    l.healed(57_700, "freeze").phase(58_000, "healed").phase(66_000, "converged");
    l.witness(58_100, 60_000, "freeze", false, false);
    l.awaited(15_028, 34_300, "a new primary", true);
    l.history(81_000, "member", "pg1", 2, new Event.Fork(1, 0x30A0000L));
    l.survivors(81_500, "pinned@pg2", new Event.Span(1, fork), new Event.Span(lost + 1, end));
    return l.phase(82_000, "collect").closed(83_000, "complete").events;
  }

  public static List<Event> siteLoss() {
    ForgedLedger l = new ForgedLedger("PrimarySiteIsLost", "audit-history", "site-loss");
    l.members("pg1@onprem", "pg2@onprem", "pg3@onprem", "dr1@cloud", "dr2@cloud");
    l.phase(0, "build").phase(5000, "steady").phase(20_000, "fault");
    l.leader(5000, "main", "pg1").leader(71_000, "main-dr", "dr1");
    l.probes("pg1", 5000, 20_000, COMMITTED, 1).probes("pg1", 20_000, 112_000, UNREACHABLE, 1);
    l.probes("pg1", 112_000, 150_000, READ_ONLY, 1);
    l.probes("pg2", 5000, 20_000, READ_ONLY, 1).probes("pg2", 20_000, 150_000, UNREACHABLE, 1);
    l.probes("pg3", 5000, 20_000, READ_ONLY, 1).probes("pg3", 20_000, 150_000, UNREACHABLE, 1);
    l.probes("dr1", 5000, 72_500, UNREACHABLE, 0).probes("dr1", 72_500, 150_000, COMMITTED, 2);
    l.probes("dr2", 5000, 90_000, UNREACHABLE, 0).probes("dr2", 90_000, 150_000, READ_ONLY, 2);
    long kept = l.routed(5000, 18_600, 100, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    long lost = l.routed(18_610, 19_995, 100, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    l.routed(20_000, 20_080, 100, WriteOutcome.UNKNOWN, "pg1", 1);
    l.routed(22_000, 75_000, 20, WriteOutcome.REFUSED, "pg1", 1);
    long end = l.routed(75_100, 150_000, 100, WriteOutcome.ACKNOWLEDGED, "dr1", 2);
    l.pinned("pg1", 5000, 19_990, 1).pinned("dr1", 72_600, 150_000, 2);
    l.fault(20_000, "site", "power-off", "site onprem", "all hosts of site onprem lose power");
    l.fault(24_000, "fence", "revoke", "repository", "old site's credentials revoked");
    l.witness(20_500, 108_000, "site", true, true).witness(24_500, 146_000, "fence", true, true);
    l.witness(110_000, 113_000, "site", false, false).healed(109_000, "site");
    l.action(30_000, 30_040, "operator dba-2", "approve-promotion", "main-dr", "change 4711");
    l.action(30_100, 64_800, "harness", "restore", "dr1", "latest backup, all archived WAL");
    l.action(70_900, 71_900, "harness", "promote", "dr1", "new timeline 2");
    l.action(73_000, 74_800, "harness", "redirect-clients", "cloud", "route file swapped");
    l.phase(75_110, "recovered").phase(109_400, "healed").phase(125_000, "converged");
    l.awaited(71_900, 75_100, "writes at the second site", true);
    l.survivors(151_000, "pinned@dr1", new Event.Span(1, kept), new Event.Span(lost + 1, end));
    return l.phase(152_000, "collect").closed(155_000, "complete").events;
  }

  public static List<Event> undetermined() {
    ForgedLedger l = new ForgedLedger("EtcdLosesQuorum", "inventory-tenancy", "consensus-loss");
    l.members("pg1@onprem", "pg2@onprem", "pg3@onprem").phase(0, "build").phase(5000, "steady");
    l.leader(5000, "main", "pg1");
    l.probes("pg1", 5000, 24_000, COMMITTED, 1).probes("pg1", 24_000, 45_000, READ_ONLY, 1);
    l.probes("pg1", 45_000, 60_000, COMMITTED, 2).probes("pg2", 5000, 60_000, READ_ONLY, 1);
    l.routed(5000, 23_900, 50, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    l.routed(24_000, 45_000, 20, WriteOutcome.REFUSED, "pg1", 1);
    l.routed(45_200, 60_000, 50, WriteOutcome.ACKNOWLEDGED, "pg1", 2);
    l.phase(15_000, "fault").fault(15_000, "quorum", "power-off", "etcd2", "2 of 3 etcd hosts off");
    l.witness(15_100, 20_000, "quorum", true, true).witness(20_100, 22_000, "quorum", true, false);
    l.healed(40_000, "quorum").phase(40_400, "healed").phase(46_000, "recovered");
    l.awaited(40_400, 60_400, "every replica streaming", false);
    return l.closed(61_000, "complete").events;
  }

  public static List<Event> interrupted() {
    ForgedLedger l = new ForgedLedger("PlannedSwitchover", "audit-history", "planned-maintenance");
    l.members("pg1@onprem", "pg2@onprem").phase(0, "build").phase(5000, "steady");
    l.leader(5000, "main", "pg1").probes("pg1", 5000, 9000, COMMITTED, 1);
    l.probes("pg2", 5000, 9000, READ_ONLY, 1);
    l.routed(5000, 9000, 100, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    return l.closed(9100, "interrupted").events;
  }
}
