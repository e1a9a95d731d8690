package io.drillyard.play;

import io.drillyard.cluster.BoundedWait;
import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.ObjectStore;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.declaration.Objective;
import io.drillyard.declaration.Target;
import io.drillyard.fault.act.FaultTargetHosts;
import io.drillyard.fault.act.Injector;
import io.drillyard.fault.act.RepositoryAccess;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.HandoverToken;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.Ledger;
import io.drillyard.play.restore.DrillBackupProof;
import io.drillyard.probe.Probes;
import io.drillyard.repository.Credentials;
import io.drillyard.repository.Repository;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.step.BeginEpisode;
import io.drillyard.scenario.step.DrillStage;
import io.drillyard.scenario.step.PromotionApprovals;
import io.drillyard.scenario.step.StormState;
import io.drillyard.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The stage of a running drill: the system, its load, its observers. */
final class RunningDrillStage implements DrillStage, AutoCloseable {
  private static final long FRESH_NS = Duration.ofSeconds(2).toNanos();

  private final SystemUnderTest system;
  private volatile Target target;
  private final Ledger ledger;
  private final Injector injector;
  private final OrphanedWalReader orphans;
  private final ClusterObservers observers;
  private final Map<String, FaultTargetHosts> measured = new LinkedHashMap<>();
  private final Workload workload;
  private volatile String primaryAtStart;
  private volatile Cluster serving;
  private volatile Cluster began;
  private volatile Cluster survivor;
  private Consumer<BeginEpisode> between = next -> {};
  private volatile List<Host> primarySite;
  private final StormState weather;
  private final PromotionApprovals approvals;
  private volatile @Nullable HandoverToken token;
  private volatile @Nullable Long demotedNs;

  /**
   * Starts load and observers.
   *
   * @param out folder that the launcher finds again beside the ledger
   * @param approvals where orders are approved
   * @param certain what the ledger proves already, asked now and then in a storm
   */
  RunningDrillStage(
      SystemUnderTest system,
      Drill drill,
      Target target,
      Ledger ledger,
      Path out,
      PromotionApprovals approvals,
      Supplier<Optional<String>> certain) {
    this.approvals = approvals;
    this.orphans = new OrphanedWalReader(ledger, out);
    this.weather = new StormState(ledger, certain);
    this.system = system;
    this.serving = system.serving();
    this.began = serving;
    this.survivor = system.cluster(drill.survivor());
    this.target = target;
    this.ledger = ledger;
    this.injector = new Injector(ledger);
    // All of them from the start: a member that nobody watches proves nothing.
    this.observers = ClusterObservers.of(system, ledger);
    this.primaryAtStart =
        BoundedWait.value(
            "a leader is seen",
            Duration.ofSeconds(30),
            () -> observers.of(serving).leader().orElse(null));
    this.primarySite = system.yard().hostsAt(system.serving().member(primaryAtStart).site());
    this.workload =
        Workload.start(ledger, DrillClients.routed(system, drill), DrillClients.settings(system));
    system.started().forEach(this::pin);
  }

  @Override
  public void servesNow(Cluster cluster) {
    serving = cluster;
  }

  @Override
  public void listRepositories() {
    system.listRepositories(ledger);
  }

  @Override
  public Cluster rebuilt(ClusterRef which, ClusterRef followed) {
    return system.rebuilt(system.cluster(which), system.cluster(followed).plan().name());
  }

  @Override
  public Cluster serving() {
    return serving;
  }

  /** What is done when an episode is over and another one begins. */
  void between(Consumer<BeginEpisode> work) {
    between = work;
  }

  @Override
  public void begin(BeginEpisode next) {
    between.accept(next);
  }

  /** What serves now is what a new episode begins with; its target and survivor are its own. */
  void turnTo(ClusterRef newSurvivor, Target newTarget) {
    target = newTarget;
    began = serving;
    survivor = system.cluster(newSurvivor);
    primaryAtStart = leaderOf(serving);
    primarySite = system.yard().hostsAt(serving.member(primaryAtStart).site());
    measured.clear();
    token = null;
    demotedNs = null;
  }

  @Override
  public void pin(Cluster cluster) {
    DrillClients.pinned(system, cluster).forEach(workload::add);
  }

  @Override
  public Ledger ledger() {
    return ledger;
  }

  @Override
  public Injector injector() {
    return injector;
  }

  @Override
  public void phase(String name) {
    ledger.append(new Event.Phase(Interval.instant(ledger.now()), name));
  }

  private String leaderOf(Cluster cluster) {
    return observers
        .of(cluster)
        .leader()
        .orElseThrow(
            () -> new HostException("no member of " + cluster.scope() + " holds the leader key"));
  }

  /** One that was shut down for a hand-over has nobody who leads any more: who led last. */
  private String leaderOfServing() {
    HandoverToken taken = token;
    return taken != null && taken.cluster().equals(serving.scope())
        ? taken.leader()
        : leaderOf(serving);
  }

  @Override
  public FaultTargetHosts partsNow() {
    return new FaultTargetHosts(
            system.yard(),
            new FaultTargetHosts.Led(serving, leaderOfServing()),
            system.environment(),
            system.database(),
            which ->
                new FaultTargetHosts.Led(system.cluster(which), leaderOf(system.cluster(which))))
        .reaching(RepositoryAccess.archiving(system.archives(serving)));
  }

  @Override
  public void matrixOf(String fault, FaultTargetHosts parts) {
    measured.put(fault, parts);
  }

  @Override
  public Optional<FaultTargetHosts> matrixOf(String fault) {
    return Optional.ofNullable(measured.get(fault));
  }

  @Override
  public String primaryAtStart() {
    return primaryAtStart;
  }

  @Override
  public Cluster cluster(ClusterRef which) {
    return system.cluster(which);
  }

  @Override
  public List<Cluster> clusters() {
    return List.copyOf(system.clusters());
  }

  /** The cluster that must hold the data at the end. */
  Cluster survivor() {
    return survivor;
  }

  @Override
  public List<String> membersOfSurvivor() {
    return survivor().plan().members();
  }

  @Override
  public Map<String, Event.Member> declared() {
    return system.declared();
  }

  @Override
  public Optional<String> writableLeader() {
    Probes watching = observers.of(survivor());
    return watching.leader().filter(l -> watching.writable().contains(l));
  }

  @Override
  public Optional<Event.Standbys> standbys(String primary) {
    return fresh(p -> p.standbys(primary));
  }

  @Override
  public Optional<Event.Relayed> relayed(String standby) {
    return fresh(p -> p.relayed(standby));
  }

  private <E extends Event> Optional<E> fresh(Function<Probes, Optional<E>> said) {
    return observers.probes().values().stream()
        .flatMap(p -> said.apply(p).stream())
        .filter(s -> ledger.now() - s.at().endNs() < FRESH_NS)
        .findFirst();
  }

  @Override
  public long position(String primary) {
    return observers.probes().values().stream().mapToLong(p -> p.position(primary)).max().orElse(0);
  }

  @Override
  public boolean unreachable(String member) {
    return observers.probes().values().stream()
        .flatMap(p -> p.member(member).stream())
        .anyMatch(p -> p.result() == Event.ProbeResult.UNREACHABLE);
  }

  @Override
  public long sinceLastRoutedAcknowledgement() {
    return workload
        .lastAcknowledged()
        .map(w -> ledger.now() - w.at().endNs())
        .orElse(Long.MAX_VALUE);
  }

  @Override
  public boolean loadIsAdequate(Duration last) {
    return workload.servedFor().compareTo(last) >= 0
        && workload.servedPerSecond(last) >= target.leastLoad() * target.routedRate();
  }

  @Override
  public void readDiverged() {
    former().readRows(observers.of(began), writableLeader().orElse(null));
  }

  @Override
  public void readOrphanedWal() {
    former().readOrphanedWal(survivor(), writableLeader().orElse(null), system.secrets());
  }

  private FormerPrimary former() {
    return new FormerPrimary(ledger, orphans, began, primaryAtStart);
  }

  @Override
  public List<Host> siteOf(Cluster cluster) {
    return cluster == began ? primarySite : system.yard().hostsAt(cluster.members().get(0).site());
  }

  @Override
  public String database() {
    return system.database();
  }

  @Override
  public Map<String, Long> acknowledgedBy(Cluster cluster) {
    return workload.lastAcknowledgedBy(cluster.plan().members());
  }

  @Override
  public void proveBackup(Cluster cluster, Map<String, Long> told) {
    new DrillBackupProof(
            system.yard(),
            system.environment(),
            system.store(),
            target.context(),
            system.database(),
            system.secrets())
        .prove(ledger, cluster, told);
  }

  @Override
  public @Nullable HandoverToken token() {
    return token;
  }

  @Override
  public void token(HandoverToken taken) {
    token = taken;
    demotedNs = null;
  }

  @Override
  public void demoted() {
    demotedNs = ledger.now();
  }

  @Override
  public @Nullable Double sinceDemotionMs() {
    Long seen = demotedNs;
    return seen == null ? null : (Double) ((ledger.now() - seen) / 1e6);
  }

  @Override
  public Objective objective() {
    return target.objective();
  }

  @Override
  public PromotionApprovals approvals() {
    return approvals;
  }

  @Override
  public ObjectStore store() {
    return system.store();
  }

  @Override
  public Repository repository() {
    return system.repository();
  }

  @Override
  public Credentials credentials(Cluster cluster) {
    return system.credentials(cluster);
  }

  @Override
  public void grantAgain(Cluster cluster) {
    system.grantAgain(cluster);
  }

  @Override
  public StormState weather() {
    return weather;
  }

  @Override
  public String describe() {
    return observers.probes().entrySet().stream()
        .map(e -> "%s: %s; ".formatted(e.getKey(), e.getValue().describe()))
        .collect(
            Collectors.joining("", "", workload.routedAcknowledged() + " routed writes so far"));
  }

  /** The observers of every watched cluster, by scope. */
  Map<String, Probes> probes() {
    return observers.probes();
  }

  /** Ends the load and waits for what is in flight. */
  void stopLoad() {
    workload.stop(DrillClients.drain(system));
  }

  @Override
  public void close() {
    observers.close();
  }
}
