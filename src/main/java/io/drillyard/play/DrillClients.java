package io.drillyard.play;

import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.HaProxy;
import io.drillyard.declaration.Environment;
import io.drillyard.host.Host;
import io.drillyard.host.Testbed;
import io.drillyard.scenario.Drill;
import io.drillyard.workload.ClientSettings;
import io.drillyard.workload.LoadClient;
import io.drillyard.workload.WorkloadSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Who writes in a drill: routed clients at sites, and writers pinned to each member. */
final class DrillClients {
  private DrillClients() {}

  /** The sites at which routed clients stand. */
  static List<String> sites(SystemUnderTest system, Drill drill) {
    List<String> sites = system.yard().sites();
    if (drill.clients() == Drill.Clients.AT_OTHER_SITES && sites.size() > 1) {
      String first = system.serving().members().get(0).site();
      return sites.stream().filter(s -> !s.equals(first)).toList();
    }
    return sites;
  }

  static List<LoadClient> routed(SystemUnderTest system, Drill drill) {
    String url = url(system);
    return sites(system, drill).stream()
        .map(
            site ->
                new LoadClient(
                    "routed@" + site, site, system.yard().clientAddress(site), null, url))
        .toList();
  }

  private static String url(SystemUnderTest system) {
    Environment.Route route = system.environment().route();
    Testbed yard = system.yard();
    if (route.kind().equals("haproxy")) {
      return "jdbc:postgresql://%s/%s"
          .formatted(
              route.hosts().stream()
                  .map(h -> yard.host(h).dataAddress() + ":" + HaProxy.PORT)
                  .collect(Collectors.joining(",")),
              system.database());
    }
    String hosts =
        system.clusters().stream()
            .flatMap(c -> c.members().stream())
            .map(m -> m.dataAddress() + ":5432")
            .collect(Collectors.joining(","));
    return "jdbc:postgresql://%s/%s?targetServerType=primary&hostRecheckSeconds=%d"
        .formatted(hosts, system.database(), Math.max(1, route.hostRecheck().toSeconds()));
  }

  static List<LoadClient> pinned(SystemUnderTest system, Cluster cluster) {
    List<LoadClient> clients = new ArrayList<>();
    for (Host member : cluster.members()) {
      for (String site : system.yard().sites()) {
        clients.add(
            new LoadClient(
                "pinned:" + member.name() + "@" + site,
                site,
                system.yard().clientAddress(site),
                member.name(),
                "jdbc:postgresql://%s:5432/%s".formatted(member.dataAddress(), system.database())));
      }
    }
    return clients;
  }

  static ClientSettings settings(SystemUnderTest system) {
    Environment.Load load = system.environment().load();
    Environment.Route route = system.environment().route();
    Map<String, String> members = new HashMap<>();
    for (Cluster cluster : system.clusters()) {
      cluster.members().forEach(m -> members.put(m.dataAddress(), m.name()));
    }
    return new ClientSettings(
        load.routedPerSecond(),
        load.pinnedPerSecond(),
        load.connections(),
        load.giveUp(),
        route.connectTimeout(),
        route.socketTimeout(),
        load.outageThreshold(),
        WorkloadSchema.CLIENT_ROLE,
        system.secrets().of("client password"),
        address -> members.getOrDefault(address, address));
  }

  /** How long clients may take to come to an end. */
  static Duration drain(SystemUnderTest system) {
    return system.environment().route().socketTimeout().plusSeconds(3);
  }
}
