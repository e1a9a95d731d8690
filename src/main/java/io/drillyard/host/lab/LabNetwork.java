package io.drillyard.host.lab;

import io.drillyard.declaration.Environment;
import java.util.List;

/** Bridges, the router's set-up, and the harness's client addresses. */
final class LabNetwork {
  /** Last octet of the harness's own address at a site. */
  static final int CLIENT = 200;

  private LabNetwork() {}

  /** An address of a site's /24 by its last octet. */
  static String address(Environment.SitePlan site, int last) {
    String network = site.subnet().substring(0, site.subnet().indexOf('/'));
    return network.substring(0, network.lastIndexOf('.') + 1) + last;
  }

  /**
   * One bridge per site and one for management. The bridges of the sites have no address here: a
   * bridge with an address would let the kernel route around a cut.
   */
  static void makeBridges(List<Environment.SitePlan> sites) {
    StringBuilder batch = new StringBuilder();
    batch.append("link add mgmt type bridge\naddr add 198.19.255.1/24 dev mgmt\n");
    batch.append("link set mgmt up\n");
    for (int i = 0; i < sites.size(); i++) {
      String own = address(sites.get(i), CLIENT);
      int table = 100 + i;
      batch.append("link add site%d type bridge\nlink set site%d up\n".formatted(i, i));
      batch.append("link add c%d type veth peer name cb%d\n".formatted(i, i));
      batch.append("link set cb%d master site%d up\n".formatted(i, i));
      batch.append("link set c%d up\naddr add %s/32 dev c%d\n".formatted(i, own, i));
      // What leaves from a site's client address leaves through that site and no other way.
      batch.append("rule add from %s lookup %d\n".formatted(own, table));
      batch.append(
          "route add %s dev c%d src %s table %d\n".formatted(sites.get(i).subnet(), i, own, table));
      batch.append(
          "route add default via %s dev c%d src %s table %d\n"
              .formatted(address(sites.get(i), 1), i, own, table));
    }
    LabResources.must(List.of("ip", "-batch", "-"), batch.toString());
  }

  /** Takes back what {@link #makeBridges} made, so that one process can build labs in turn. */
  static void removeBridges(List<Environment.SitePlan> sites) {
    StringBuilder batch = new StringBuilder("link del mgmt\n");
    for (int i = 0; i < sites.size(); i++) {
      batch.append("link del c%d\nlink del site%d\n".formatted(i, i));
      batch.append(
          "rule del from %s lookup %d\n".formatted(address(sites.get(i), CLIENT), 100 + i));
    }
    LabResources.must(List.of("ip", "-batch", "-"), batch.toString());
  }

  /** Makes a host with one interface per site a router between them. */
  static String routerScript(List<Environment.SitePlan> sites) {
    StringBuilder script = new StringBuilder("set -e; echo 1 > /proc/sys/net/ipv4/ip_forward\n");
    for (Environment.SitePlan site : sites) {
      script.append(
          "ip addr add %s/24 dev to-%s; ip link set to-%s up\n"
              .formatted(address(site, 1), site.name(), site.name()));
    }
    return script.toString();
  }
}
