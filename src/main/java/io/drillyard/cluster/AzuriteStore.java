package io.drillyard.cluster;

import io.drillyard.declaration.Environment;
import io.drillyard.repository.AzureOwner;
import io.drillyard.repository.Credentials;
import io.drillyard.repository.Repositories;
import io.drillyard.repository.Repository;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * An Azure store: Azurite. Everybody but the harness gets a shared access signature that refers to
 * a policy of the container; without its policy a signature is worth nothing.
 */
final class AzuriteStore implements ObjectStore {
  private final StoreHost on;
  private final AzureOwner owner;
  private final Credentials own;

  private AzuriteStore(StoreHost on, AzureOwner owner, Credentials own) {
    this.on = on;
    this.owner = owner;
    this.own = own;
  }

  static AzuriteStore start(StoreHost on) {
    Environment.RepositoryState state = on.state();
    String account = state.account();
    String key =
        Base64.getEncoder().encodeToString(on.key(account).getBytes(StandardCharsets.US_ASCII));
    on.secrets().keep("object store key of account " + account, key);
    on.environment(
        Map.of(
            "AZURITE_ACCOUNTS",
            account + ":" + key,
            // To copy an object it reads the source from itself, by its name and over TLS.
            "NODE_EXTRA_CA_CERTS",
            StoreHost.FOLDER + "/ca.crt"));
    HostService service =
        on.serve(
            "20-object-store",
            "/opt/servers-azure/node /opt/servers-azure/node_modules/azurite/dist/src/blob/main.js --blobHost 0.0.0.0 --blobPort %1$d --location %2$s --cert %3$s/server.crt --key %3$s/server.key %4$s--skipApiVersionCheck --disableTelemetry --silent"
                .formatted(
                    state.port(),
                    StoreHost.OBJECTS,
                    StoreHost.FOLDER,
                    // In the cloud's manner the account stands in the name; else in the path.
                    state.namesAccount() ? "" : "--disableProductStyleUrl "));
    on.awaitPort(state.port(), service);
    Credentials.SharedKey own = new Credentials.SharedKey(account, key);
    AzureOwner owner = new AzureOwner(on.location(state.port()), own);
    owner.makeContainer();
    return new AzuriteStore(on, owner, own);
  }

  @Override
  public Environment.RepositoryState state() {
    return on.state();
  }

  @Override
  public String caCertificate() {
    return on.caCertificate();
  }

  @Override
  public Credentials grant(String account) {
    return granted(account, false);
  }

  private Credentials granted(String account, boolean readsOnly) {
    Credentials.SharedAccess access = owner.grant(account, readsOnly);
    on.secrets().keep("object store signature of " + account, access.signature());
    return access;
  }

  @Override
  public void revoke(String account) {
    owner.revoke(account);
  }

  @Override
  public ReadOnlyEndpoint openReadOnly(String account) {
    return new ReadOnlyEndpoint(on.state().port(), granted(account + "-reading", true));
  }

  @Override
  public Repository view(Credentials credentials, int port) {
    return Repositories.open(on.location(port), credentials);
  }

  @Override
  public Repository view() {
    return view(own, on.state().port());
  }
}
