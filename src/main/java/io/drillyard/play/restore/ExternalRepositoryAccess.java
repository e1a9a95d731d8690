package io.drillyard.play.restore;

import io.drillyard.cluster.BoundedWait;
import io.drillyard.cluster.HostService;
import io.drillyard.cluster.PgBackRestRepository;
import io.drillyard.cluster.RunSecrets;
import io.drillyard.declaration.ExternalRepository;
import io.drillyard.declaration.ExternalRepositoryLab;
import io.drillyard.declaration.RestorePolicy;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.Testbed;
import io.drillyard.host.lab.LabEntryPoint.Inside;
import io.drillyard.host.lab.LabRelayEndpoint;
import io.drillyard.repository.Repositories;
import io.drillyard.repository.Repository;
import io.drillyard.repository.RepositoryLocation;
import io.drillyard.repository.StoreType;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The way from a lab to an external repository. The sandbox reaches one host, which carries its
 * connections to the launcher's relay and so to the declared endpoint; TLS is from end to end.
 */
final class ExternalRepositoryAccess implements AutoCloseable {
  private static final Duration RELAY_LIMIT = Duration.ofSeconds(60);

  private static final String CONFIGURATION = "/etc/haproxy/relay.cfg";

  private final LabRelayEndpoint door;
  private final Repository store;
  private final SandboxFirewall fence;
  private final Host sandbox;
  private final PgBackRestRepository repository;

  private ExternalRepositoryAccess(
      LabRelayEndpoint door,
      Repository store,
      SandboxFirewall fence,
      Host sandbox,
      PgBackRestRepository repository) {
    this.door = door;
    this.store = store;
    this.fence = fence;
    this.sandbox = sandbox;
    this.repository = repository;
  }

  /**
   * Opens it with what the launcher entrusted to the lab, which appears in no report; the fence is
   * up.
   */
  static ExternalRepositoryAccess open(
      RestorePolicy policy,
      ExternalRepository external,
      Inside inside,
      Testbed yard,
      RunSecrets secrets) {
    LabCredentials entrusted = LabCredentials.read(inside.entrusted());
    int number = 0;
    for (String secret : entrusted.credentials().secrets()) {
      secrets.keep("repository's secret " + ++number, secret);
    }
    String passphrase = entrusted.passphrase();
    if (passphrase != null) {
      secrets.keep("repository's passphrase", passphrase);
    }
    Host relay = yard.host(ExternalRepositoryLab.RELAY);
    Host sandbox = yard.host(policy.sandbox());
    LabRelayEndpoint door =
        LabRelayEndpoint.open(
            inside, yard.clientAddress(ExternalRepositoryLab.OUTSIDE), external.port());
    Repository store = Repositories.open(location(external, entrusted), entrusted.credentials());
    SandboxFirewall fence =
        new SandboxFirewall(yard, sandbox, relay, external.port(), external.port());
    ExternalRepositoryAccess passage =
        new ExternalRepositoryAccess(
            door,
            store,
            fence,
            sandbox,
            new PgBackRestRepository(
                policy.environment().repository(),
                external.path(),
                entrusted.credentials(),
                entrusted.ca(),
                entrusted.passphrase()));
    try {
      carry(relay, external.port(), door.address());
      fence.up();
    } catch (RuntimeException e) {
      passage.close();
      throw e;
    }
    return passage;
  }

  private static RepositoryLocation location(
      ExternalRepository external, LabCredentials entrusted) {
    return new RepositoryLocation(
        StoreType.of(external.type()),
        URI.create("https://" + external.endpoint() + ":" + external.port()),
        external.region(),
        external.bucket(),
        entrusted.ca());
  }

  /** The relay's host listens where the endpoint would, and knows one way on. */
  private static void carry(Host relay, int port, String own) {
    relay.write(
        CONFIGURATION,
        """
        defaults
          mode tcp
          timeout connect 20s
          timeout client 10m
          timeout server 10m
        listen relay
          bind *:%1$d
          server launcher %2$s:%1$d
        """
            .formatted(port, own),
        "root",
        "0644");
    relay.run(Command.of("haproxy", "-c", "-f", CONFIGURATION));
    new HostService(
            relay, "30-relay", "root", List.of("/usr/sbin/haproxy", "-db", "-f", CONFIGURATION))
        .install();
    // On a busy machine that takes a moment; a way that is not up yet is no lack of one.
    BoundedWait.until(
        "the relay listens on port " + port,
        RELAY_LIMIT,
        () -> relay.attempt(Command.sh("ss -Hltn 'sport = :%d' | grep -q .".formatted(port))).ok(),
        () -> relay.attempt(Command.sh("tail -n 3 /var/log/30-relay.log")).tail());
  }

  /** The harness's own view of the store. */
  Repository store() {
    return store;
  }

  SandboxFirewall fence() {
    return fence;
  }

  Host sandbox() {
    return sandbox;
  }

  /** The stanza, read without pgBackRest. */
  StanzaReader vault(ExternalRepository external) {
    return new StanzaReader(store, external.path(), external.stanza(), repository.passphrase());
  }

  /** The repository as pgBackRest is told of it. */
  PgBackRestRepository repository() {
    return repository;
  }

  @Override
  public void close() {
    store.close();
    door.close();
  }
}
