package io.drillyard.declaration;

import io.drillyard.declaration.Environment.HostPlan;
import io.drillyard.declaration.Environment.Inventory;
import io.drillyard.declaration.Environment.SitePlan;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether an environment's sandbox is a host that can be kept from everything else. */
record SandboxChecks(Inventory inventory, DeclarationProblems problems) {
  /** Of an environment whose repository stands on that host. */
  void check(YamlNode root, YamlNode repositoryHost) {
    YamlNode sandbox = root.get("sandbox");
    if (!sandbox.present()) {
      return;
    }
    Set<String> names =
        inventory.sites().stream()
            .flatMap(site -> site.hosts().stream())
            .map(HostPlan::name)
            .collect(Collectors.toSet());
    if (!names.contains(sandbox.raw())) {
      problems.error(
          sandbox,
          "no host is called '" + sandbox.raw() + "' in the inventory",
          NameSuggestion.remedy(sandbox.raw(), names));
      return;
    }
    Set<String> used = new HashSet<>(root.at("route", "hosts").texts());
    used.add(repositoryHost.raw());
    root.get("clusters")
        .fields()
        .values()
        .forEach(
            cluster -> {
              used.addAll(cluster.get("members").texts());
              used.addAll(cluster.get("etcd").texts());
            });
    if (used.contains(sandbox.raw())) {
      busy(sandbox);
      return;
    }
    for (SitePlan site : inventory.sites()) {
      List<String> hosts = site.hosts().stream().map(HostPlan::name).toList();
      if (hosts.contains(sandbox.raw()) && hosts.size() > 1) {
        shares(sandbox, site.name());
      }
    }
  }

  /** It is used for something else. */
  void busy(YamlNode sandbox) {
    problems.error(
        sandbox,
        "'" + sandbox.raw() + "' has other work in this environment",
        "Name a host that nothing else uses");
  }

  /** It stands where others do. */
  void shares(YamlNode sandbox, String site) {
    problems.error(
        sandbox,
        "'" + sandbox.raw() + "' shares site '" + site + "' with other hosts",
        "Give it a site of its own: only then a router can keep it from everything else");
  }
}
