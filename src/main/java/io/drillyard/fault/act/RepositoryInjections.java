package io.drillyard.fault.act;

import io.drillyard.cluster.ObjectStore;
import io.drillyard.cluster.PgBackRest;
import io.drillyard.fault.RepositoryFault;
import io.drillyard.fault.RepositoryFault.StoreClient;
import io.drillyard.fault.Who;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From what befalls repositories to what stores, proxies and pgBackRest are told. */
final class RepositoryInjections {
  private static final String OBJECTS = "/srv/objects";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Set<String> SPEAK_S3 = Set.of("s3", "minio");

  private RepositoryInjections() {}

  static Injection of(String name, RepositoryFault fault, FaultTargetHosts parts) {
    RepositoryAccess repository = parts.repositoryAccess();
    ObjectStore store = repository.store();
    return switch (fault) {
      case RepositoryFault.ObjectsDamaged damaged ->
          new ObjectsInjection(damaged.damage(), store, prefix(parts), repository.past());
      case RepositoryFault.StoreTroubled troubled ->
          new StoreTroubleInjection(
              troubled.client(),
              troubled.trouble(),
              speaksS3(store),
              parts.yard().host(store.state().host()),
              client(troubled.client(), parts));
      case RepositoryFault.StoreFull full ->
          ShellInjection.of(full(parts, parts.yard().host(store.state().host()), name));
      case RepositoryFault.QueueLimited limited -> queueLimited(parts);
      case RepositoryFault.ArchiveExpired expired -> expired(parts);
    };
  }

  /** Of everything that the serving cluster's repository holds. */
  private static String prefix(FaultTargetHosts parts) {
    String path = parts.cluster().plan().repositoryPath().replaceFirst("^/", "");
    return path.isEmpty() ? "" : path + "/";
  }

  private static ObjectStore speaksS3(ObjectStore store) {
    if (!SPEAK_S3.contains(store.state().type())) {
      throw new HostException(
          "what goes wrong at a store's door is told in S3's words; this store is of type "
              + store.state().type());
    }
    return store;
  }

  private static StoreClientAccess client(StoreClient who, FaultTargetHosts parts) {
    RepositoryAccess repository = parts.repositoryAccess();
    if (who == StoreClient.ARCHIVER) {
      parts.hosts(Who.MEMBERS);
      return new ArchivePushAccess(parts.cluster(), repository, Map.of());
    }
    StoreClientAccess reader = repository.reader();
    if (reader == null) {
      throw new HostException(
          "nobody restores from the repository here: it is a fault for restore tests");
    }
    return reader;
  }

  /** Whatever is left of the store's volume, which is bounded, and no more. */
  private static HostScript full(FaultTargetHosts parts, Host host, String name) {
    if (!parts.environment().storage().kind().equals("memory")) {
      throw new HostException(
          "only memory storage has limits: a disk of the machine is not filled");
    }
    String file = OBJECTS + "/." + ShellSnippets.safe(name);
    return StorageInjections.filled(host, OBJECTS, file, "");
  }

  private static Injection queueLimited(FaultTargetHosts parts) {
    RepositoryAccess repository = parts.repositoryAccess();
    ObjectStore store = speaksS3(repository.store());
    parts.hosts(Who.MEMBERS);
    return new StoreTroubleInjection(
        StoreClient.ARCHIVER,
        io.drillyard.fault.StoreTrouble.REFUSED,
        store,
        parts.yard().host(store.state().host()),
        new ArchivePushAccess(
            parts.cluster(),
            repository,
            Map.of("archive-push-queue-max", "48MiB", "io-timeout", "1")));
  }

  private static Injection expired(FaultTargetHosts parts) {
    return new ExpireInjection(parts.primaryHost(), parts.cluster().pgBackRest());
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
