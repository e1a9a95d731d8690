package io.drillyard.storm;

import io.drillyard.fault.ConsensusFault;
import io.drillyard.fault.Fault;
import io.drillyard.fault.HostFault;
import io.drillyard.fault.NetworkFault;
import io.drillyard.fault.OperatorFault;
import io.drillyard.fault.ProcessFault;
import io.drillyard.fault.RepositoryFault;
import io.drillyard.fault.StorageFault;
import io.drillyard.fault.Who;
import io.drillyard.storm.FaultTraits.Grip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which faults an environment can bear, and which may overlap. Each rule is stated: a schedule that
 * nothing recovers from, or in which one fault hides another, proves nothing.
 */
public final class ScheduleRules {
  private static final Set<Who> MEMBER =
      Set.of(Who.PRIMARY, Who.REPLICA, Who.OTHER_REPLICA, Who.REPLICAS, Who.MEMBERS);
  private static final Set<Who> ETCD =
      Set.of(Who.ETCD, Who.ETCD_LEADER, Who.ETCD_FOLLOWER, Who.ETCD_MAJORITY);
  private static final int LEAST_OF_A_SHAPE = 5;
  private static final int LEAST_FOR_MINORITY = 3;

  private final EnvironmentFaultSupport ground;

  /** For an environment. */
  public ScheduleRules(EnvironmentFaultSupport ground) {
    this.ground = ground;
  }

  /** Why a fault cannot be injected in this environment; empty when it can. */
  public Optional<String> unfit(Fault fault) {
    if (fault instanceof HostFault.SiteLoss) {
      return Optional.of("a lost site's service comes back by an operator, not by healing");
    }
    if (fault instanceof NetworkFault.SiteCut && ground.sites() < 2) {
      return Optional.of("it needs two sites");
    }
    if (fault.group().equals("clock") && !ground.clock()) {
      return Optional.of("it needs wall_clock: adjustable");
    }
    boolean fills =
        fault instanceof StorageFault.DiskFull || fault instanceof RepositoryFault.StoreFull;
    if (fills && !ground.memoryStorage()) {
      return Optional.of("it needs memory storage: only that has limits");
    }
    if (fault instanceof RepositoryFault && !ground.storeSpeaksS3()) {
      return Optional.of("it needs a store that speaks S3");
    }
    if (fault instanceof NetworkFault.Partition partition) {
      int least =
          switch (partition.shape()) {
            case BRIDGE, RING -> LEAST_OF_A_SHAPE;
            case HALVES, PRIMARY_IN_MAJORITY, PRIMARY_IN_MINORITY -> LEAST_FOR_MINORITY;
          };
      return ground.hosts() < least ? Optional.of("it needs " + least + " hosts") : fits();
    }
    for (Who who : FaultTraits.of(fault).hits()) {
      if (who.equals(Who.ROUTE) && !ground.proxy()) {
        return Optional.of("it needs HAProxy");
      }
      if (who.equals(Who.ETCD_MAJORITY) && !ground.etcdApart()) {
        return Optional.of("it needs etcd on hosts of its own");
      }
      if (ETCD.contains(who) && ground.etcd() < LEAST_FOR_MINORITY) {
        return Optional.of("it needs three etcd members");
      }
      if (Set.of(Who.REPLICA, Who.OTHER_REPLICA, Who.REPLICAS).contains(who)
          && ground.members() < 2) {
        return Optional.of("it needs a standby");
      }
    }
    return fits();
  }

  private static Optional<String> fits() {
    return Optional.empty();
  }

  /**
   * Why an entry may not join others; empty when it may.
   *
   * @param gapMs two entries that are not so far apart overlap, milliseconds
   */
  public Optional<String> forbidden(
      List<ScheduledFault> others, ScheduledFault entry, int atMost, long gapMs) {
    if (destroys(entry) && others.stream().anyMatch(ScheduleRules::destroys)) {
      return Optional.of("one member's data is lost at most once in a storm");
    }
    List<ScheduledFault> beside = new ArrayList<>();
    for (ScheduledFault other : others) {
      if (other.atMs() < entry.endMs() + gapMs && entry.atMs() < other.endMs() + gapMs) {
        beside.add(other);
      }
    }
    for (ScheduledFault other : beside) {
      Optional<String> why = apart(other.choice().fault(), entry.choice().fault());
      if (why.isPresent()) {
        return why;
      }
    }
    beside.add(entry);
    return most(beside, gapMs) > atMost
        ? Optional.of("no more than " + atMost + " at once")
        : Optional.empty();
  }

  /** Most of them at any one moment; each counts for a gap beyond its end. */
  private static int most(List<ScheduledFault> entries, long gapMs) {
    int most = 0;
    for (ScheduledFault entry : entries) {
      long at = entry.atMs();
      int now =
          (int) entries.stream().filter(e -> e.atMs() <= at && at < e.endMs() + gapMs).count();
      most = Math.max(most, now);
    }
    return most;
  }

  private static boolean destroys(ScheduledFault entry) {
    return destroysMember(entry.choice().fault());
  }

  private static boolean destroysMember(Fault fault) {
    return fault instanceof HostFault.DiskLoss || fault instanceof StorageFault.DataDirectoryLost;
  }

  private static boolean destroysEtcd(Fault fault) {
    return fault instanceof ConsensusFault.MemberDataLost
        || fault instanceof ConsensusFault.SnapshotRestored;
  }

  /** Why two faults must not be in force together; empty when they may. */
  public Optional<String> apart(Fault one, Fault other) {
    return rule(one, other).or(() -> rule(other, one));
  }

  private Optional<String> rule(Fault one, Fault other) {
    if (destroysMember(one)) {
      return Optional.of(
          "where a member's data is lost nothing else is broken: the others hold the only copies");
    }
    if (destroysEtcd(one)) {
      return Optional.of(
          "where etcd's data is lost nothing else is broken: the others hold the only copies");
    }
    if (one instanceof OperatorFault && FaultTraits.of(one).grip() == Grip.ORDER) {
      return Optional.of("an order is given to a cluster that can carry it out");
    }
    if (one instanceof OperatorFault.EverythingRestarted) {
      return Optional.of("what is restarted everywhere ends every other fault of a process");
    }
    boolean network = one instanceof NetworkFault;
    if (network && (other instanceof NetworkFault || FaultTraits.of(other).grip() == Grip.HOST)) {
      return Optional.of("who reaches whom is measured for one fault of the network at a time");
    }
    if (network && silent(other)) {
      return Optional.of("a server that does not answer looks like a cut");
    }
    return meet(one, other) && FaultTraits.clash(one, other)
        ? Optional.of("two faults that act on the same part hide each other")
        : Optional.empty();
  }

  /** A stopped process whose port a matrix asks. */
  private static boolean silent(Fault fault) {
    return fault instanceof ProcessFault.Freeze freeze
        && freeze.kind() != ProcessFault.Kind.BACKEND
        && freeze.kind() != ProcessFault.Kind.ARCHIVER;
  }

  /** True when they may act on the same host. */
  private boolean meet(Fault one, Fault other) {
    for (Who a : FaultTraits.of(one).hits()) {
      for (Who b : FaultTraits.of(other).hits()) {
        if (same(a, b)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean same(Who a, Who b) {
    if (MEMBER.contains(a) && MEMBER.contains(b)) {
      boolean apart =
          a.equals(Who.PRIMARY) != b.equals(Who.PRIMARY)
              && !a.equals(Who.MEMBERS)
              && !b.equals(Who.MEMBERS);
      boolean two =
          ground.members() > 2
              && !a.equals(b)
              && Set.of(Who.REPLICA, Who.OTHER_REPLICA).containsAll(List.of(a, b));
      return !apart && !two;
    }
    if (ETCD.contains(a) && ETCD.contains(b)) {
      return true;
    }
    boolean mixed =
        (MEMBER.contains(a) && ETCD.contains(b)) || (MEMBER.contains(b) && ETCD.contains(a));
    return a.equals(b) || (mixed && !ground.etcdApart());
  }
}
