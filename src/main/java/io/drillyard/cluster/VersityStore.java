package io.drillyard.cluster;

import io.drillyard.declaration.Environment;
import io.drillyard.repository.Credentials;
import io.drillyard.repository.Repositories;
import io.drillyard.repository.Repository;
import java.util.Map;

/**
 * An S3 store: versitygw, whose buckets are folders. Its read-only endpoint is a server of its own.
 */
final class VersityStore implements ObjectStore {
  private static final String ROOT = "root";
  private static final int ADMIN_PORT = 9001;
  private static final int READING_PORT = 9010;

  private static final String BUCKETS = StoreHost.OBJECTS + "/buckets";
  private static final String METADATA = StoreHost.OBJECTS + "/metadata";
  private static final String VERSIONS = StoreHost.OBJECTS + "/versions";

  private final StoreHost on;

  private VersityStore(StoreHost on) {
    this.on = on;
  }

  static VersityStore start(StoreHost on) {
    on.environment(
        Map.of("ROOT_ACCESS_KEY", ROOT, "ROOT_SECRET_KEY", on.key(ROOT), "NAME", "versitygw"));
    on.must(
        "making its folders", "mkdir -p %s %s".formatted(folders(on), StoreHost.FOLDER + "/iam"));
    HostService service =
        on.serve(
            "20-object-store",
            "/opt/servers/versitygw --port 0.0.0.0:%d --admin-port 127.0.0.1:%d %s posix %s"
                .formatted(on.state().port(), ADMIN_PORT, common(on), posix(on)));
    VersityStore store = new VersityStore(on);
    on.await("the object store answers", store.admin("list-users", ""), service);
    on.must("making the bucket", store.bucket());
    return store;
  }

  private static String folders(StoreHost on) {
    return "%s %s%s".formatted(BUCKETS, METADATA, on.state().versions() ? " " + VERSIONS : "");
  }

  /** Without metadata no upload in parts comes to its end, which pgBackRest makes above 5 MiB. */
  private static String posix(StoreHost on) {
    return (on.state().versions() ? "--versioning-dir " + VERSIONS + " " : "")
        + "--sidecar %s %s".formatted(METADATA, BUCKETS);
  }

  private static String common(StoreHost on) {
    return "--cert %1$s/server.crt --key %1$s/server.key --region %2$s --iam-dir %1$s/iam --iam-cache-disable --quiet"
        .formatted(StoreHost.FOLDER, on.state().region());
  }

  private String bucket() {
    String url =
        "https://%s:%d/%s".formatted(on.state().endpoint(), on.state().port(), on.state().bucket());
    String lock = on.state().versions() ? "-H 'x-amz-bucket-object-lock-enabled: true' " : "";
    return signed("-X PUT " + lock + url, "");
  }

  /** A request of root's; curl reads key and body from its standard input. */
  private String signed(String request, String body) {
    return """
        body='%1$s'
        { printf 'user = "%%s:%%s"\n' "$ROOT_ACCESS_KEY" "$ROOT_SECRET_KEY"
          [ -z "$body" ] || printf 'data-binary = "%%s"\n' "$body"; } |
          curl -sSf -m 20 -K - --aws-sigv4 aws:amz:%2$s:s3 --cacert %3$s/ca.crt \
            -H "x-amz-content-sha256: $(printf %%s "$body" | sha256sum | cut -d ' ' -f 1)" %4$s
        """
        .formatted(body, on.state().region(), StoreHost.FOLDER, request);
  }

  private String admin(String verb, String options) {
    return "ADMIN_ACCESS_KEY_ID=$ROOT_ACCESS_KEY ADMIN_SECRET_ACCESS_KEY=$ROOT_SECRET_KEY /opt/servers/versitygw admin --region %s --endpoint-url http://127.0.0.1:%d %s %s"
        .formatted(on.state().region(), ADMIN_PORT, verb, options);
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
    on.must(
        "making the account " + account,
        signed(
            "-X PATCH http://127.0.0.1:%d/create-user".formatted(ADMIN_PORT),
            "<Account><Access>%s</Access><Secret>%s</Secret><Role>admin</Role></Account>"
                .formatted(account, on.key(account))));
    return new Credentials.Keys(account, on.key(account));
  }

  @Override
  public void revoke(String account) {
    on.must("revoking the account " + account, admin("delete-user", "-a '%s'".formatted(account)));
  }

  @Override
  public ReadOnlyEndpoint openReadOnly(String account) {
    HostService service =
        on.serve(
            "21-object-store-read-only",
            "/opt/servers/versitygw --port 0.0.0.0:%d %s --readonly posix %s"
                .formatted(READING_PORT, common(on), posix(on)));
    on.awaitPort(READING_PORT, service);
    return new ReadOnlyEndpoint(READING_PORT, new Credentials.Keys(account, on.key(account)));
  }

  @Override
  public Repository view(Credentials credentials, int port) {
    return Repositories.open(on.location(port), credentials);
  }

  @Override
  public Repository view() {
    return view(new Credentials.Keys(ROOT, on.key(ROOT)), on.state().port());
  }
}
