package io.drillyard.cluster;

import io.drillyard.host.Command;
import io.drillyard.host.Host;
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

  private static final String NOBODY = "/O=Drillyard lab";

  private final CertificateAuthority ca;

  private EtcdCertificates(CertificateAuthority ca) {
    this.ca = ca;
  }

  /** By a CA on that host. */
  static EtcdCertificates by(Host host) {
    return new EtcdCertificates(
        CertificateAuthority.make(host, SERVER + "/ca", 30, NOBODY + " CA"));
  }

  /** Gives a host a certificate and its key, for both sides of a connection, and the CA's. */
  void give(Host host, String folder, String owner) {
    String name = host.name();
    ca.sign(
        name,
        NOBODY,
        "subjectAltName=DNS:%s,IP:%s,IP:127.0.0.1".formatted(name, host.dataAddress()),
        "extendedKeyUsage=serverAuth,clientAuth");
    host.run(Command.sh("mkdir -p -m 700 %1$s && chown %2$s:%2$s %1$s".formatted(folder, owner)));
    host.write(folder + "/ca.crt", ca.read("ca.crt"), owner, "0600");
    host.write(folder + "/own.crt", ca.read(name + ".crt"), owner, "0600");
    host.write(folder + "/own.key", ca.read(name + ".key"), owner, "0600");
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
