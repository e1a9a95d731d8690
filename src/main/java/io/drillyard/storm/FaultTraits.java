package io.drillyard.storm;

import io.drillyard.fault.ClockFault;
import io.drillyard.fault.ConsensusFault;
import io.drillyard.fault.Fault;
import io.drillyard.fault.HostFault;
import io.drillyard.fault.LoadFault;
import io.drillyard.fault.NetworkFault;
import io.drillyard.fault.OperatorFault;
import io.drillyard.fault.ProcessFault;
import io.drillyard.fault.RepositoryFault;
import io.drillyard.fault.StorageFault;
import io.drillyard.fault.Who;
import java.util.Set;

/**
 * What rules need to know of a fault.
 *
 * @param hits the parts that it acts on; empty: none by itself (a path, or a database)
 * @param grip what of them it holds
 */
public record FaultTraits(Set<Who> hits, Grip grip) {
  /** What of a host a fault holds. */
  public enum Grip {
    /** All of it: whatever else acts there is undone, or cannot be seen. */
    HOST,
    /** Its paths over the data network. */
    NETWORK,
    /** Patroni, and PostgreSQL under it. */
    DATABASE,
    /** etcd. */
    ETCD,
    /** HAProxy. */
    PROXY,
    /** An order, or a setting of the cluster as a whole. */
    ORDER,
    /** Sessions on the primary. */
    SESSIONS,
    /** The repository, and the members' way to it. */
    REPOSITORY
  }

  /** Of a fault. */
  public static FaultTraits of(Fault fault) {
    return switch (fault) {
      case NetworkFault network -> new FaultTraits(Set.of(), Grip.NETWORK);
      case ProcessFault.Kill kill -> process(kill.who(), kill.kind());
      case ProcessFault.Freeze freeze -> process(freeze.who(), freeze.kind());
      case ProcessFault.CrashLoop loop -> process(loop.who(), loop.kind());
      case ProcessFault.RestartStorm storm -> process(storm.who(), storm.kind());
      case HostFault.PowerOff off -> host(off.who());
      case HostFault.SiteLoss loss -> host(Who.PRIMARY_SITE);
      case HostFault.Reboot reboot -> host(reboot.who());
      case HostFault.Pause pause -> host(pause.who());
      case HostFault.DiskLoss loss -> host(loss.who());
      case HostFault.MemoryPressure pressure -> database(pressure.who());
      case StorageFault.DiskFull full -> storage(full.who(), full.volume());
      case StorageFault.PermissionLost lost -> storage(lost.who(), lost.volume());
      case StorageFault.MissingMount missing -> storage(missing.who(), missing.volume());
      case StorageFault.FlippedBit flipped -> database(flipped.who());
      case StorageFault.SegmentLost lost -> database(lost.who());
      case StorageFault.DataDirectoryLost lost -> database(lost.who());
      case ClockFault.Jump jump -> database(jump.who());
      case ClockFault.Drift drift -> database(drift.who());
      case ConsensusFault.MemberDataLost lost -> new FaultTraits(Set.of(lost.who()), Grip.ETCD);
      case ConsensusFault.OutOfSpace full -> new FaultTraits(Set.of(Who.ETCD), Grip.ETCD);
      case ConsensusFault.SnapshotRestored restored -> new FaultTraits(Set.of(Who.ETCD), Grip.ETCD);
      case ConsensusFault key -> new FaultTraits(Set.of(), Grip.ORDER);
      case OperatorFault.SlotDropped dropped -> database(dropped.of());
      case OperatorFault.SecondCluster second -> database(second.who());
      case OperatorFault.EverythingRestarted all -> host(Who.MEMBERS);
      case OperatorFault.ClientsTurnedAway away ->
          new FaultTraits(Set.of(Who.PRIMARY), Grip.SESSIONS);
      case OperatorFault.TableDropped table -> new FaultTraits(Set.of(Who.PRIMARY), Grip.SESSIONS);
      case OperatorFault order -> new FaultTraits(Set.of(), Grip.ORDER);
      case RepositoryFault.StoreTroubled troubled ->
          new FaultTraits(Set.of(Who.MEMBERS), Grip.REPOSITORY);
      case RepositoryFault.QueueLimited limited ->
          new FaultTraits(Set.of(Who.MEMBERS), Grip.REPOSITORY);
      case RepositoryFault repository -> new FaultTraits(Set.of(Who.STORE), Grip.REPOSITORY);
      case LoadFault load -> new FaultTraits(Set.of(Who.PRIMARY), Grip.SESSIONS);
    };
  }

  private static FaultTraits process(Who who, ProcessFault.Kind kind) {
    return switch (kind) {
      case ETCD -> new FaultTraits(Set.of(who), Grip.ETCD);
      case HAPROXY -> new FaultTraits(Set.of(who), Grip.PROXY);
      case PATRONI, POSTMASTER, BACKEND, WALSENDER, WALRECEIVER, STARTUP, ARCHIVER -> database(who);
    };
  }

  private static FaultTraits storage(Who who, StorageFault.Volume volume) {
    return volume == StorageFault.Volume.ETCD
        ? new FaultTraits(Set.of(who), Grip.ETCD)
        : database(who);
  }

  private static FaultTraits database(Who who) {
    return new FaultTraits(Set.of(who), Grip.DATABASE);
  }

  private static FaultTraits host(Who who) {
    return new FaultTraits(Set.of(who), Grip.HOST);
  }

  /**
   * True when two faults on the same host would undo each other, or hide each other from their
   * witnesses. Sessions go with the database that they are open in.
   */
  public static boolean clash(Fault one, Fault other) {
    Grip a = of(one).grip;
    Grip b = of(other).grip;
    return a == Grip.HOST
        || b == Grip.HOST
        || a == b
        || (a == Grip.SESSIONS && b == Grip.DATABASE)
        || (a == Grip.DATABASE && b == Grip.SESSIONS);
  }
}
