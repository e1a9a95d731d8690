package io.drillyard.declaration;

import io.drillyard.declaration.Environment.HostPlan;
import io.drillyard.declaration.Environment.Inventory;
import io.drillyard.declaration.Environment.SitePlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads and checks an inventory: sites, hosts, addresses. */
final class InventoryFile {
  private static final Set<String> RESERVED_NAMES = Set.of("localhost", "router", "client");
  private static final Map<Integer, String> RESERVED_ADDRESSES =
      Map.of(0, "the network", 1, "the router", 200, "the harness's client", 255, "broadcast");

  private final Path path;
  private final DeclarationProblems problems;
  private final Map<String, YamlNode> names = new HashMap<>();
  private final Map<Long, String> addresses = new HashMap<>();
  private final List<HostPlan> hosts = new ArrayList<>();
  private final List<SitePlan> sites = new ArrayList<>();
  private final List<Map.Entry<String, Ipv4>> subnets = new ArrayList<>();

  private InventoryFile(Path path, DeclarationProblems problems) {
    this.path = path;
    this.problems = problems;
  }

  /** What could be made of the file; only to be used further if no error was found. */
  static Inventory read(Path path, DeclarationProblems problems) {
    return new InventoryFile(path, problems).read();
  }

  private Inventory read() {
    YamlNode root = YamlReader.read(path, problems);
    if (root.present()) {
      SchemaCheck.of("inventory").check(root, problems);
      root.get("sites").items().forEach(this::site);
    }
    return new Inventory(path.toString(), List.copyOf(sites));
  }

  private void site(YamlNode site) {
    String name = site.get("name").raw();
    if (sites.stream().anyMatch(s -> s.name().equals(name))) {
      problems.error(site.get("name"), "two sites of the name '" + name + "'", "Rename one");
    }
    if (site.get("hosts").kind() == YamlNode.Kind.LIST && site.get("hosts").items().isEmpty()) {
      problems.error(
          site.get("hosts"), "site '" + name + "' has no hosts", "Add a host or delete the site");
    }
    Optional<Ipv4> subnet = subnet(site.get("subnet"), name);
    int first = hosts.size();
    site.get("hosts").items().forEach(h -> host(h, name, subnet));
    List<HostPlan> own = List.copyOf(hosts.subList(first, hosts.size()));
    sites.add(new SitePlan(name, site.get("subnet").raw(), own));
  }

  private Optional<Ipv4> subnet(YamlNode at, String site) {
    if (!at.present()) {
      return Optional.empty();
    }
    Optional<Ipv4> parsed = Ipv4.network(at.raw());
    if (parsed.isEmpty() || parsed.get().bits() != 24) {
      String form = "Write a /24 whose last number is 0, such as 198.18.1.0/24";
      problems.error(at, "subnet '" + at.raw() + "' is not a /24 network", form);
      return Optional.empty();
    }
    Ipv4 subnet = parsed.get();
    if (!Ipv4.LAB.contains(subnet)) {
      problems.error(
          at,
          "subnet " + at.raw() + " is outside the lab's range 198.18.0.0/15",
          "Choose one such as 198.18.1.0/24: that range is reserved for tests, nothing real is hit");
    }
    if (Ipv4.MANAGEMENT.overlaps(subnet)) {
      problems.error(
          at,
          "subnet " + at.raw() + " is reserved for the management network",
          "Choose another /24 inside 198.18.0.0/15, such as 198.18.1.0/24");
    }
    for (Map.Entry<String, Ipv4> other : subnets) {
      if (other.getValue().overlaps(subnet)) {
        problems.error(
            at,
            "subnet " + at.raw() + " overlaps that of site '" + other.getKey() + "'",
            "Give each site a /24 of its own: a cut between sites must separate them");
      }
    }
    subnets.add(Map.entry(site, subnet));
    return parsed;
  }

  private void host(YamlNode host, String site, Optional<Ipv4> subnet) {
    YamlNode at = host.get("name");
    String name = at.raw();
    YamlNode first = at.present() ? names.putIfAbsent(name.toLowerCase(Locale.ROOT), at) : null;
    if (first != null) {
      problems.error(
          at,
          "two hosts of the name '" + name + "', the first at line " + first.line(),
          "Rename one: names are unique across all sites, in any case of letters");
    }
    if (RESERVED_NAMES.contains(name.toLowerCase(Locale.ROOT))) {
      problems.error(at, "the name '" + name + "' is the harness's own", "Choose another name");
    }
    if (host.get("address").present()) {
      address(host.get("address"), name, subnet);
    }
    hosts.add(new HostPlan(name, site, host.get("address").raw()));
  }

  private void address(YamlNode at, String host, Optional<Ipv4> subnet) {
    Optional<Long> parsed = Ipv4.address(at.raw());
    if (parsed.isEmpty()) {
      problems.error(
          at, "'" + at.raw() + "' is not an IPv4 address", "Write one such as 198.18.1.11");
      return;
    }
    long address = parsed.get();
    String first = addresses.putIfAbsent(address, host);
    if (first != null) {
      problems.error(
          at,
          "address " + at.raw() + " is already that of host '" + first + "'",
          "Give each host an address of its own");
    }
    if (!Ipv4.LAB.contains(address)) {
      problems.error(
          at,
          "address " + at.raw() + " is outside the lab's range 198.18.0.0/15",
          "Choose one inside the site's subnet");
    } else if (subnet.isPresent() && !subnet.get().contains(address)) {
      problems.error(
          at,
          "address " + at.raw() + " is outside its site's subnet",
          "Choose one inside the subnet, or move the host to the site it belongs to");
    }
    String reserved = RESERVED_ADDRESSES.get((int) (address & 0xFF));
    if (reserved != null) {
      problems.error(
          at,
          "address " + at.raw() + " is reserved for " + reserved,
          "Choose a last number from 2 to 254 other than 200");
    }
  }
}
