package io.drillyard.scenario.step;

import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.ObjectStore;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.declaration.Objective;
import io.drillyard.fault.act.FaultTargetHosts;
import io.drillyard.fault.act.Injector;
import io.drillyard.host.Host;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.HandoverToken;
import io.drillyard.ledger.Ledger;
import io.drillyard.repository.Credentials;
import io.drillyard.repository.Repository;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a running drill offers to its steps. */
public interface DrillStage {
  /** The record. */
  Ledger ledger();

  /** Applies and heals faults. */
  Injector injector();

  /** Marks the beginning of a phase. */
  void phase(String name);

  /** Who plays which part now: in the cluster that serves, and in any other. */
  FaultTargetHosts partsNow();

  /** Remembers whose paths were measured before a fault of the network. */
  void matrixOf(String fault, FaultTargetHosts parts);

  /** Whose paths are to be measured again after its heal; empty for any other fault. */
  Optional<FaultTargetHosts> matrixOf(String fault);

  /** The leader when the load began. */
  String primaryAtStart();

  /** The cluster that a plan speaks of; an error when the environment has no such one. */
  Cluster cluster(ClusterRef which);

  /** Every cluster that there is now, by its latest incarnation. */
  List<Cluster> clusters();

  /** Names of the members of the cluster that must hold the data at the end. */
  List<String> membersOfSurvivor();

  /** Every declared member of every cluster, by name. */
  Map<String, Event.Member> declared();

  /** The surviving cluster's leader, when it commits. */
  Optional<String> writableLeader();

  /** What a primary said last of its standbys, if it said it within the last two seconds. */
  Optional<Event.Standbys> standbys(String primary);

  /** What a standby said last of the standbys that stream from it, if within two seconds. */
  Optional<Event.Relayed> relayed(String standby);

  /**
   * Where a primary's WAL stood three seconds ago: a standby that has not come so far does not
   * follow, whatever state the primary lists it in. 0 when nobody looked.
   */
  long position(String primary);

  /** True when a member was not reached at the last look. */
  boolean unreachable(String member);

  /** Nanoseconds since a routed write was last acknowledged. */
  long sinceLastRoutedAcknowledgement();

  /**
   * True when in the time before now routed clients were served without an outage, and as often as
   * the judge will ask for.
   */
  boolean loadIsAdequate(Duration last);

  /** Reads the rows of the primary of the start, when it can be read and leads no longer. */
  void readDiverged();

  /**
   * Copies and reads the WAL that the primary of the start holds beyond the surviving timeline's
   * fork, when another one leads; also from the disk of a host without power.
   */
  void readOrphanedWal();

  /** Hosts of the site at which a cluster's leader stood when the load began. */
  List<Host> siteOf(Cluster cluster);

  /** The database that the clients use. */
  String database();

  /** Last acknowledged write of every client whose last one a cluster acknowledged, by writer. */
  Map<String, Long> acknowledgedBy(Cluster cluster);

  /**
   * Proves a cluster's newest backup in the environment's sandbox.
   *
   * @param told the last write of every client that has to be in it
   */
  void proveBackup(Cluster cluster, Map<String, Long> told);

  /** The token of the hand-over that is under way; null: none is. */
  @Nullable HandoverToken token();

  /** A cluster was shut down for a hand-over, and left this. */
  void token(HandoverToken taken);

  /** The cluster whose token is under way was just seen down and unable to lead. */
  void demoted();

  /** Milliseconds since that was seen; null: it was not, of the hand-over that is under way. */
  @Nullable Double sinceDemotionMs();

  /** What is declared for the episode that is played. */
  Objective objective();

  /** Where approvals are handed in. */
  PromotionApprovals approvals();

  /** The object store's administration. */
  ObjectStore store();

  /** The harness's own view of the repository. */
  Repository repository();

  /** The credentials of a cluster's repository account. */
  Credentials credentials(Cluster cluster);

  /**
   * Gives a cluster its repository account again, which had been revoked, and every member of it
   * the credentials.
   */
  void grantAgain(Cluster cluster);

  /** Collects what the episode so far left, and begins another one. */
  void begin(BeginEpisode next) throws InterruptedException;

  /** Puts on the ledger what every repository holds. */
  void listRepositories();

  /** The next incarnation of a cluster takes its place; it follows another, and is not started. */
  Cluster rebuilt(ClusterRef which, ClusterRef followed);

  /** The cluster that serves now. */
  Cluster serving();

  /** From now on that cluster is the one that serves: it took over. */
  void servesNow(Cluster cluster);

  /** Starts the pinned writers of a cluster, from every site. */
  void pin(Cluster cluster);

  /** How the storm stands, where the plan is one. */
  StormState weather();

  /** How things stand, in one line. */
  String describe();
}
