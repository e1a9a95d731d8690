package io.drillyard.fault.act;

import io.drillyard.cluster.Cluster;
import io.drillyard.fault.Who;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.host.Yard;
import io.drillyard.target.Environment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who plays which part at one moment.
 *
 * @param database that the clients write to
 * @param primary member that holds the leader key
 * @param aim which parts were asked for, and the hosts that were named for them
 */
public record Parts(
    Yard yard,
    Cluster cluster,
    Environment environment,
    String database,
    String primary,
    Map<String, List<String>> aim) {

  /** Nobody was asked for yet. */
  public Parts(
      Yard yard, Cluster cluster, Environment environment, String database, String primary) {
    this(
        yard,
        cluster,
        environment,
        database,
        primary,
        Collections.synchronizedMap(new LinkedHashMap<>()));
  }

  /** The same, of which nobody has asked for anything: what it is asked for is no aim of this. */
  Parts unasked() {
    return new Parts(yard, cluster, environment, database, primary);
  }

  /** The primary's host. */
  public Host primaryHost() {
    return host(Who.PRIMARY);
  }

  private Host leading() {
    return cluster.member(primary);
  }

  /** The hosts of a part; an error when nobody plays it. */
  public List<Host> hosts(Who who) {
    List<Host> found = playing(who);
    aim.put(who.name(), found.stream().map(Host::name).toList());
    return found;
  }

  private List<Host> playing(Who who) {
    List<Host> found =
        switch (who) {
          case PRIMARY -> List.of(leading());
          case REPLICAS -> replicas();
          case REPLICA -> replicas().subList(0, 1);
          case OTHER_REPLICA -> replicas().subList(replicas().size() - 1, replicas().size());
          case UPSTREAM -> upstreams();
          case MEMBERS -> cluster.members();
          case ETCD -> otherEtcd();
          case ETCD_LEADER -> etcdLeader();
          case ETCD_FOLLOWER -> etcdFollower();
          case ETCD_MAJORITY -> {
            int size = cluster.etcd().hosts().size();
            yield new ArrayList<>(otherEtcd()).subList(0, size - (size - 1) / 2);
          }
          case PRIMARY_SITE -> yard.hostsAt(leading().site());
          case OTHER_SITES ->
              yard.hosts().stream().filter(h -> !h.site().equals(leading().site())).toList();
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
    return who == Who.CLIENTS
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
    cluster.members().forEach(h -> hosts.put(h.name(), h));
    cluster.etcd().hosts().forEach(h -> hosts.put(h.name(), h));
    return List.copyOf(hosts.values());
  }

  /** The members that do not lead, a synchronous one first. */
  private List<Host> replicas() {
    List<Host> others = new ArrayList<>();
    for (Host member : cluster.members()) {
      if (!member.name().equals(primary)) {
        others.add(member);
      }
    }
    if (cluster.plan().synchronous()) {
      List<String> synchronous = cluster.synchronousStandbys(primary);
      others.sort(java.util.Comparator.comparing(h -> !synchronous.contains(h.name())));
    }
    return others;
  }

  private List<Host> upstreams() {
    List<String> named = cluster.plan().members().stream().map(cluster.plan()::upstream).toList();
    return replicas().stream().filter(h -> named.contains(h.name())).limit(1).toList();
  }

  private List<Host> otherEtcd() {
    return cluster.etcd().hosts().stream().filter(h -> !h.name().equals(primary)).toList();
  }

  private List<Host> etcdLeader() {
    String leader = cluster.etcd().leader();
    return cluster.etcd().hosts().stream().filter(h -> h.name().equals(leader)).toList();
  }

  private List<Host> etcdFollower() {
    String leader = cluster.etcd().leader();
    return otherEtcd().stream().filter(h -> !h.name().equals(leader)).limit(1).toList();
  }
}
