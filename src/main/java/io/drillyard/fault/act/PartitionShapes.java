package io.drillyard.fault.act;

import io.drillyard.fault.NetworkFault.Shape;
import io.drillyard.fault.Who;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who does not see whom in a partition of a given shape. */
final class PartitionShapes {
  private static final int LEAST_OF_A_RING = 5;
  private static final int LEAST_OF_A_BRIDGE = 3;

  private PartitionShapes() {}

  /** For each host the hosts that it does not see, always both ways. */
  static Map<Host, List<Host>> unseen(Shape shape, FaultTargetHosts parts) {
    List<Host> hosts = primaryFirst(parts);
    int size = hosts.size();
    return switch (shape) {
      case HALVES -> divided(hosts, (size + 1) / 2, -1);
      case PRIMARY_IN_MINORITY -> divided(hosts, (size - 1) / 2, -1);
      case PRIMARY_IN_MAJORITY -> divided(hosts, size / 2 + 1, -1);
      case BRIDGE -> {
        least(size, LEAST_OF_A_BRIDGE, shape);
        yield divided(hosts, size / 2, size - 1);
      }
      case RING -> {
        least(size, LEAST_OF_A_RING, shape);
        yield ring(hosts);
      }
    };
  }

  private static void least(int size, int least, Shape shape) {
    if (size < least) {
      throw new HostException(
          "%s needs %d hosts of members and etcd; there are %d"
              .formatted(shape.words(), least, size));
    }
  }

  /** Then the other members, one that is synchronous first, then etcd. */
  private static List<Host> primaryFirst(FaultTargetHosts parts) {
    Set<Host> hosts = new LinkedHashSet<>(List.of(parts.primaryHost()));
    hosts.addAll(parts.unasked().hosts(Who.REPLICAS));
    hosts.addAll(parts.all());
    return List.copyOf(hosts);
  }

  /**
   * Two sides.
   *
   * @param first how many are on the primary's side
   * @param bridge index of the one that both sides see; -1: none
   */
  private static Map<Host, List<Host>> divided(List<Host> hosts, int first, int bridge) {
    int cut = Math.max(1, first);
    Map<Host, List<Host>> unseen = new LinkedHashMap<>();
    for (int i = 0; i < hosts.size(); i++) {
      List<Host> others = new ArrayList<>();
      for (int j = 0; j < hosts.size(); j++) {
        if (i != bridge && j != bridge && i < cut != j < cut) {
          others.add(hosts.get(j));
        }
      }
      unseen.put(hosts.get(i), others);
    }
    return unseen;
  }

  private static Map<Host, List<Host>> ring(List<Host> hosts) {
    int size = hosts.size();
    Map<Host, List<Host>> unseen = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      List<Host> others = new ArrayList<>();
      for (int j = 0; j < size; j++) {
        int apart = Math.floorMod(i - j, size);
        if (apart > 1 && apart < size - 1) {
          others.add(hosts.get(j));
        }
      }
      unseen.put(hosts.get(i), others);
    }
    return unseen;
  }
}
