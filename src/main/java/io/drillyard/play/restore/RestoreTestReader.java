package io.drillyard.play.restore;

import io.drillyard.cluster.FaultyStoreProxy;
import io.drillyard.cluster.ObjectStore;
import io.drillyard.cluster.PgBackRest;
import io.drillyard.cluster.PgBackRestRepository;
import io.drillyard.declaration.Environment;
import io.drillyard.declaration.RestorePolicy;
import io.drillyard.fault.act.StoreClientAccess;
import io.drillyard.host.Host;
import io.drillyard.host.Testbed;
import io.drillyard.repository.Credentials;
import io.drillyard.repository.Repositories;
import io.drillyard.repository.Repository;
import io.drillyard.repository.RepositoryLocation;
import io.drillyard.repository.StoreType;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of a restore test to the lab's own store: of the sandbox, and of the harness beside it.
 * Both go another way together, or the usual one.
 */
final class RestoreTestReader implements StoreClientAccess, AutoCloseable {
  private final RestorePolicy policy;
  private final Testbed yard;
  private final ObjectStore store;
  private final ObjectStore.ReadOnlyEndpoint door;
  private final DemonstrationSource source;
  private final Repository usual;
  private @Nullable Repository other;
  private Environment.RepositoryState way;

  RestoreTestReader(
      RestorePolicy policy,
      Testbed yard,
      ObjectStore store,
      ObjectStore.ReadOnlyEndpoint door,
      DemonstrationSource source) {
    this.policy = policy;
    this.yard = yard;
    this.store = store;
    this.door = door;
    this.source = source;
    this.usual = store.view(door.credentials(), door.port());
    this.way = store.state().at(door.port());
  }

  @Override
  public List<Host> hosts() {
    return List.of(yard.host(policy.sandbox()));
  }

  @Override
  public Credentials credentials() {
    return door.credentials();
  }

  @Override
  public String account() {
    return source.account();
  }

  @Override
  public int usualPort() {
    return door.port();
  }

  @Override
  public void use(Environment.RepositoryState state) {
    useTheUsual();
    way = state;
    other =
        Repositories.open(
            new RepositoryLocation(
                StoreType.of(state.type()),
                URI.create("https://" + state.endpoint() + ":" + state.port()),
                state.region(),
                state.bucket(),
                store.caCertificate()),
            door.credentials());
    firewall().up();
    sandbox();
  }

  @Override
  public void useTheUsual() {
    Repository opened = other;
    if (opened != null) {
      opened.close();
      other = null;
      way = store.state().at(door.port());
      firewall().up();
      sandbox();
    }
  }

  /** Lets the sandbox out to where it reads from, and nowhere else. */
  SandboxFirewall firewall() {
    Host storeHost = yard.host(store.state().host());
    // Those who go through a proxy may not use the door behind it either.
    int closed = way.port() == FaultyStoreProxy.PORT ? door.port() : store.state().port();
    return new SandboxFirewall(yard, hosts().getFirst(), storeHost, way.port(), closed);
  }

  /** The sandbox, told to read that way. */
  Sandbox sandbox() {
    return Sandbox.on(
        hosts().getFirst(),
        new PgBackRest(source.stanza()),
        new PgBackRestRepository(way, source.path(), door.credentials(), store.caCertificate()),
        policy);
  }

  /** The repository as it is read that way. */
  StanzaReader stanza() {
    return new StanzaReader(now(), source.path(), source.stanza());
  }

  /** The repository's view as it is read now. */
  Repository now() {
    Repository opened = other;
    return opened == null ? usual : opened;
  }

  /** The repository's view by the usual way. */
  Repository usual() {
    return usual;
  }

  @Override
  public void close() {
    Repository opened = other;
    if (opened != null) {
      opened.close();
    }
    usual.close();
  }
}
