package io.drillyard.fault.act;

import io.drillyard.cluster.ArchiveAccount;
import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.PgBackRestRepository;
import io.drillyard.declaration.Environment;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.repository.Credentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of a cluster, which archive to a store.
 *
 * @param options of pgBackRest's that go with another way, such as a limit of its queue
 */
record ArchivePushAccess(Cluster cluster, RepositoryAccess repository, Map<String, String> options)
    implements StoreClientAccess {
  @Override
  public List<Host> hosts() {
    return cluster.members();
  }

  private ArchiveAccount archive() {
    return repository.archives().stream()
        .filter(a -> a.store() == repository.store())
        .findFirst()
        .orElseThrow(() -> new HostException(cluster.scope() + " archives to no such store"));
  }

  @Override
  public Credentials credentials() {
    return archive().credentials();
  }

  @Override
  public String account() {
    return cluster.plan().account();
  }

  @Override
  public int usualPort() {
    return archive().store().state().port();
  }

  @Override
  public void use(Environment.RepositoryState other) {
    archive(other, options);
  }

  @Override
  public void useTheUsual() {
    archive(null, Map.of());
  }

  private void archive(
      Environment.@Nullable RepositoryState other, Map<String, String> withOptions) {
    List<PgBackRestRepository> all = new ArrayList<>();
    for (ArchiveAccount archive : repository.archives()) {
      PgBackRestRepository usual = archive.at(cluster.plan().repositoryPath());
      all.add(
          other == null || archive.store() != repository.store()
              ? usual
              : new PgBackRestRepository(
                  other, usual.path(), usual.credentials(), usual.caCertificate()));
    }
    cluster.archiveTo(all, withOptions);
  }
}
