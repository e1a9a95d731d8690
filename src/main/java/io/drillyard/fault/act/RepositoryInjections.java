package io.drillyard.fault.act;

import io.drillyard.cluster.ObjectStore;
import io.drillyard.cluster.PgBackRest;
import io.drillyard.fault.RepositoryFault;
import io.drillyard.fault.RepositoryFault.StoreClient;
import io.drillyard.fault.StoreTrouble;
import io.drillyard.fault.Who;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** From what befalls repositories to what stores, proxies and pgBackRest are told. */
final class RepositoryInjections {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private RepositoryInjections() {}

  static Injection of(String name, RepositoryFault fault, FaultTargetHosts parts) {
    RepositoryAccess repository = parts.repositoryAccess();
    ObjectStore store = repository.store();
    Host storeHost = parts.yard().host(store.state().host());
    return switch (fault) {
      case RepositoryFault.ObjectsDamaged damaged ->
          new ObjectsInjection(
              damaged.damage(),
              store,
              parts.cluster().plan().repositoryPrefix(),
              repository.past());
      case RepositoryFault.StoreTroubled troubled -> {
        StoreClientAccess client =
            troubled.client() == StoreClient.ARCHIVER
                ? archiver(parts, Map.of())
                : reader(repository);
        yield new StoreTroubleInjection(
            troubled.client(), troubled.trouble(), speaksS3(store), storeHost, client);
      }
      case RepositoryFault.StoreFull full -> {
        // Whatever is left of the store's volume, which is bounded, and no more.
        String file = ObjectStore.OBJECTS + "/." + ShellSnippets.safe(name);
        yield ShellInjection.of(
            StorageInjections.filled(parts, storeHost, ObjectStore.OBJECTS, file, ""));
      }
      case RepositoryFault.QueueLimited limited ->
          new StoreTroubleInjection(
              StoreClient.ARCHIVER,
              StoreTrouble.REFUSED,
              speaksS3(store),
              storeHost,
              archiver(parts, Map.of("archive-push-queue-max", "48MiB", "io-timeout", "1")));
      case RepositoryFault.ArchiveExpired expired ->
          new ExpireInjection(parts.primaryHost(), parts.cluster().pgBackRest());
    };
  }

  private static ObjectStore speaksS3(ObjectStore store) {
    if (!store.state().speaksS3()) {
      throw new HostException(
          "what goes wrong at a store's door is told in S3's words; this store is of type "
              + store.state().type());
    }
    return store;
  }

  /** Every member is what such a fault aims at. */
  private static StoreClientAccess archiver(FaultTargetHosts parts, Map<String, String> options) {
    parts.hosts(Who.MEMBERS);
    return new ArchivePushAccess(parts.cluster(), parts.repositoryAccess(), options);
  }

  private static StoreClientAccess reader(RepositoryAccess repository) {
    StoreClientAccess reader = repository.reader();
    if (reader == null) {
      throw new HostException(
          "nobody restores from the repository here: it is a fault for restore tests");
    }
    return reader;
  }

  /** pgBackRest's own expire, told to keep of the archive what the newest backup needs. */
  private static final class ExpireInjection implements Injection {
    private final Host primary;
    private final PgBackRest tool;
    private String said = "";

    ExpireInjection(Host primary, PgBackRest tool) {
      this.primary = primary;
      this.tool = tool;
    }

    @Override
    public List<String> targets() {
      return List.of(primary.name());
    }

    @Override
    public String undo() {
      return "none: what is expired is gone";
    }

    @Override
    public void apply(Runnable inForce) {
      CommandResult result =
          tool.attempt(
              primary,
              LIMIT,
              "--log-level-console=detail",
              "expire",
              "--repo1-retention-archive-type=full",
              "--repo1-retention-archive=1");
      if (!result.ok()) {
        throw new HostException("pgbackrest expire failed: " + result.tail());
      }
      said = result.stdout();
    }

    @Override
    public void heal(Runnable gone) {
      // Nothing is held.
    }

    @Override
    public List<Sight> look(boolean expected) {
      String removed =
          said.lines().filter(line -> line.contains("remove archive")).findFirst().orElse("");
      return List.of(
          new Sight(
              !removed.isEmpty(),
              "pgBackRest on " + primary.name(),
              removed.isEmpty() ? "no archive was removed" : removed.strip()));
    }
  }
}
