package io.drillyard.storm;

import static io.drillyard.fault.Who.CLIENTS;
import static io.drillyard.fault.Who.ETCD;
import static io.drillyard.fault.Who.ETCD_FOLLOWER;
import static io.drillyard.fault.Who.ETCD_LEADER;
import static io.drillyard.fault.Who.ETCD_MAJORITY;
import static io.drillyard.fault.Who.MEMBERS;
import static io.drillyard.fault.Who.OTHER_REPLICA;
import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.fault.Who.REPLICA;
import static io.drillyard.fault.Who.REPLICAS;
import static io.drillyard.fault.Who.ROUTE;
import static io.drillyard.fault.Who.STORE;

import io.drillyard.fault.ClockFault;
import io.drillyard.fault.ConsensusFault;
import io.drillyard.fault.Fault;
import io.drillyard.fault.HostFault;
import io.drillyard.fault.LoadFault;
import io.drillyard.fault.NetworkFault;
import io.drillyard.fault.NetworkFault.Cut;
import io.drillyard.fault.NetworkFault.Shape;
import io.drillyard.fault.NetworkFault.Toxic;
import io.drillyard.fault.NetworkFault.Way;
import io.drillyard.fault.NetworkPlane;
import io.drillyard.fault.OperatorFault;
import io.drillyard.fault.ProcessFault.CrashLoop;
import io.drillyard.fault.ProcessFault.Freeze;
import io.drillyard.fault.ProcessFault.Kill;
import io.drillyard.fault.ProcessFault.Kind;
import io.drillyard.fault.ProcessFault.RestartStorm;
import io.drillyard.fault.RepositoryFault;
import io.drillyard.fault.StorageFault;
import io.drillyard.fault.StorageFault.Content;
import io.drillyard.fault.StorageFault.Volume;
import io.drillyard.fault.StoreTrouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The faults that a storm can mix, by name, in an order that seeds rely on: new ones go to the end
 * of their group, and change what a seed gives.
 *
 * <p>The loss of a site is not among them: only an operator, not healing, brings its service back.
 */
public final class StormFaults {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String HURTS_FILES =
      "it hurts files, and not every damage is repaired when the fault is taken back";
  private static final String UNSAFE =
      "it breaks the promise by itself: what follows would be no finding";

  private static final List<StormEligibleFault> ALL = all();

  private StormFaults() {}

  /** All of them, group by group. */
  public static List<StormEligibleFault> choices() {
    return ALL;
  }

  /** The one of that name. */
  public static Optional<StormEligibleFault> named(String name) {
    return ALL.stream().filter(c -> c.name().equals(name)).findFirst();
  }

  private static StormEligibleFault of(String name, Fault fault) {
    return new StormEligibleFault(name, fault, null);
  }

  private static StormEligibleFault asked(String name, Fault fault, String why) {
    return new StormEligibleFault(name, fault, why);
  }

  private static List<StormEligibleFault> all() {
    List<StormEligibleFault> all = new ArrayList<>(network());
    all.addAll(process());
    all.addAll(host());
    all.addAll(storage());
    all.add(of("clock-forward", new ClockFault.Jump(PRIMARY, Duration.ofMinutes(2))));
    all.add(of("clock-back", new ClockFault.Jump(PRIMARY, Duration.ofMinutes(-2))));
    all.add(of("clock-drift", new ClockFault.Drift(PRIMARY, 1.5)));
    all.addAll(consensus());
    all.addAll(operator());
    all.add(of("lock-pile-up", new LoadFault.LockPileUp()));
    all.add(of("long-transaction", new LoadFault.LongTransaction()));
    all.add(of("connection-exhaustion", new LoadFault.ConnectionExhaustion()));
    all.add(
        asked(
            "wal-flood",
            new LoadFault.WalFlood(4, 40),
            "it can fill a small data volume for good"));
    all.addAll(repository());
    return List.copyOf(all);
  }

  /** Of what befalls repositories: what passes, and what a cluster by itself gets over. */
  private static List<StormEligibleFault> repository() {
    List<StormEligibleFault> all = new ArrayList<>();
    for (StoreTrouble trouble :
        List.of(
            StoreTrouble.REFUSED,
            StoreTrouble.STALLED,
            StoreTrouble.THROTTLED,
            StoreTrouble.INTERNAL_ERRORS,
            StoreTrouble.BURSTS,
            StoreTrouble.SLOW)) {
      RepositoryFault fault =
          new RepositoryFault.StoreTroubled(RepositoryFault.StoreClient.ARCHIVER, trouble);
      all.add(of(fault.type(), fault));
    }
    all.add(
        asked(
            "store-full",
            new RepositoryFault.StoreFull(),
            "a store without room may not get over it by itself"));
    all.add(asked("queue-limit", new RepositoryFault.QueueLimited(), UNSAFE));
    return all;
  }

  private static List<StormEligibleFault> network() {
    return List.of(
        of("cut-primary", Cut.between(PRIMARY, REPLICAS, ETCD)),
        of("cut-primary-etcd", Cut.between(PRIMARY, ETCD).on(NetworkPlane.ETCD_CLIENT)),
        of("cut-primary-replication", Cut.between(PRIMARY, REPLICAS).on(NetworkPlane.REPLICATION)),
        of("cut-primary-rest", Cut.between(PRIMARY, REPLICAS).on(NetworkPlane.PATRONI_REST)),
        of("cut-primary-clients", Cut.between(PRIMARY, CLIENTS).on(NetworkPlane.SQL)),
        of("cut-archive", Cut.between(PRIMARY, STORE).on(NetworkPlane.ARCHIVE)),
        of("cut-etcd-peers", Cut.between(ETCD_LEADER, ETCD).on(NetworkPlane.ETCD_PEER)),
        of("cut-replica", Cut.between(REPLICA, PRIMARY, ETCD)),
        of("cut-to-replicas", Cut.between(PRIMARY, REPLICAS).oneWay(Way.TOWARDS)),
        of("cut-from-replicas", Cut.between(PRIMARY, REPLICAS).oneWay(Way.FROM)),
        of("partition-halves", new NetworkFault.Partition(Shape.HALVES)),
        of("partition-minority", new NetworkFault.Partition(Shape.PRIMARY_IN_MINORITY)),
        of("partition-majority", new NetworkFault.Partition(Shape.PRIMARY_IN_MAJORITY)),
        of("partition-bridge", new NetworkFault.Partition(Shape.BRIDGE)),
        of("partition-ring", new NetworkFault.Partition(Shape.RING)),
        of("site-cut", new NetworkFault.SiteCut()),
        of(
            "flapping-replication",
            new NetworkFault.Flapping(Cut.between(PRIMARY, REPLICAS), SECOND, SECOND)),
        of(
            "narrow-replication",
            new NetworkFault.Narrow(PRIMARY, 512, Set.of(NetworkPlane.REPLICATION))),
        of(
            "slow-etcd",
            new NetworkFault.Spoiled(
                ETCD, NetworkPlane.ETCD_CLIENT, Toxic.LATENCY, Duration.ofMillis(500))),
        of(
            "stalled-etcd",
            new NetworkFault.Spoiled(ETCD, NetworkPlane.ETCD_CLIENT, Toxic.STALL, SECOND)));
  }

  private static List<StormEligibleFault> process() {
    return List.of(
        of("kill-patroni", new Kill(PRIMARY, Kind.PATRONI)),
        of("kill-patroni-replica", new Kill(REPLICA, Kind.PATRONI)),
        of("freeze-patroni", new Freeze(PRIMARY, Kind.PATRONI)),
        of("freeze-patroni-replica", new Freeze(REPLICA, Kind.PATRONI)),
        of("kill-postmaster", new Kill(PRIMARY, Kind.POSTMASTER)),
        of("kill-postmaster-replica", new Kill(REPLICA, Kind.POSTMASTER)),
        of("freeze-postmaster", new Freeze(PRIMARY, Kind.POSTMASTER)),
        of("kill-backend", new Kill(PRIMARY, Kind.BACKEND)),
        of("kill-walsender", new Kill(PRIMARY, Kind.WALSENDER)),
        of("freeze-walsender", new Freeze(PRIMARY, Kind.WALSENDER)),
        of("kill-walreceiver", new Kill(REPLICA, Kind.WALRECEIVER)),
        of("freeze-walreceiver", new Freeze(REPLICA, Kind.WALRECEIVER)),
        of("kill-archiver", new Kill(PRIMARY, Kind.ARCHIVER)),
        of("kill-etcd-leader", new Kill(ETCD_LEADER, Kind.ETCD)),
        of("freeze-etcd-leader", new Freeze(ETCD_LEADER, Kind.ETCD)),
        of("kill-etcd-follower", new Kill(ETCD_FOLLOWER, Kind.ETCD)),
        of("kill-haproxy", new Kill(ROUTE, Kind.HAPROXY)),
        of("freeze-haproxy", new Freeze(ROUTE, Kind.HAPROXY)),
        of("crash-loop-postmaster", new CrashLoop(PRIMARY, Kind.POSTMASTER, SECOND)),
        of("restart-storm-patroni", new RestartStorm(MEMBERS, Kind.PATRONI, SECOND)));
  }

  private static List<StormEligibleFault> host() {
    return List.of(
        of("power-off", new HostFault.PowerOff(PRIMARY)),
        of("power-off-replica", new HostFault.PowerOff(REPLICA)),
        of("power-off-etcd-majority", new HostFault.PowerOff(ETCD_MAJORITY)),
        of("reboot", new HostFault.Reboot(PRIMARY)),
        of("reboot-replica", new HostFault.Reboot(REPLICA)),
        of("pause-host", new HostFault.Pause(PRIMARY)),
        of("pause-host-replica", new HostFault.Pause(REPLICA)),
        of("disk-loss", new HostFault.DiskLoss(REPLICA)),
        asked(
            "memory-pressure",
            new HostFault.MemoryPressure(PRIMARY, 16),
            "whether it is felt depends on the machine"));
  }

  private static List<StormEligibleFault> storage() {
    return List.of(
        asked("disk-full-data", new StorageFault.DiskFull(REPLICA, Volume.DATA), HURTS_FILES),
        asked("disk-full-wal", new StorageFault.DiskFull(PRIMARY, Volume.WAL), HURTS_FILES),
        asked("disk-full-etcd", new StorageFault.DiskFull(ETCD_FOLLOWER, Volume.ETCD), HURTS_FILES),
        asked(
            "permission-lost", new StorageFault.PermissionLost(REPLICA, Volume.DATA), HURTS_FILES),
        asked("missing-mount", new StorageFault.MissingMount(REPLICA, Volume.DATA), HURTS_FILES),
        asked(
            "flipped-heap-bit",
            new StorageFault.FlippedBit(REPLICA, Content.HEAP_PAGE),
            HURTS_FILES),
        asked(
            "flipped-index-bit",
            new StorageFault.FlippedBit(REPLICA, Content.INDEX_PAGE),
            HURTS_FILES),
        asked("segment-lost", new StorageFault.SegmentLost(REPLICA, true), HURTS_FILES),
        asked("data-directory-lost", new StorageFault.DataDirectoryLost(PRIMARY), HURTS_FILES));
  }

  private static List<StormEligibleFault> consensus() {
    return List.of(
        of("leader-key-deleted", new ConsensusFault.LeaderKeyDeleted()),
        asked("leader-key-overwritten", new ConsensusFault.LeaderKeyOverwritten(), UNSAFE),
        asked(
            "etcd-data-lost",
            new ConsensusFault.MemberDataLost(ETCD_FOLLOWER),
            "its member comes back by an operator's commands, not by itself"),
        asked(
            "etcd-out-of-space",
            new ConsensusFault.OutOfSpace(),
            "nobody can be elected before an operator makes room"),
        asked("etcd-snapshot-restored", new ConsensusFault.SnapshotRestored(), UNSAFE));
  }

  private static List<StormEligibleFault> operator() {
    return List.of(
        of("switchover", new OperatorFault.Switchover()),
        of("slot-dropped", new OperatorFault.SlotDropped(REPLICA)),
        of("everything-restarted", new OperatorFault.EverythingRestarted()),
        asked("forced-failover", new OperatorFault.ForcedFailover(OTHER_REPLICA), UNSAFE),
        asked("promoted-by-hand", new OperatorFault.PromotedByHand(REPLICA), UNSAFE),
        asked(
            "patroni-paused",
            new OperatorFault.Paused(),
            "nobody fails over while it lasts, as the operator wished"),
        asked(
            "synchronous-off",
            new OperatorFault.SettingChanged("synchronous_mode", "false"),
            UNSAFE),
        asked("second-cluster", new OperatorFault.SecondCluster(REPLICA), UNSAFE));
  }
}
