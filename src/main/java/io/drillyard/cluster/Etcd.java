package io.drillyard.cluster;

import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An etcd cluster, one member per host, plain HTTP inside the lab. */
public final class Etcd {
  private static final Duration MOVE_LIMIT = Duration.ofSeconds(60);

  /** etcd's client port. */
  public static final int CLIENT_PORT = 2379;

  /** etcd's peer port. */
  public static final int PEER_PORT = 2380;

  private static final JsonMapper JSON = new JsonMapper();

  private final String token;
  private final List<Host> hosts;
  private final List<Service> services = new ArrayList<>();

  /**
   * Of these hosts; nothing is started yet.
   *
   * @param token tells this etcd cluster from another
   */
  public Etcd(String token, List<Host> hosts) {
    this.token = token;
    this.hosts = List.copyOf(hosts);
    for (Host host : hosts) {
      services.add(new Service(host, "10-etcd", "root", argv(host)));
    }
  }

  private List<String> argv(Host host) {
    String own = "http://" + host.dataAddress() + ":";
    String peers =
        hosts.stream()
            .map(h -> h.name() + "=http://" + h.dataAddress() + ":" + PEER_PORT)
            .collect(Collectors.joining(","));
    return List.of(
        "/usr/bin/etcd",
        "--name=" + host.name(),
        "--data-dir=/var/lib/etcd/member",
        "--listen-client-urls=http://0.0.0.0:" + CLIENT_PORT,
        "--advertise-client-urls=" + own + CLIENT_PORT,
        "--listen-peer-urls=http://0.0.0.0:" + PEER_PORT,
        "--initial-advertise-peer-urls=" + own + PEER_PORT,
        "--initial-cluster=" + peers,
        "--initial-cluster-token=" + token,
        "--initial-cluster-state=new");
  }

  /** Starts all members and returns when they answer with a leader. */
  public void start() {
    services.parallelStream().forEach(Service::install);
    Await.until(
        "etcd " + token + " answers", Duration.ofSeconds(30), this::healthy, this::describe);
  }

  /** Hosts of the members. */
  public List<Host> hosts() {
    return hosts;
  }

  /** Client endpoints over the management network. */
  public List<String> managementEndpoints() {
    return hosts.stream().map(h -> "http://" + h.managementAddress() + ":" + CLIENT_PORT).toList();
  }

  /** Client endpoints over the data network, as Patroni is told them. */
  public List<String> dataEndpoints() {
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
        CommandResult result = ctl(host, "get", "--print-value-only", key);
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
    Await.until("etcd leader on " + hostName, MOVE_LIMIT, () -> leads(hostName), this::describe);
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

  private static CommandResult ctl(Host host, String... words) {
    List<String> argv =
        new ArrayList<>(List.of("env", "ETCDCTL_API=3", "etcdctl", "--command-timeout=2s"));
    argv.add("--endpoints=http://127.0.0.1:" + CLIENT_PORT);
    argv.addAll(List.of(words));
    return host.attempt(new Command(argv, Duration.ofSeconds(4), "root", null));
  }

  private String describe() {
    return hosts.stream()
        .map(h -> h.name() + (h.power().isOn() ? " on" : " off"))
        .collect(Collectors.joining(", "));
  }
}
