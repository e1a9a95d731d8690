package io.drillyard.cluster;

import io.drillyard.declaration.EtcdSecurity;
import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An etcd cluster, one member per host. On the data network it is plain, or has TLS with
 * certificates on both sides; on the management network and on the host itself, where the harness
 * asks, it is always plain HTTP. With authentication Patroni's user may use its namespace alone,
 * and the harness asks as root.
 */
public final class Etcd {
  private static final Duration MOVE_LIMIT = Duration.ofSeconds(60);

  /** etcd's client port. */
  public static final int CLIENT_PORT = 2379;

  /** etcd's peer port. */
  public static final int PEER_PORT = 2380;

  /** The file on etcd's hosts by which a script of the lab is root at it. */
  private static final String LOGIN = "/etc/drillyard/etcd-login";

  private static final String PATRONI = "patroni";
  private static final JsonMapper JSON = new JsonMapper();

  private final String token;
  private final EtcdSecurity security;
  private final RunSecrets secrets;
  private final List<Host> hosts;
  private final List<HostService> services = new ArrayList<>();

  /**
   * Of these hosts; nothing is started yet.
   *
   * @param token tells this etcd cluster from another
   * @param secrets where passwords come from
   */
  public Etcd(String token, List<Host> hosts, EtcdSecurity security, RunSecrets secrets) {
    this.token = token;
    this.security = security;
    this.secrets = secrets;
    this.hosts = List.copyOf(hosts);
    for (Host host : hosts) {
      services.add(new HostService(host, "10-etcd", "root", argv(host)));
    }
  }

  private List<String> argv(Host host) {
    String clients = scheme() + host.dataAddress() + ":" + CLIENT_PORT;
    List<String> words =
        new ArrayList<>(
            List.of(
                "/usr/bin/etcd",
                "--name=" + host.name(),
                "--data-dir=/var/lib/etcd/member",
                "--listen-client-urls="
                    + (security.tls()
                        ? "%s,http://127.0.0.1:%d,http://%s:%d"
                            .formatted(clients, CLIENT_PORT, host.managementAddress(), CLIENT_PORT)
                        : "http://0.0.0.0:" + CLIENT_PORT),
                "--advertise-client-urls=" + clients,
                "--listen-peer-urls=" + scheme() + "0.0.0.0:" + PEER_PORT,
                "--initial-advertise-peer-urls=" + peerUrl(host),
                "--initial-cluster=" + initialCluster(),
                "--initial-cluster-token=" + token,
                "--initial-cluster-state=new"));
    if (security.tls()) {
      words.addAll(EtcdCertificates.server());
    }
    return words;
  }

  private String scheme() {
    return security.tls() ? "https://" : "http://";
  }

  /** Where a member is reached by its peers. */
  public String peerUrl(Host host) {
    return scheme() + host.dataAddress() + ":" + PEER_PORT;
  }

  /** All members with their peer addresses, as etcd's command line takes them. */
  public String initialCluster() {
    return hosts.stream().map(h -> h.name() + "=" + peerUrl(h)).collect(Collectors.joining(","));
  }

  /**
   * Starts all members and returns when they answer with a leader, and ask for a name where they
   * are to.
   *
   * @param clients hosts of Patroni
   */
  public void start(List<Host> clients) {
    if (security.tls()) {
      EtcdCertificates certificates = EtcdCertificates.by(hosts.getFirst());
      hosts.forEach(h -> certificates.give(h, EtcdCertificates.SERVER, "root"));
      clients.forEach(h -> certificates.give(h, EtcdCertificates.CLIENT, "postgres"));
    }
    services.parallelStream().forEach(HostService::install);
    BoundedWait.until(
        "etcd " + token + " answers", Duration.ofSeconds(30), this::healthy, this::describe);
    if (security.authentication()) {
      authenticate();
    }
  }

  /** From now on only root and Patroni's user are let in; the latter to its own keys. */
  private void authenticate() {
    String login = "root:" + secrets.of("etcd root password");
    hosts.forEach(h -> h.write(LOGIN, login, "root", "0600"));
    String script =
        """
        set -e; export ETCDCTL_API=3 ETCDCTL_ENDPOINTS=http://127.0.0.1:%1$d
        etcdctl user add '%2$s'
        etcdctl role add %3$s
        etcdctl role grant-permission %3$s readwrite /service/ --prefix=true
        etcdctl user add '%3$s:%4$s'
        etcdctl user grant-role %3$s %3$s
        etcdctl auth enable
        """
            .formatted(CLIENT_PORT, login, PATRONI, secrets.of("etcd password of Patroni"));
    hosts.getFirst().run(Command.of("bash", "-s").reading(script).within(MOVE_LIMIT));
    BoundedWait.until(
        "etcd " + token + " asks for a name", MOVE_LIMIT, this::healthy, this::describe);
  }

  /** The password of etcd's root; null where nobody has to log in. */
  public @Nullable String rootPassword() {
    return security.authentication() ? secrets.of("etcd root password") : null;
  }

  /** What Patroni's file says of it. */
  Map<String, Object> patroni() {
    Map<String, Object> etcd3 = new LinkedHashMap<>();
    etcd3.put("hosts", dataEndpoints());
    if (security.tls()) {
      etcd3.putAll(EtcdCertificates.patroni());
    }
    if (security.authentication()) {
      etcd3.put("username", PATRONI);
      etcd3.put("password", secrets.of("etcd password of Patroni"));
    }
    return etcd3;
  }

  /** Hosts of the members. */
  public List<Host> hosts() {
    return hosts;
  }

  /** Client endpoints over the management network. */
  public List<String> managementEndpoints() {
    return hosts.stream().map(h -> "http://" + h.managementAddress() + ":" + CLIENT_PORT).toList();
  }

  private List<String> dataEndpoints() {
    return hosts.stream().map(h -> h.dataAddress() + ":" + CLIENT_PORT).toList();
  }

  /** True when a linearizable read answers on some member: there is a quorum. */
  public boolean healthy() {
    return hosts.stream().anyMatch(h -> h.power().isOn() && ctl(h, "get", "health").ok());
  }

  /** A key's value, or null when it is not there. */
  public @Nullable String get(String key) {
    for (Host host : hosts) {
      if (host.power().isOn()) {
        CommandResult result = host.attempt(command("get", "--print-value-only", key).looking());
        if (result.ok()) {
          return result.stdout().isEmpty() ? null : result.stdout().strip();
        }
      }
    }
    return null;
  }

  /** Host name of the member that leads, or null. */
  public @Nullable String leader() {
    for (Host host : hosts) {
      JsonNode status = status(host);
      if (status != null && id(status, "leader") != 0) {
        for (Host other : hosts) {
          JsonNode of = status(other);
          if (of != null && memberId(of) == id(status, "leader")) {
            return other.name();
          }
        }
      }
    }
    return null;
  }

  /**
   * Moves etcd's leader to the member on that host; nothing happens when it is there. On a busy
   * machine a leader may just not be there, or may not answer: it is asked again.
   */
  public void moveLeaderTo(String hostName) {
    BoundedWait.until(
        "etcd leader on " + hostName, MOVE_LIMIT, () -> leads(hostName), this::describe);
  }

  /** True when that member leads; otherwise whoever does is told to hand over to it. */
  private boolean leads(String hostName) {
    String now = leader();
    JsonNode status = now == null ? null : status(byName(hostName));
    if (now != null && status != null && !hostName.equals(now)) {
      ctl(byName(now), "move-leader", Long.toHexString(memberId(status)));
    }
    return hostName.equals(now);
  }

  private Host byName(String name) {
    return hosts.stream().filter(h -> h.name().equals(name)).findFirst().orElseThrow();
  }

  private @Nullable JsonNode status(Host host) {
    if (!host.power().isOn()) {
      return null;
    }
    CommandResult result = ctl(host, "endpoint", "status", "-w", "json");
    if (!result.ok()) {
      return null;
    }
    return JSON.readTree(result.stdout()).path(0).path("Status");
  }

  private static long memberId(JsonNode status) {
    return id(status.path("header"), "member_id");
  }

  /** Identifiers are unsigned 64-bit numbers, wider than a Java long prints. */
  private static long id(JsonNode node, String field) {
    return node.path(field).isMissingNode()
        ? 0
        : Long.parseUnsignedLong(node.path(field).asString());
  }

  /**
   * The words of a shell by which the host's own member is asked, as root where one has to log in.
   *
   * @param timeout of one command, as etcdctl writes it
   */
  public static String ctl(String timeout) {
    return "ETCDCTL_API=3 ETCDCTL_USER=\"$(cat %s 2>/dev/null)\" etcdctl --command-timeout=%s --endpoints=http://127.0.0.1:%d "
        .formatted(LOGIN, timeout, CLIENT_PORT);
  }

  private static CommandResult ctl(Host host, String... words) {
    return host.attempt(command(words));
  }

  private static Command command(String... words) {
    String line =
        Stream.of(words)
            .map(w -> w.matches("[\\w./=-]+") ? w : Command.quoted(w))
            .collect(Collectors.joining(" "));
    return Command.sh(ctl("2s") + line).within(Duration.ofSeconds(4));
  }

  private String describe() {
    return hosts.stream()
        .map(h -> h.name() + (h.power().isOn() ? " on" : " off"))
        .collect(Collectors.joining(", "));
  }
}
