package io.drillyard.fault.act;

import io.drillyard.fault.NetworkFault.Way;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Packets that a host drops on its data network, as one transaction of nftables in its own
 * namespace: all rules are in force at once or none is.
 *
 * @param table of nftables, the cut's own
 * @param addresses the far ends
 * @param ports of servers, TCP; empty: everything
 */
record NftablesFilter(String table, Collection<String> addresses, Way way, List<Integer> ports) {
  /** Before anything else sees a packet. */
  private static final int PRIORITY = -300;

  String rules() {
    StringBuilder rules = new StringBuilder("table inet " + table + " {\n");
    chain(rules, "input", "saddr", way != Way.TOWARDS, way != Way.FROM);
    chain(rules, "output", "daddr", way != Way.FROM, way != Way.TOWARDS);
    return rules.append("}\n").toString();
  }

  /**
   * One chain. On ports, requests go to the far end's port and come back from it; the other way
   * round for what the far end opens.
   *
   * @param mine packets that belong to the direction of this chain
   * @param other packets of the other direction's conversations
   */
  private void chain(StringBuilder rules, String hook, String end, boolean mine, boolean other) {
    rules.append(
        "  chain %s { type filter hook %s priority %d; policy accept;\n"
            .formatted(hook, hook, PRIORITY));
    String match =
        "ip %s { %s }"
            .formatted(end, addresses.stream().sorted().collect(Collectors.joining(", ")));
    if (ports.isEmpty()) {
      if (mine) {
        rules.append("    %s counter drop\n".formatted(match));
      }
    } else {
      String set = ports.stream().sorted().map(Object::toString).collect(Collectors.joining(", "));
      if (mine) {
        rules.append("    %s tcp dport { %s } counter drop\n".formatted(match, set));
      }
      if (other && way == Way.BOTH) {
        rules.append("    %s tcp sport { %s } counter drop\n".formatted(match, set));
      }
    }
    rules.append("  }\n");
  }

  /** Shell that puts it in force. */
  String apply() {
    return "nft -f - <<'RULES'\n" + rules() + "RULES\n";
  }

  /** Shell that takes it away, also when it is not there. */
  String undo() {
    return "nft delete table inet %1$s 2>/dev/null || ! nft list table inet %1$s 2>/dev/null"
        .formatted(table);
  }
}
