package io.drillyard.fault;

import static io.drillyard.fault.Who.CLIENTS;
import static io.drillyard.fault.Who.ETCD;
import static io.drillyard.fault.Who.ETCD_FOLLOWER;
import static io.drillyard.fault.Who.ETCD_LEADER;
import static io.drillyard.fault.Who.MEMBERS;
import static io.drillyard.fault.Who.OTHER_REPLICA;
import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.fault.Who.REPLICA;
import static io.drillyard.fault.Who.REPLICAS;
import static io.drillyard.fault.Who.ROUTE;
import static io.drillyard.fault.Who.STORE;

import io.drillyard.fault.NetworkFault.Cut;
import io.drillyard.fault.NetworkFault.Shape;
import io.drillyard.fault.NetworkFault.Toxic;
import io.drillyard.fault.NetworkFault.Way;
import io.drillyard.fault.ProcessFault.Kind;
import io.drillyard.fault.RepositoryFault.StoreClient;
import io.drillyard.fault.StorageFault.Content;
import io.drillyard.fault.StorageFault.Volume;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One example of every fault that there is; scenarios choose parts and amounts of their own. */
public final class FaultCatalogue {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private FaultCatalogue() {}

  /** All of them, group by group. */
  public static List<Fault> all() {
    List<Fault> faults = new ArrayList<>(network());
    faults.addAll(process());
    faults.addAll(
        List.of(
            new HostFault.PowerOff(PRIMARY),
            new HostFault.SiteLoss(),
            new HostFault.Reboot(PRIMARY),
            new HostFault.Pause(PRIMARY),
            new HostFault.DiskLoss(REPLICA),
            new HostFault.MemoryPressure(PRIMARY, 16)));
    faults.addAll(storage());
    faults.addAll(
        List.of(
            new ClockFault.Jump(PRIMARY, Duration.ofMinutes(2)),
            new ClockFault.Jump(PRIMARY, Duration.ofMinutes(-2)),
            new ClockFault.Drift(PRIMARY, 1.5),
            new ConsensusFault.LeaderKeyDeleted(),
            new ConsensusFault.LeaderKeyOverwritten(),
            new ConsensusFault.MemberDataLost(ETCD_FOLLOWER),
            new ConsensusFault.OutOfSpace(),
            new ConsensusFault.SnapshotRestored(),
            new OperatorFault.Switchover(),
            new OperatorFault.ForcedFailover(OTHER_REPLICA),
            new OperatorFault.PromotedByHand(REPLICA),
            new OperatorFault.Paused(),
            new OperatorFault.SettingChanged("synchronous_mode", "false"),
            new OperatorFault.ClientsTurnedAway(),
            new OperatorFault.SlotDropped(REPLICA),
            new OperatorFault.SecondCluster(REPLICA),
            new OperatorFault.EverythingRestarted(),
            new OperatorFault.TableDropped("inventory", "drillyard.writes"),
            new LoadFault.LockPileUp(),
            new LoadFault.LongTransaction(),
            new LoadFault.ConnectionExhaustion(),
            new LoadFault.WalFlood(4, 40)));
    faults.addAll(repository());
    return List.copyOf(faults);
  }

  private static List<Fault> repository() {
    List<Fault> faults = new ArrayList<>();
    for (ObjectDamage damage : ObjectDamage.values()) {
      faults.add(new RepositoryFault.ObjectsDamaged(damage));
    }
    for (StoreClient client : StoreClient.values()) {
      for (StoreTrouble trouble : StoreTrouble.values()) {
        // Whoever restores writes nothing.
        if (client == StoreClient.ARCHIVER || trouble != StoreTrouble.WRITING_DENIED) {
          faults.add(new RepositoryFault.StoreTroubled(client, trouble));
        }
      }
    }
    faults.add(new RepositoryFault.StoreFull());
    faults.add(new RepositoryFault.QueueLimited());
    faults.add(new RepositoryFault.ArchiveExpired());
    return faults;
  }

  private static List<Fault> network() {
    List<Fault> faults = new ArrayList<>();
    faults.add(Cut.between(PRIMARY, REPLICAS, ETCD));
    for (NetworkPlane plane : NetworkPlane.values()) {
      Who far =
          switch (plane) {
            case ETCD_CLIENT, ETCD_PEER -> ETCD;
            case REPLICATION, PATRONI_REST -> REPLICAS;
            case SQL -> CLIENTS;
            case ARCHIVE -> STORE;
          };
      Who one = plane == NetworkPlane.ETCD_PEER ? ETCD_LEADER : PRIMARY;
      faults.add(Cut.between(one, far).on(plane));
    }
    faults.add(Cut.between(PRIMARY, REPLICAS).oneWay(Way.TOWARDS));
    faults.add(Cut.between(PRIMARY, REPLICAS).oneWay(Way.FROM));
    for (Shape shape : Shape.values()) {
      faults.add(new NetworkFault.Partition(shape));
    }
    faults.add(new NetworkFault.SiteCut());
    faults.add(new NetworkFault.Flapping(Cut.between(PRIMARY, REPLICAS), SECOND, SECOND));
    faults.add(new NetworkFault.Narrow(PRIMARY, 512, Set.of(NetworkPlane.REPLICATION)));
    for (Toxic toxic : Toxic.values()) {
      faults.add(new NetworkFault.Spoiled(ETCD, NetworkPlane.ETCD_CLIENT, toxic, SECOND));
    }
    return faults;
  }

  private static List<Fault> process() {
    List<Fault> faults = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      Who who = who(kind);
      faults.add(new ProcessFault.Kill(who, kind));
      faults.add(new ProcessFault.Freeze(who, kind));
    }
    faults.add(new ProcessFault.CrashLoop(PRIMARY, Kind.POSTMASTER, SECOND));
    faults.add(new ProcessFault.RestartStorm(MEMBERS, Kind.PATRONI, SECOND));
    return faults;
  }

  private static Who who(Kind kind) {
    return switch (kind) {
      case ETCD -> ETCD_LEADER;
      case HAPROXY -> ROUTE;
      case WALRECEIVER, STARTUP -> REPLICA;
      case PATRONI, POSTMASTER, BACKEND, WALSENDER, ARCHIVER -> PRIMARY;
    };
  }

  private static List<Fault> storage() {
    List<Fault> faults = new ArrayList<>();
    for (Volume volume : Volume.values()) {
      Who who = volume == Volume.ETCD ? ETCD_FOLLOWER : PRIMARY;
      faults.add(new StorageFault.DiskFull(who, volume));
    }
    faults.add(new StorageFault.PermissionLost(REPLICA, Volume.DATA));
    faults.add(new StorageFault.MissingMount(REPLICA, Volume.DATA));
    for (Content content : Content.values()) {
      faults.add(new StorageFault.FlippedBit(REPLICA, content));
    }
    faults.add(new StorageFault.SegmentLost(PRIMARY, false));
    faults.add(new StorageFault.SegmentLost(PRIMARY, true));
    faults.add(new StorageFault.DataDirectoryLost(PRIMARY));
    return faults;
  }
}
