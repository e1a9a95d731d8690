package io.drillyard.cluster;

import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.repository.Credentials;
import io.drillyard.repository.S3Repository;
import io.drillyard.target.Environment;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The S3 server of an environment on its own host: versitygw over TLS, with a certificate of a CA
 * that is made for this run, and one account per site that may use the bucket.
 */
public final class ObjectStore {
  private static final String FOLDER = "/etc/drillyard/store";
  private static final int ADMIN_PORT = 9001;

  private final Host host;
  private final Environment.RepositoryState state;
  private final Secrets secrets;
  private final String caCertificate;

  private ObjectStore(Host host, Environment.RepositoryState state, Secrets secrets, String ca) {
    this.host = host;
    this.state = state;
    this.secrets = secrets;
    this.caCertificate = ca;
  }

  /** Starts the server and returns when it answers. */
  public static ObjectStore start(Host host, Environment.RepositoryState state, Secrets secrets) {
    String ca = certificates(host, state.endpoint());
    host.write(
        FOLDER + "/env",
        "ROOT_ACCESS_KEY=root\nROOT_SECRET_KEY=" + secrets.of("object store root key") + "\n",
        "root",
        "0600");
    host.run(Command.of("mkdir", "-p", "/srv/objects/" + state.bucket(), FOLDER + "/iam"));
    String line =
        "set -a; . %s/env; exec /opt/servers/versitygw --port 0.0.0.0:%d --cert %s/server.crt"
                .formatted(FOLDER, state.port(), FOLDER)
            + " --key %s/server.key --admin-port 127.0.0.1:%d --region %s --iam-dir %s/iam"
                .formatted(FOLDER, ADMIN_PORT, state.region(), FOLDER)
            + " --iam-cache-disable --quiet posix --nometa /srv/objects";
    new Service(host, "20-object-store", "root", List.of("bash", "-c", line)).install();
    ObjectStore store = new ObjectStore(host, state, secrets, ca);
    Await.until(
        "the object store answers",
        Duration.ofSeconds(20),
        () -> store.admin("list-users", "").ok(),
        () -> store.admin("list-users", "").tail());
    return store;
  }

  private static String certificates(Host host, String name) {
    host.run(
        Command.sh(
                """
                set -e; mkdir -p -m 700 %1$s; cd %1$s
                openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \\
                  -subj '/CN=Drillyard lab CA' -keyout ca.key -out ca.crt 2>/dev/null
                openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \\
                  -subj '/CN=%2$s' -keyout server.key -out server.csr 2>/dev/null
                openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 \\
                  -extfile <(echo 'subjectAltName=DNS:%2$s') -out server.crt 2>/dev/null
                """
                    .formatted(FOLDER, name))
            .within(Duration.ofSeconds(30)));
    return host.read(FOLDER + "/ca.crt");
  }

  /** The CA's certificate, PEM. */
  public String caCertificate() {
    return caCertificate;
  }

  /** Creates an account that may use the bucket. */
  public Credentials grant(String account) {
    Credentials credentials =
        new Credentials(account, secrets.of("object store key of " + account));
    var result =
        admin(
            "create-user", "-a '%s' -s '%s' -r admin".formatted(account, credentials.secretKey()));
    if (!result.ok()) {
      throw new io.drillyard.host.HostException(
          "object store account " + account + " was not created: " + secrets.redact(result.tail()));
    }
    return credentials;
  }

  /** Takes an account away; requests signed with its key are denied from then on. */
  public void revoke(String account) {
    var result = admin("delete-user", "-a '%s'".formatted(account));
    if (!result.ok()) {
      throw new io.drillyard.host.HostException(
          "object store account " + account + " was not revoked: " + result.tail());
    }
  }

  /** Over standard input, so that no key stands on a command line. */
  private io.drillyard.host.CommandResult admin(String verb, String options) {
    String script =
        "set -a; . %s/env; ADMIN_ACCESS_KEY_ID=$ROOT_ACCESS_KEY ADMIN_SECRET_ACCESS_KEY=$ROOT_SECRET_KEY /opt/servers/versitygw admin --region %s --endpoint-url http://127.0.0.1:%d %s %s"
            .formatted(FOLDER, state.region(), ADMIN_PORT, verb, options);
    return host.attempt(Command.of("bash", "-s").reading(script));
  }

  /**
   * A second door to the same bucket that lets everybody read whom the first one lets in, and
   * nobody write: what a restore test is given.
   */
  public void openReadOnly(int port) {
    String line =
        "set -a; . %1$s/env; exec /opt/servers/versitygw --port 0.0.0.0:%2$d --cert %1$s/server.crt --key %1$s/server.key --region %3$s --iam-dir %1$s/iam --iam-cache-disable --readonly --quiet posix --nometa /srv/objects"
            .formatted(FOLDER, port, state.region());
    new Service(host, "21-object-store-read-only", "root", List.of("bash", "-c", line)).install();
    Await.until(
        "the read-only door answers",
        Duration.ofSeconds(20),
        () -> listens(port),
        () -> host.attempt(Command.of("tail", "/var/log/21-object-store-read-only.log")).stdout());
  }

  private boolean listens(int port) {
    return host.attempt(Command.sh("exec 3<>/dev/tcp/127.0.0.1/" + port)).ok();
  }

  /** The view of somebody who was granted an account, through one of the doors. */
  public S3Repository view(Credentials credentials, int port) {
    return new S3Repository(
        URI.create("https://" + state.endpoint() + ":" + port),
        state.region(),
        state.bucket(),
        credentials,
        caCertificate);
  }

  /** The harness's own view of the bucket, over the management network. */
  public S3Repository view() {
    Credentials root = new Credentials("root", secrets.of("object store root key"));
    return new S3Repository(
        URI.create("https://" + state.endpoint() + ":" + state.port()),
        state.region(),
        state.bucket(),
        root,
        caCertificate);
  }
}
