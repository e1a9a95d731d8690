package io.drillyard.play;

import io.drillyard.cluster.RunSecrets;
import io.drillyard.declaration.Declarations;
import io.drillyard.declaration.Environment;
import io.drillyard.fault.act.FaultTargetHosts;
import io.drillyard.fault.act.RepositoryAccess;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.lab.LabEntryPoint;
import io.drillyard.host.lab.LabTestbed;
import io.drillyard.ledger.Ledger;
import io.drillyard.probe.EtcdLogin;
import io.drillyard.probe.MemberAddress;
import io.drillyard.probe.Probes;
import io.drillyard.probe.SuperuserLogin;
import io.drillyard.scenario.Scenarios;
import io.drillyard.workload.ClientSettings;
import io.drillyard.workload.JdbcConnector;
import io.drillyard.workload.LoadClient;
import io.drillyard.workload.Workload;
import io.drillyard.workload.WorkloadSchema;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets the bench build what a drill builds, by the same code, and load and watch it. */
public final class BenchSystem implements AutoCloseable {
  private static final String DATABASE = "bench";

  private final Environment environment;
  private final RunSecrets secrets = new RunSecrets();
  private final Ledger ledger;
  private final long startNanoTime;
  private final LabTestbed yard;
  private @Nullable SystemUnderTest built;

  private BenchSystem(LabEntryPoint.Inside inside, Environment environment, Ledger ledger) {
    this.environment = environment;
    this.ledger = ledger;
    this.startNanoTime = System.nanoTime();
    this.yard = LabTestbed.open(environment, inside.image(), inside.disks());
  }

  /** Starts the hosts. */
  public static BenchSystem open(LabEntryPoint.Inside inside, String name, Ledger ledger) {
    Declarations declarations = Declarations.load(inside.environments(), false);
    return new BenchSystem(inside, declarations.environment(name).orThrow(), ledger);
  }

  /** {@link System#nanoTime()} when the hosts began to start. */
  public long startNanoTime() {
    return startNanoTime;
  }

  /** Builds the rest; its steps are on the ledger. */
  public void build() {
    built = SystemUnderTest.build(environment, DATABASE, yard, secrets, ledger);
  }

  private SystemUnderTest system() {
    SystemUnderTest system = built;
    if (system == null) {
      throw new IllegalStateException("not built yet");
    }
    return system;
  }

  /** A superuser's connection to the first member, at its data address, as a client opens it. */
  public Connection connectToFirstMember() throws SQLException {
    Environment.HostPlan first =
        environment.inventory().host(environment.serving().members().get(0));
    return JdbcConnector.open(
        "jdbc:postgresql://" + first.address() + ":5432/postgres?sslmode=disable",
        "postgres",
        secrets.of("superuser password"),
        "bench",
        yard.clientAddress(first.site()),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2));
  }

  /** Who plays which part, as that member leads. */
  public FaultTargetHosts parts(String leader) {
    return new FaultTargetHosts(yard, system().serving(), environment, DATABASE, leader)
        .reaching(RepositoryAccess.archiving(system().archives(system().serving())));
  }

  /**
   * True when somebody leads, commits, archives and has clients, all others stream from it, and
   * etcd is whole.
   */
  public boolean whole(Probes probes) {
    Optional<String> leader = probes.leader().filter(l -> probes.writable().contains(l));
    return leader.isPresent()
        && system().serving().etcd().hosts().stream().allMatch(BenchSystem::answers)
        && served(leader.get())
        && system().serving().everyReplicaStreams(leader.get());
  }

  private boolean served(String leader) {
    try (Connection connection = system().serving().connect(yard.host(leader), "postgres");
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "select 1 from pg_stat_activity where backend_type = 'archiver' and exists"
                    + " (select from pg_stat_activity where usename = '"
                    + WorkloadSchema.CLIENT_ROLE
                    + "')")) {
      return row.next();
    } catch (SQLException e) {
      return false;
    }
  }

  private static boolean answers(Host etcd) {
    return etcd.power().isOn()
        && etcd.attempt(
                Command.sh("ETCDCTL_API=3 etcdctl --command-timeout=2s get health")
                    .within(Duration.ofSeconds(4)))
            .ok();
  }

  /** One routed client per site of the environment, at a rate of the caller's. */
  public Workload load(Ledger writes, double perSecond) {
    SystemUnderTest system = system();
    ClientSettings usual = DrillClients.settings(system);
    ClientSettings faster =
        new ClientSettings(
            perSecond,
            usual.pinnedPerSecond(),
            usual.connections(),
            usual.giveUp(),
            usual.connectTimeout(),
            usual.socketTimeout(),
            usual.outageThreshold(),
            usual.user(),
            usual.password(),
            usual.memberOfAddress());
    List<LoadClient> clients =
        DrillClients.routed(system, Scenarios.named("PrimaryHostLosesPower").plan());
    return Workload.start(writes, clients, faster);
  }

  /** The probes of a drill. */
  public Probes probes(Ledger seen) {
    SystemUnderTest system = system();
    List<MemberAddress> members =
        system.serving().members().stream()
            .map(m -> new MemberAddress(m.name(), m.managementAddress()))
            .toList();
    return Probes.start(
        seen,
        members,
        system.serving().etcd().managementEndpoints().stream().map(URI::create).toList(),
        EtcdLogin.root(system.serving().etcd().rootPassword()),
        system.serving().scope(),
        system.serving().plan().cascades(),
        Map.of(),
        new SuperuserLogin("postgres", secrets.of("superuser password"), DATABASE),
        io.drillyard.probe.ProbeSettings.USUAL);
  }

  @Override
  public void close() {
    yard.close();
  }
}
