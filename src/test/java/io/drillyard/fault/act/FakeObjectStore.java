package io.drillyard.fault.act;

import io.drillyard.cluster.ObjectStore;
import io.drillyard.declaration.Environment;
import io.drillyard.repository.Credentials;
import io.drillyard.repository.Repository;
import java.util.ArrayList;
import java.util.List;

/** A store whose objects lie in memory, and that writes down whom it admits. */
record FakeObjectStore(Environment.RepositoryState state, Repository objects, List<String> revoked)
    implements ObjectStore {
  FakeObjectStore(Environment.RepositoryState state, Repository objects) {
    this(state, objects, new ArrayList<>());
  }

  @Override
  public String caCertificate() {
    return "a certificate";
  }

  @Override
  public Credentials grant(String account) {
    revoked.remove(account);
    return new Credentials.Keys(account, "secret");
  }

  @Override
  public void revoke(String account) {
    revoked.add(account);
  }

  @Override
  public ReadOnlyEndpoint openReadOnly(String account) {
    return new ReadOnlyEndpoint(state.port(), grant(account));
  }

  @Override
  public Repository view(Credentials credentials, int port) {
    return objects;
  }

  @Override
  public Repository view() {
    return objects;
  }
}
