package io.drillyard.cluster;

import io.drillyard.declaration.Environment;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import java.util.List;

/** HAProxy in front of a cluster: it asks each Patroni's REST interface who the primary is. */
public final class HaProxy {
  /** Where clients connect. */
  public static final int PORT = 5000;

  private HaProxy() {}

  /** Writes the configuration and starts it on a host of the route. */
  public static void start(Host host, Environment.Route route, List<Host> members) {
    host.write("/etc/haproxy/drillyard.cfg", configuration(route, members), "root", "0644");
    host.run(Command.of("haproxy", "-c", "-f", "/etc/haproxy/drillyard.cfg"));
    new HostService(
            host,
            "30-haproxy",
            "root",
            List.of("/usr/sbin/haproxy", "-db", "-f", "/etc/haproxy/drillyard.cfg"))
        .install();
  }

  /** The configuration's text. */
  static String configuration(Environment.Route route, List<Host> members) {
    StringBuilder text =
        new StringBuilder(
            """
            global
              maxconn 1000
            defaults
              mode tcp
              log global
              timeout connect %dms
              timeout client 1h
              timeout server 1h
              timeout check %dms
            listen primary
              bind *:%d
              option httpchk OPTIONS /primary
              http-check expect status 200
              default-server inter %dms fastinter %dms fall %d rise %d on-marked-down shutdown-sessions
            """
                .formatted(
                    route.connectTimeout().toMillis(),
                    route.checkInterval().toMillis() * 2,
                    PORT,
                    route.checkInterval().toMillis(),
                    route.checkInterval().toMillis(),
                    route.checkFall(),
                    route.checkRise()));
    for (Host member : members) {
      text.append(
          "  server %s %s:5432 check port %d\n"
              .formatted(member.name(), member.dataAddress(), Patroni.REST_PORT));
    }
    return text.toString();
  }
}
