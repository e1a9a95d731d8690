package io.drillyard.fault;

import io.drillyard.cluster.Etcd;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Packets dropped by nftables in the cut host's own namespace, on its data interface only. */
final class CutInjection implements Injection {
  private static final int POSTGRESQL = 5432;

  private final Host host;
  private final List<Host> others;
  private final List<Integer> ports;
  private final List<String> etcd;
  private final String table;

  CutInjection(
      String name, Host host, List<Host> others, List<Integer> ports, List<String> etcdHosts) {
    this.host = host;
    this.others = others;
    this.ports = ports;
    this.etcd = etcdHosts;
    this.table = "drillyard_" + name.replaceAll("[^a-z0-9]", "_");
  }

  @Override
  public List<String> targets() {
    List<String> names = new ArrayList<>(List.of(host.name()));
    others.forEach(o -> names.add(o.name()));
    return names;
  }

  @Override
  public String undo() {
    return host.name() + ": nft delete table inet " + table;
  }

  @Override
  public void apply(Runnable inForce) {
    String addresses =
        others.stream().map(Host::dataAddress).distinct().collect(Collectors.joining(", "));
    host.run(Command.of("nft", "-f", "-").reading(rules(table, addresses, ports)));
  }

  /** One transaction of nftables: all rules are in force at once or none is. */
  static String rules(String table, String addresses, List<Integer> ports) {
    StringBuilder rules = new StringBuilder("table inet " + table + " {\n");
    for (String[] chain : new String[][] {{"input", "saddr"}, {"output", "daddr"}}) {
      rules.append(
          "  chain %s { type filter hook %s priority -300; policy accept;\n"
              .formatted(chain[0], chain[0]));
      String match = "ip %s { %s }".formatted(chain[1], addresses);
      if (ports.isEmpty()) {
        rules.append("    %s counter drop\n".formatted(match));
      } else {
        String set = ports.stream().map(Object::toString).collect(Collectors.joining(", "));
        rules.append("    %s tcp sport { %s } counter drop\n".formatted(match, set));
        rules.append("    %s tcp dport { %s } counter drop\n".formatted(match, set));
      }
      rules.append("  }\n");
    }
    return rules.append("}\n").toString();
  }

  @Override
  public void heal(Runnable gone) {
    if (host.power().isOn()) {
      host.run(
          Command.sh(
              "nft delete table inet "
                  + table
                  + " 2>/dev/null || ! nft list table inet "
                  + table
                  + " 2>/dev/null"));
    }
  }

  @Override
  public List<Sight> look(boolean expected) {
    return others.parallelStream().map(other -> look(other, expected)).toList();
  }

  private Sight look(Host other, boolean expected) {
    if (!host.power().isOn()) {
      return new Sight(true, "power switch", host.name() + " is off: nothing passes");
    }
    int port =
        ports.isEmpty()
            ? (etcd.contains(other.name()) ? Etcd.CLIENT_PORT : POSTGRESQL)
            : ports.get(0);
    Reach out = Reach.of(host, other.dataAddress(), port);
    String seen = "TCP %s:%d from %s: %s".formatted(other.name(), port, host.name(), out.name());
    if (ports.isEmpty()) {
      Reach back = Reach.of(other, host.dataAddress(), POSTGRESQL);
      seen += "; back: " + back.name();
      if (out.passes() != back.passes()) {
        // Half a cut is neither in force nor gone: say whichever of the two the drill cannot use.
        return new Sight(!expected, host.name() + " and " + other.name(), "only half: " + seen);
      }
      return new Sight(!out.passes(), host.name() + " and " + other.name(), seen);
    }
    return new Sight(!out.passes(), host.name(), seen);
  }
}
