package io.drillyard.cluster;

import io.drillyard.declaration.Environment;
import io.drillyard.repository.Credentials;
import io.drillyard.repository.Repositories;
import io.drillyard.repository.Repository;
import java.util.Map;

/**
 * A Google Cloud Storage server: fake-gcs-server, which checks nobody. So it listens to its own
 * host only, and HAProxy in front of it holds the TLS and asks for a token that is known, as Google
 * does; a second door of HAProxy's lets reading through and nothing else.
 */
final class FakeGcsStore implements ObjectStore {
  private static final String ROOT = "root";
  private static final int INNER_PORT = 4442;
  private static final int CONTROL_PORT = 4441;
  private static final int READING_PORT = 4444;
  private static final String TOKENS = StoreHost.FOLDER + "/tokens";

  private final StoreHost on;

  private FakeGcsStore(StoreHost on) {
    this.on = on;
  }

  static FakeGcsStore start(StoreHost on) {
    Environment.RepositoryState state = on.state();
    String outside = state.endpoint() + ":" + state.port();
    on.environment(Map.of("ROOT_TOKEN", on.key(ROOT)));
    HostService service =
        on.serve(
            "20-object-store",
            "/opt/servers-gcs/fake-gcs-server -scheme http -host 127.0.0.1 -port %d %s -public-host %s -external-url https://%s -log-level warn"
                .formatted(INNER_PORT, backend(state), outside, outside));
    on.awaitPort(INNER_PORT, service);
    on.must(
        "making the bucket",
        "curl -sSf -H 'Content-Type: application/json' -d '{\"name\": \"%s\", \"versioning\": {\"enabled\": %b}}' 'http://127.0.0.1:%d/storage/v1/b?project=drillyard'"
            .formatted(state.bucket(), state.versions(), INNER_PORT));
    FakeGcsStore store = new FakeGcsStore(on);
    store.guard();
    return store;
  }

  /** On disk it keeps no versions. */
  private static String backend(Environment.RepositoryState state) {
    return state.versions()
        ? "-backend memory"
        : "-backend filesystem -filesystem-root " + StoreHost.OBJECTS;
  }

  private void guard() {
    on.must(
        "writing the known tokens",
        "umask 077; cat %1$s/server.crt %1$s/server.key > %1$s/server.pem; echo \"$ROOT_TOKEN\" > %2$s"
            .formatted(StoreHost.FOLDER, TOKENS));
    on.host().write(StoreHost.FOLDER + "/guard.cfg", configuration(on.state()), "root", "0600");
    HostService guard =
        on.serve(
            "21-object-store-guard", "/usr/sbin/haproxy -db -f " + StoreHost.FOLDER + "/guard.cfg");
    on.awaitPort(on.state().port(), guard);
    on.awaitPort(CONTROL_PORT, guard);
  }

  /**
   * Of the HAProxy in front. An upload in parts is known to pgBackRest by a header that the real
   * store sends beside the location, and this server does not; its parts come without a token, for
   * the name of an upload that was begun with one is a secret itself.
   */
  static String configuration(Environment.RepositoryState state) {
    return """
        global
          maxconn 1000
          stats socket ipv4@127.0.0.1:%1$d level admin
        defaults
          mode http
          timeout connect 2s
          timeout client 60s
          timeout server 60s
          timeout http-keep-alive 30s
          timeout http-request 30s
        frontend writing
          bind *:%2$d ssl crt %3$s/server.pem
          acl known http_auth_bearer -m str -f %4$s
          acl begun url_param(upload_id) -m found
          http-request deny deny_status 401 if !known !begun
          default_backend store
        frontend reading
          bind *:%5$d ssl crt %3$s/server.pem
          acl known http_auth_bearer -m str -f %4$s
          http-request deny deny_status 401 if !known
          http-request deny deny_status 403 if !METH_GET
          default_backend store
        backend store
          http-request set-header host %6$s:%2$d
          http-response set-header x-guploader-uploadid %%[res.hdr(location),regsub(.*upload_id=,),regsub(&.*,)] if { res.hdr(location) -m sub upload_id= }
          server fake-gcs 127.0.0.1:%7$d
        """
        .formatted(
            CONTROL_PORT,
            state.port(),
            StoreHost.FOLDER,
            TOKENS,
            READING_PORT,
            state.endpoint(),
            INNER_PORT);
  }

  /** Holds at once, for connections that stand, too; the file is for the next start. */
  private void token(String what, String verb, String account, String file) {
    on.must(
        what,
        """
        set -e
        token='%1$s'
        %2$s
        exec 3<>/dev/tcp/127.0.0.1/%3$d
        echo "%4$s acl %5$s $token" >&3
        said=$(timeout 5 cat <&3 | tr -d '\\n'); [ -z "$said" ] || { echo "$said" >&2; exit 1; }
        """
            .formatted(on.key(account), file, CONTROL_PORT, verb, TOKENS));
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
    token("making the account " + account, "add", account, "echo \"$token\" >> " + TOKENS);
    return new Credentials.Token(on.key(account));
  }

  @Override
  public void revoke(String account) {
    token(
        "revoking the account " + account,
        "del",
        account,
        "grep -vxF \"$token\" %1$s > %1$s.new; cat %1$s.new > %1$s; rm %1$s.new".formatted(TOKENS));
  }

  @Override
  public ReadOnlyEndpoint openReadOnly(String account) {
    return new ReadOnlyEndpoint(READING_PORT, new Credentials.Token(on.key(account)));
  }

  @Override
  public Repository view(Credentials credentials, int port) {
    return Repositories.open(on.location(port), credentials);
  }

  @Override
  public Repository view() {
    return view(new Credentials.Token(on.key(ROOT)), on.state().port());
  }
}
