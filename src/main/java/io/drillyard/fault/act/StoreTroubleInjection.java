package io.drillyard.fault.act;

import io.drillyard.cluster.FaultyStoreProxy;
import io.drillyard.cluster.ObjectStore;
import io.drillyard.cluster.PgBackRest;
import io.drillyard.declaration.Environment;
import io.drillyard.fault.RepositoryFault.StoreClient;
import io.drillyard.fault.StoreTrouble;
import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.ledger.SentSignal;
import io.drillyard.repository.Repository;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The way of somebody to a store that is itself whole: he is sent to a proxy before it, which
 * misbehaves; or he asks for another name or region; or his account is taken away.
 */
final class StoreTroubleInjection implements Injection {
  private static final int REFUSED = 7;
  private static final int UNRESOLVED = 6;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final StoreClient who;
  private final StoreTrouble trouble;
  private final ObjectStore store;
  private final Host storeHost;
  private final StoreClientAccess client;
  private final FaultyStoreProxy proxy;

  StoreTroubleInjection(
      StoreClient who,
      StoreTrouble trouble,
      ObjectStore store,
      Host storeHost,
      StoreClientAccess client) {
    this.who = who;
    this.trouble = trouble;
    this.store = store;
    this.storeHost = storeHost;
    this.client = client;
    this.proxy = FaultyStoreProxy.before(storeHost, store.state(), client.usualPort());
  }

  @Override
  public List<String> targets() {
    return client.hosts().stream().map(Host::name).toList();
  }

  @Override
  public List<SentSignal> signals() {
    return switch (trouble) {
      case REVOKED, UNRESOLVED, WRONG_REGION -> List.of();
      default ->
          List.of(new SentSignal(storeHost.name(), FaultyStoreProxy.SERVICE, SentSignal.KILL));
    };
  }

  @Override
  public String undo() {
    return trouble == StoreTrouble.REVOKED
        ? "account %s is granted again".formatted(client.account())
        : "requests go to port %d of %s again, and who waits at port %d is served"
            .formatted(client.usualPort(), storeHost.name(), FaultyStoreProxy.PORT);
  }

  /** How the store is called by those who are in trouble. */
  private Environment.RepositoryState state() {
    Environment.RepositoryState usual = store.state();
    return switch (trouble) {
      case UNRESOLVED ->
          usual.at(StoreTroubleAnswers.UNKNOWN + usual.endpoint(), client.usualPort());
      case WRONG_REGION -> usual.at(client.usualPort()).inRegion(StoreTroubleAnswers.OTHER_REGION);
      default -> usual.at(FaultyStoreProxy.PORT);
    };
  }

  @Override
  public void apply(Runnable inForce) {
    switch (trouble) {
      case REVOKED -> store.revoke(client.account());
      case UNRESOLVED, WRONG_REGION -> client.use(state());
      case REFUSED -> {
        proxy.shut();
        client.use(state());
      }
      default -> {
        proxy.open(StoreTroubleAnswers.rules(who, trouble));
        client.use(state());
      }
    }
  }

  @Override
  public void heal(Runnable gone) {
    switch (trouble) {
      case REVOKED -> store.grant(client.account());
      case UNRESOLVED, WRONG_REGION -> client.useTheUsual();
      default -> {
        UndoFailures failures = new UndoFailures();
        // Whoever has asked already, and waits, is served at the same door.
        failures.attempt(() -> proxy.open(List.of()));
        failures.attempt(client::useTheUsual);
        failures.rethrow();
      }
    }
  }

  @Override
  public List<Sight> look(boolean expected) {
    if (trouble == StoreTrouble.REVOKED) {
      return denied();
    }
    List<Sight> sights = new ArrayList<>();
    for (Host host : client.hosts()) {
      sights.add(seen(host));
    }
    return sights;
  }

  private List<Sight> denied() {
    boolean denied;
    try (Repository view = store.view()) {
      denied = !view.admits(client.credentials());
    }
    String words = "account %s of %s".formatted(client.account(), targets());
    return List.of(
        new Sight(
            denied,
            "the object store on " + storeHost.name(),
            words + (denied ? " is denied" : " is admitted")));
  }

  /** Whether a host's pgBackRest is told to ask that way, and what a request gets there. */
  private Sight seen(Host host) {
    if (!host.power().isOn()) {
      // Nothing of it gets through; that the trouble is gone cannot be seen there either.
      return new Sight(true, "power switch", host.name() + " is off: it asks for nothing");
    }
    CommandResult told =
        host.attempt(
            Command.of("grep", "-F", "-e", told(), PgBackRest.CONFIGURATION).within(LIMIT));
    if (told.exit() > 1) {
      throw new HostException(host.name() + ": its configuration was not read: " + told.tail());
    }
    if (!told.ok()) {
      return new Sight(false, "pgBackRest's configuration on " + host.name(), "the usual way");
    }
    String got = asked(host);
    return new Sight(
        !got.isEmpty(),
        "a request from " + host.name(),
        got.isEmpty() ? "it is sent that way, and nothing is wrong there" : got);
  }

  private String told() {
    Environment.RepositoryState state = state();
    return switch (trouble) {
      case UNRESOLVED -> state.endpoint();
      case WRONG_REGION -> "-region=" + state.region();
      default -> "-port=" + state.port();
    };
  }

  /** What is wrong with a request; empty: nothing is. */
  private String asked(Host host) {
    return switch (trouble) {
      case WRONG_REGION -> "requests are signed for " + StoreTroubleAnswers.OTHER_REGION;
      case REFUSED -> ended(host, REFUSED, "the connection is refused");
      case UNRESOLVED -> ended(host, UNRESOLVED, "the name does not resolve");
      case STALLED -> unanswered(host);
      case SLOW -> ended(host, 0, "the limited door answers");
      default -> {
        String body = StoreTroubleAnswers.body(trouble);
        // Of bursts one in five is.
        int times = trouble == StoreTrouble.BURSTS ? 5 : 1;
        String got = "";
        for (int i = 0; i < times && got.isEmpty(); i++) {
          got = request(host).stdout().contains(body) ? body : "";
        }
        yield got;
      }
    };
  }

  /**
   * Taken, and no answer: whether the connection stays silent or breaks off makes no difference.
   */
  private String unanswered(Host host) {
    CommandResult said = request(host);
    boolean taken = said.exit() != REFUSED && said.exit() != UNRESOLVED;
    return taken && !said.ok() && said.stdout().isEmpty()
        ? "no answer comes within 3 s (curl: %d)".formatted(said.exit())
        : "";
  }

  private String ended(Host host, int status, String words) {
    return request(host).exit() == status ? words : "";
  }

  private CommandResult request(Host host) {
    Environment.RepositoryState state = state();
    String method = trouble == StoreTrouble.WRITING_DENIED ? "PUT" : "GET";
    return host.attempt(
        Command.of(
                "curl",
                "-sk",
                "-m3",
                "-X" + method,
                // A path that is denied where some are, and at which nothing lies.
                "https://%s:%d/%s/look/bundle/1"
                    .formatted(state.endpoint(), state.port(), state.bucket()))
            .within(LIMIT));
  }
}
