package io.drillyard.scenario.step;

import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.ObjectStore;
import io.drillyard.cluster.RunSecrets;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.declaration.Environment;
import io.drillyard.declaration.Objective;
import io.drillyard.fault.act.FaultTargetHosts;
import io.drillyard.fault.act.Injector;
import io.drillyard.host.FakeYard;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.host.lab.TwoSites;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.HandoverToken;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.MemoryLedger;
import io.drillyard.repository.Credentials;
import io.drillyard.repository.Repository;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A stage on fake hosts: what steps of storms ask for is there, the rest is not. */
final class FakeStage implements DrillStage {
  private @Nullable HandoverToken token;
  final FakeYard yard = new FakeYard();
  final MemoryLedger ledger = new MemoryLedger();

  /** What is certain, as far as the judge is asked. */
  Optional<String> violation = Optional.empty();

  private final Injector injector = new Injector(ledger);
  private final Map<String, FaultTargetHosts> measured = new HashMap<>();
  private final StormState weather = new StormState(ledger, () -> violation);
  private final Cluster cluster;
  private final Environment environment = TwoSites.inMemory();

  /** Nobody leads for so many questions. */
  int leaderless;

  FakeStage() {
    cluster = new Cluster(yard, environment, environment.serving(), new RunSecrets());
    yard.forget();
  }

  /** The events of a kind. */
  <E extends Event> List<E> of(Class<E> kind) {
    return ledger.events(kind);
  }

  @Override
  public MemoryLedger ledger() {
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

  @Override
  public FaultTargetHosts partsNow() {
    if (leaderless > 0) {
      leaderless--;
      throw new HostException("no member holds the leader key");
    }
    return new FaultTargetHosts(yard, cluster, environment, "inventory", "pg1");
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
  public StormState weather() {
    return weather;
  }

  @Override
  public String primaryAtStart() {
    return "pg1";
  }

  @Override
  public Cluster cluster(ClusterRef which) {
    return cluster;
  }

  @Override
  public List<String> membersOfSurvivor() {
    return List.of("pg1", "pg2");
  }

  @Override
  public Map<String, Event.Member> declared() {
    return Map.of();
  }

  @Override
  public Optional<String> writableLeader() {
    return Optional.of("pg1");
  }

  @Override
  public Optional<Event.Standbys> standbys(String primary) {
    return Optional.empty();
  }

  @Override
  public Optional<Event.Relayed> relayed(String standby) {
    return Optional.empty();
  }

  @Override
  public long position(String primary) {
    return 0;
  }

  @Override
  public boolean unreachable(String member) {
    return false;
  }

  @Override
  public long sinceLastRoutedAcknowledgement() {
    return 0;
  }

  @Override
  public boolean loadIsAdequate(Duration last) {
    return true;
  }

  @Override
  public void readDiverged() {
    ledger.note("info", "rows of the old primary");
  }

  @Override
  public void readOrphanedWal() {
    ledger.note("info", "WAL of the old primary");
  }

  @Override
  public List<Host> siteOf(Cluster site) {
    return List.of();
  }

  @Override
  public List<Cluster> clusters() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Objective objective() {
    throw new UnsupportedOperationException();
  }

  @Override
  public PromotionApprovals approvals() {
    throw new UnsupportedOperationException();
  }

  @Override
  public String database() {
    return "orders";
  }

  @Override
  public void proveBackup(Cluster cluster, Map<String, Long> told) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void demoted() {
    throw new UnsupportedOperationException();
  }

  @Override
  public @Nullable Double sinceDemotionMs() {
    return null;
  }

  @Override
  public Map<String, Long> acknowledgedBy(Cluster cluster) {
    return Map.of();
  }

  @Override
  public void grantAgain(Cluster cluster) {
    throw new UnsupportedOperationException();
  }

  @Override
  public @Nullable HandoverToken token() {
    return token;
  }

  @Override
  public void token(HandoverToken taken) {
    token = taken;
  }

  @Override
  public ObjectStore store() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Repository repository() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Credentials credentials(Cluster of) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void pin(Cluster pinned) {}

  @Override
  public Cluster serving() {
    return cluster;
  }

  @Override
  public void servesNow(Cluster serving) {}

  @Override
  public void listRepositories() {}

  @Override
  public Cluster rebuilt(ClusterRef which, ClusterRef followed) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void begin(BeginEpisode next) {
    ledger.note("info", "episode " + next.name());
  }

  @Override
  public String describe() {
    return "fake";
  }
}
