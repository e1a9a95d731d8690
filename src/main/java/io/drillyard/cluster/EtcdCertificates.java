package io.drillyard.cluster;

import io.drillyard.host.Command;
import io.drillyard.host.Host;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Certificates of an etcd cluster and of its clients, by a CA of the lab's own. None has a common
 * name: etcd would take it for a user's, and its JSON gateway, through which Patroni asks, hands on
 * the server's in place of the client's (etcd's documentation, Role-based access control).
 */
final class EtcdCertificates {
  /** Folder on etcd's hosts, root's. */
  static final String SERVER = "/etc/drillyard/etcd";

  /** Folder on Patroni's hosts, postgres's. */
  static final String CLIENT = "/etc/patroni/etcd";

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> FILES = List.of("ca.crt", "own.crt", "own.key");

  private final Host ca;

  private EtcdCertificates(Host ca) {
    this.ca = ca;
  }

  /** Makes the CA on a host, in a folder that root alone may read. */
  static EtcdCertificates by(Host ca) {
    ca.run(
        Command.sh(
                """
                set -e; mkdir -p -m 700 %1$s/ca; cd %1$s/ca
                openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 \\
                  -subj '/O=Drillyard lab CA' -keyout ca.key -out ca.crt 2>/dev/null
                """
                    .formatted(SERVER))
            .within(LIMIT));
    return new EtcdCertificates(ca);
  }

  /** Gives a host a certificate and its key, for both sides of a connection, and the CA's. */
  void give(Host host, String folder, String owner) {
    String made = SERVER + "/ca/" + host.name();
    ca.run(
        Command.sh(
                """
                set -e; mkdir -p %1$s; cd %1$s; cp ../ca.crt .
                openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \\
                  -subj '/O=Drillyard lab' -keyout own.key -out own.csr 2>/dev/null
                openssl x509 -req -in own.csr -CA ../ca.crt -CAkey ../ca.key -CAcreateserial -days 30 \\
                  -extfile <(printf 'subjectAltName=DNS:%2$s,IP:%3$s,IP:127.0.0.1\\nextendedKeyUsage=serverAuth,clientAuth\\n') \\
                  -out own.crt 2>/dev/null
                """
                    .formatted(made, host.name(), host.dataAddress()))
            .within(LIMIT));
    host.run(Command.sh("mkdir -p -m 700 %1$s && chown %2$s:%2$s %1$s".formatted(folder, owner)));
    for (String file : FILES) {
      host.write(folder + "/" + file, ca.read(made + "/" + file), owner, "0600");
    }
  }

  /** What Patroni's file says of them. */
  static Map<String, Object> patroni() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("protocol", "https");
    keys.put("cacert", CLIENT + "/ca.crt");
    keys.put("cert", CLIENT + "/own.crt");
    keys.put("key", CLIENT + "/own.key");
    return keys;
  }

  /** What an etcd server is told of them, towards clients and peers. */
  static List<String> server() {
    return List.of(
        "--client-cert-auth",
        "--trusted-ca-file=" + SERVER + "/ca.crt",
        "--cert-file=" + SERVER + "/own.crt",
        "--key-file=" + SERVER + "/own.key",
        "--peer-client-cert-auth",
        "--peer-trusted-ca-file=" + SERVER + "/ca.crt",
        "--peer-cert-file=" + SERVER + "/own.crt",
        "--peer-key-file=" + SERVER + "/own.key");
  }
}
