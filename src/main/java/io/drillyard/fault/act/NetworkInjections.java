package io.drillyard.fault.act;

import io.drillyard.fault.NetworkFault;
import io.drillyard.fault.NetworkFault.Narrow;
import io.drillyard.fault.NetworkFault.Spoiled;
import io.drillyard.fault.NetworkFault.Way;
import io.drillyard.fault.NetworkPlane;
import io.drillyard.fault.Who;
import io.drillyard.host.Host;
import io.drillyard.ledger.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** From faults of the network to what hosts are told. */
final class NetworkInjections {
  private static final int PROXY_PORT = 18_474;
  private static final int CONTROL_PORT = 18_475;

  private NetworkInjections() {}

  static Injection of(String name, NetworkFault fault, FaultTargetHosts parts) {
    return switch (fault) {
      case NetworkFault.Cut cut -> new CutInjection(name, cut, parts);
      case NetworkFault.Partition partition -> partition(name, partition, parts);
      case NetworkFault.SiteCut cut -> siteCut(parts);
      case NetworkFault.Flapping flapping ->
          new FlappingInjection(new CutInjection(name, flapping.cut(), parts), flapping);
      case Narrow narrow -> narrow(name, narrow, parts);
      case Spoiled spoiled -> spoiled(name, spoiled, parts);
    };
  }

  private static Injection partition(
      String name, NetworkFault.Partition partition, FaultTargetHosts parts) {
    Map<Host, List<Host>> unseen = PartitionShapes.unseen(partition.shape(), parts);
    List<HostScript> acts = new ArrayList<>();
    List<Reachability.Path> paths = new ArrayList<>();
    unseen.forEach(
        (host, others) -> {
          if (!others.isEmpty()) {
            List<String> addresses = others.stream().map(Host::dataAddress).toList();
            NftablesFilter filter =
                new NftablesFilter(ShellSnippets.safe(name), addresses, Way.BOTH, List.of());
            acts.add(HostScript.passing(host, filter.apply(), filter.undo(), "", ""));
            // Any port will do: an answer of any kind says that packets pass.
            others.forEach(
                o -> paths.add(Reachability.Path.between(host, o, "any", NetworkPlane.SQL.port())));
          }
        });
    return new PathInjection(new ShellInjection(acts), paths);
  }

  private static Injection siteCut(FaultTargetHosts parts) {
    String site = parts.hosts(Who.PRIMARY_SITE).get(0).site();
    String link = "to-" + site;
    HostScript act =
        HostScript.passing(
            parts.yard().router(),
            "ip link set " + link + " down",
            "ip link set " + link + " up",
            "",
            "");
    List<Reachability.Path> paths = new ArrayList<>();
    for (Host near : parts.yard().hostsAt(site)) {
      for (Host far : parts.yard().hosts()) {
        if (!far.site().equals(site)) {
          paths.add(Reachability.Path.between(near, far, "any", NetworkPlane.SQL.port()));
        }
      }
    }
    return new PathInjection(ShellInjection.of(act), paths);
  }

  /**
   * An htb class of the wanted rate. Its witness is the kernel's own account of what the class sent
   * in a second: no more than the rate, and something, or nothing at all was there to send.
   */
  private static Injection narrow(String name, Narrow narrow, FaultTargetHosts parts) {
    String table = ShellSnippets.safe(name);
    String ports =
        narrow.planes().stream()
            .map(p -> Integer.toString(p.port()))
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    String mark =
        narrow.planes().isEmpty()
            ? ""
            : """
              nft -f - <<'RULES'
              table inet %1$s {
                chain out { type route hook output priority 0; policy accept;
                  oifname "eth0" tcp dport { %2$s } meta priority set 1:10
                  oifname "eth0" tcp sport { %2$s } meta priority set 1:10
                }
              }
              RULES
              """
                .formatted(table, ports);
    String apply =
        """
        tc qdisc add dev eth0 root handle 1: htb default %s
        tc class add dev eth0 parent 1: classid 1:10 htb rate %dkbit ceil %dkbit
        tc class add dev eth0 parent 1: classid 1:20 htb rate 10gbit
        """
                .formatted(
                    narrow.planes().isEmpty() ? "10" : "20", narrow.kilobits(), narrow.kilobits())
            + mark;
    String undo =
        "tc qdisc del dev eth0 root 2>/dev/null; nft delete table inet %s 2>/dev/null; ! tc class show dev eth0 | grep -q '1:10'"
            .formatted(table);
    String look =
        """
        sent() { tc -s class show dev eth0 classid 1:10 | awk '/Sent/ {print $2}'; }
        a=$(sent); [ -n "$a" ] || { echo 'no class of that rate'; exit 1; }
        sleep 1; b=$(sent)
        echo "$(( (b - a) * 8 / 1000 )) kbit in a second at a rate of %1$d kbit/s"
        [ $(( (b - a) * 8 / 1000 )) -le $(( %1$d * 13 / 10 + 40 )) ]
        """
            .formatted(narrow.kilobits());
    return new ShellInjection(
        parts.hosts(narrow.who()).stream()
            .map(h -> HostScript.passing(h, apply, undo, look, "the kernel's account of the class"))
            .toList());
  }

  /**
   * A proxy at the server's side: what comes for the port is redirected to it, and connections that
   * were open before are reset, or they would go on beside it.
   */
  private static Injection spoiled(String name, Spoiled spoiled, FaultTargetHosts parts) {
    List<HostScript> acts = new ArrayList<>();
    int port =
        spoiled.plane() == NetworkPlane.ARCHIVE
            ? parts.environment().repository().port()
            : spoiled.plane().port();
    for (Host host : parts.hosts(spoiled.servers())) {
      acts.add(proxied(name, spoiled, host, port));
    }
    return new ShellInjection(acts);
  }

  private static HostScript proxied(String name, Spoiled spoiled, Host host, int port) {
    String table = ShellSnippets.safe(name);
    int proxy = PROXY_PORT + port % 1000;
    int control = CONTROL_PORT + 1000 + port % 1000;
    String api = "http://127.0.0.1:" + control;
    Map<String, String> words = new LinkedHashMap<>();
    words.put("TABLE", table);
    words.put("PORT", Integer.toString(port));
    words.put("PROXY", Integer.toString(proxy));
    words.put("CONTROL", Integer.toString(control));
    words.put("API", api);
    words.put("ADDRESS", host.dataAddress());
    words.put("TOXIC", toxic(spoiled));
    String apply =
        """
        setsid /opt/servers/toxiproxy-server -host 127.0.0.1 -port CONTROL </dev/null >/var/log/TABLE.log 2>&1 &
        echo $! > /run/TABLE.pid
        for i in $(seq 50); do curl -sf API/version >/dev/null && break; sleep 0.05; done
        curl -sf -d '{"name": "path", "listen": "0.0.0.0:PROXY", "upstream": "ADDRESS:PORT", "enabled": true}' API/proxies >/dev/null
        curl -sf -d 'TOXIC' API/proxies/path/toxics >/dev/null
        nft -f - <<'RULES'
        table ip TABLE {
          chain pre { type nat hook prerouting priority -100; policy accept;
            iifname "eth0" tcp dport PORT redirect to :PROXY
          }
          chain in { type filter hook input priority 0; policy accept;
            iifname "eth0" tcp dport PORT counter reject with tcp reset
          }
        }
        RULES
        """;
    String undo =
        """
        nft delete table ip TABLE 2>/dev/null
        [ -f /run/TABLE.pid ] && kill -9 "$(cat /run/TABLE.pid)" 2>/dev/null
        rm -f /run/TABLE.pid
        ! nft list table ip TABLE 2>/dev/null
        """;
    String look =
        """
        toxics=$(curl -s -m2 API/proxies/path/toxics) || { echo 'no proxy answers'; exit 1; }
        nft list table ip TABLE >/dev/null 2>&1 || { echo 'nothing leads to the proxy'; exit 1; }
        echo "$toxics" | jq -e 'length > 0' >/dev/null || { echo 'the proxy spoils nothing'; exit 1; }
        echo "the proxy says: $toxics"
        """;
    return HostScript.passing(
        host, fill(apply, words), fill(undo, words), fill(look, words), "proxy on the path");
  }

  private static String fill(String script, Map<String, String> words) {
    String filled = script;
    for (Map.Entry<String, String> word : words.entrySet()) {
      filled = filled.replace(word.getKey(), word.getValue());
    }
    return filled;
  }

  private static String toxic(Spoiled spoiled) {
    long ms = spoiled.amount().toMillis();
    return switch (spoiled.toxic()) {
      case LATENCY -> type("latency", "\"latency\": " + ms);
      case JITTER -> type("latency", "\"latency\": %d, \"jitter\": %d".formatted(ms, ms));
      case SLOW_CLOSE -> type("slow_close", "\"delay\": " + ms);
      case RESET -> type("reset_peer", "\"timeout\": " + ms);
      case STALL -> type("timeout", "\"timeout\": 0");
      case TRICKLE ->
          type("slicer", "\"average_size\": 64, \"size_variation\": 16, \"delay\": " + ms * 1000);
    };
  }

  private static String type(String type, String attributes) {
    return "{\"type\": \"%s\", \"stream\": \"downstream\", \"attributes\": {%s}}"
        .formatted(type, attributes);
  }

  /** Shell acts whose witnesses are the paths that they must silence. */
  private record PathInjection(ShellInjection shell, List<Reachability.Path> paths)
      implements Injection {
    @Override
    public List<String> targets() {
      return shell.targets();
    }

    @Override
    public String undo() {
      return shell.undo();
    }

    @Override
    public void apply(Runnable inForce) {
      shell.apply(inForce);
    }

    @Override
    public void heal(Runnable gone) {
      shell.heal(gone);
    }

    @Override
    public List<Sight> look(boolean expected) {
      List<Sight> sights = new ArrayList<>();
      for (Event.Reached reached : Reachability.measure(paths)) {
        sights.add(
            new Sight(
                Reachability.cut(reached, expected),
                reached.from(),
                "%s from %s: %s".formatted(reached.to(), reached.from(), reached.result())));
      }
      return sights;
    }
  }
}
