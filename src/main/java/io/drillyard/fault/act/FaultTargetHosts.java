package io.drillyard.fault.act;

import io.drillyard.cluster.Cluster;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.declaration.Environment;
import io.drillyard.fault.Who;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.host.Testbed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who plays which part at one moment.
 *
 * @param led the cluster that serves now, and who leads it
 * @param database that the clients write to
 * @param others any cluster that a plan speaks of, and who leads it now
 * @param aim which parts were asked for, and the hosts that were named for them
 * @param repository how faults reach the repositories; null: they do not
 */
public record FaultTargetHosts(
    Testbed yard,
    Led led,
    Environment environment,
    String database,
    Function<ClusterRef, Led> others,
    Map<String, List<String>> aim,
    @Nullable RepositoryAccess repository) {

  /** Between a part and the scope of the cluster in which it was played, in what is aimed at. */
  private static final String IN = "@";

  /**
   * A cluster and who leads it.
   *
   * @param primary member that holds the leader key
   */
  public record Led(Cluster cluster, String primary) {}

  /** Nobody was asked for yet. */
  public FaultTargetHosts(
      Testbed yard,
      Led led,
      Environment environment,
      String database,
      Function<ClusterRef, Led> others) {
    this(
        yard,
        led,
        environment,
        database,
        others,
        Collections.synchronizedMap(new LinkedHashMap<>()),
        null);
  }

  /** Of a yard in which no other cluster is spoken of. */
  public FaultTargetHosts(
      Testbed yard, Cluster cluster, Environment environment, String database, String primary) {
    this(
        yard,
        new Led(cluster, primary),
        environment,
        database,
        which -> {
          throw new HostException("nobody knows who leads " + which.words());
        });
  }

  /** The cluster that serves now. */
  public Cluster cluster() {
    return led.cluster();
  }

  /** Who leads it. */
  public String primary() {
    return led.primary();
  }

  /** The same, of which nobody has asked for anything: what it is asked for is no aim of this. */
  FaultTargetHosts unasked() {
    return new FaultTargetHosts(yard, led, environment, database, others).reaching(repository);
  }

  /** The same, where faults reach repositories that way. */
  public FaultTargetHosts reaching(@Nullable RepositoryAccess access) {
    return new FaultTargetHosts(yard, led, environment, database, others, aim, access);
  }

  /** How faults reach the repositories; an error where they do not. */
  RepositoryAccess repositoryAccess() {
    if (repository == null) {
      throw new HostException("faults do not reach the repositories of " + environment.name());
    }
    return repository;
  }

  /** The primary's host. */
  public Host primaryHost() {
    return host(Who.PRIMARY);
  }

  private static Host leading(Led in) {
    return in.cluster().member(in.primary());
  }

  /** The cluster in which somebody plays a part. */
  Cluster clusterOf(Who who) {
    return led(who).cluster();
  }

  private Led led(Who who) {
    ClusterRef which = who.cluster();
    return which == null ? led : others.apply(which);
  }

  /** Who leads the cluster in which somebody plays a part. */
  Who primaryOf(Who who) {
    ClusterRef which = who.cluster();
    return which == null ? Who.PRIMARY : Who.PRIMARY.of(which);
  }

  /** The hosts of a part; an error when nobody plays it. */
  public List<Host> hosts(Who who) {
    Led in = led(who);
    List<Host> found = playing(who, in);
    String part = who.role().name();
    aim.put(
        in.cluster().plan().serves() ? part : part + IN + in.cluster().scope(),
        found.stream().map(Host::name).toList());
    return found;
  }

  private List<Host> playing(Who who, Led in) {
    List<Host> found =
        switch (who.role()) {
          case PRIMARY -> List.of(leading(in));
          case REPLICAS -> replicas(in);
          case REPLICA -> replicas(in).subList(0, 1);
          case OTHER_REPLICA -> replicas(in).subList(replicas(in).size() - 1, replicas(in).size());
          case UPSTREAM -> upstreams(in);
          case MEMBERS -> in.cluster().members();
          case ETCD -> otherEtcd(in);
          case ETCD_LEADER -> etcdLeader(in);
          case ETCD_FOLLOWER -> etcdFollower(in);
          case ETCD_MAJORITY -> {
            int size = in.cluster().etcd().hosts().size();
            yield new ArrayList<>(otherEtcd(in)).subList(0, size - (size - 1) / 2);
          }
          case PRIMARY_SITE -> yard.hostsAt(leading(in).site());
          case OTHER_SITES ->
              yard.hosts().stream().filter(h -> !h.site().equals(leading(in).site())).toList();
          case STORE -> store();
          case ROUTE -> route();
          case CLIENTS -> throw new HostException("the clients are no host");
        };
    if (found.isEmpty()) {
      throw new HostException(environment.name() + " has nobody who plays " + who.words());
    }
    return found;
  }

  /** The one host of a part. */
  Host host(Who who) {
    return hosts(who).get(0);
  }

  /** Data addresses of a part, the clients' too. */
  List<String> addresses(Who who) {
    return who.equals(Who.CLIENTS)
        ? yard.sites().stream().map(yard::clientAddress).toList()
        : hosts(who).stream().map(Host::dataAddress).toList();
  }

  /** The host of the object store. */
  List<Host> store() {
    return List.of(yard.host(environment.repository().host()));
  }

  /** The hosts of HAProxy; empty when clients find the primary by themselves. */
  List<Host> route() {
    return environment.route().hosts().stream().map(yard::host).toList();
  }

  /** Members and etcd, each host once. */
  List<Host> all() {
    Map<String, Host> hosts = new LinkedHashMap<>();
    cluster().members().forEach(h -> hosts.put(h.name(), h));
    cluster().etcd().hosts().forEach(h -> hosts.put(h.name(), h));
    return List.copyOf(hosts.values());
  }

  /** The members that do not lead, a synchronous one first. */
  private static List<Host> replicas(Led in) {
    List<Host> others = new ArrayList<>();
    for (Host member : in.cluster().members()) {
      if (!member.name().equals(in.primary())) {
        others.add(member);
      }
    }
    if (in.cluster().plan().synchronous()) {
      List<String> synchronous = in.cluster().synchronousStandbys(in.primary());
      others.sort(java.util.Comparator.comparing(h -> !synchronous.contains(h.name())));
    }
    return others;
  }

  private static List<Host> upstreams(Led in) {
    List<String> named =
        in.cluster().plan().members().stream().map(in.cluster().plan()::upstream).toList();
    return replicas(in).stream().filter(h -> named.contains(h.name())).limit(1).toList();
  }

  private static List<Host> otherEtcd(Led in) {
    return in.cluster().etcd().hosts().stream()
        .filter(h -> !h.name().equals(in.primary()))
        .toList();
  }

  private static List<Host> etcdLeader(Led in) {
    String leader = in.cluster().etcd().leader();
    return in.cluster().etcd().hosts().stream().filter(h -> h.name().equals(leader)).toList();
  }

  private static List<Host> etcdFollower(Led in) {
    String leader = in.cluster().etcd().leader();
    return otherEtcd(in).stream().filter(h -> !h.name().equals(leader)).limit(1).toList();
  }
}
