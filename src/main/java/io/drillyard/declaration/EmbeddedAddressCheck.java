package io.drillyard.declaration;

import io.drillyard.declaration.Environment.HostPlan;
import io.drillyard.declaration.Environment.Inventory;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds addresses, bucket and endpoint written into an environment. They stand in one file each, so
 * that one change reaches every drill.
 */
final class EmbeddedAddressCheck {
  private static final Set<String> NOWHERE = Set.of("127.0.0.1", "0.0.0.0");

  private final Map<String, String> hostByAddress;
  private final String inventoryFile;
  private final YamlNode repository;
  private final DeclarationProblems problems;

  EmbeddedAddressCheck(Inventory inventory, YamlNode repository, DeclarationProblems problems) {
    this.hostByAddress =
        inventory.sites().stream()
            .flatMap(s -> s.hosts().stream())
            .collect(Collectors.toMap(HostPlan::address, HostPlan::name, (a, b) -> a));
    this.inventoryFile = inventory.file();
    this.repository = repository;
    this.problems = problems;
  }

  /** All of a file, but for what cannot stand there anyway. */
  void check(YamlNode node) {
    if (problems.refused(node)) {
      return;
    }
    if (node.kind() == YamlNode.Kind.SCALAR) {
      addresses(node);
      word(node, repository.get("bucket"), "bucket name");
      word(node, repository.get("endpoint"), "endpoint");
    }
    node.fields().values().forEach(this::check);
    node.items().forEach(this::check);
  }

  private void addresses(YamlNode node) {
    Matcher m = Ipv4.ANYWHERE.matcher(node.raw());
    while (m.find()) {
      if (!NOWHERE.contains(m.group())) {
        String host = hostByAddress.get(m.group());
        problems.error(
            node,
            "duplicated literal: address " + m.group() + " belongs into the inventory only",
            host == null
                ? "Declare a host with it in " + inventoryFile + " and write that host's name"
                : "Write the host's name, '" + host + "'");
      }
    }
  }

  private void word(YamlNode node, YamlNode literal, String what) {
    if (literal.raw().isEmpty()) {
      return;
    }
    String whole = "(?<![A-Za-z0-9.-])" + Pattern.quote(literal.raw()) + "(?![A-Za-z0-9-])";
    if (Pattern.compile(whole).matcher(node.raw()).find()) {
      problems.error(
          node,
          "duplicated literal: "
              + what
              + " '"
              + literal.raw()
              + "' stands in "
              + literal.file()
              + ":"
              + literal.line(),
          "Delete it here: repo_state_ref already names that file");
    }
  }
}
