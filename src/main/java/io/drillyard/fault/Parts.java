package io.drillyard.fault;

import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.Service;
import io.drillyard.host.Host;
import io.drillyard.host.Yard;
import java.util.ArrayList;
import java.util.List;

/**
 * Who plays which part at one moment.
 *
 * @param primary member that holds the leader key
 */
public record Parts(Yard yard, Cluster cluster, String primary) {
  /** The primary's host. */
  public Host primaryHost() {
    return cluster.member(primary);
  }

  /** The hosts of a part. */
  public List<Host> hosts(Who who) {
    return switch (who) {
      case PRIMARY -> List.of(primaryHost());
      case REPLICAS -> cluster.members().stream().filter(m -> !m.name().equals(primary)).toList();
      case ETCD -> otherEtcd();
      case ETCD_MAJORITY -> {
        int size = cluster.etcd().hosts().size();
        yield new ArrayList<>(otherEtcd()).subList(0, size - (size - 1) / 2);
      }
      case PRIMARY_SITE -> yard.hostsAt(primaryHost().site());
    };
  }

  private List<Host> otherEtcd() {
    return cluster.etcd().hosts().stream().filter(h -> !h.name().equals(primary)).toList();
  }

  /** A service of a member by its plain name. */
  Service service(Host host, String name) {
    return switch (name) {
      case "patroni" -> cluster.patroni(host.name());
      case "etcd" -> new Service(host, "10-etcd", "root", List.of());
      default -> throw new IllegalArgumentException("no service named " + name);
    };
  }
}
