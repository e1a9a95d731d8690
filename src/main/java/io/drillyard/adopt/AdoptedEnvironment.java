package io.drillyard.adopt;

import io.drillyard.declaration.PatroniValue;
import io.drillyard.declaration.UnsupportedSiteFeature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** The files of an adopted environment, with addresses of the lab alone. */
final class AdoptedEnvironment {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
          .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
          .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .build();

  private final AdoptedSite site;
  private final String image;

  AdoptedEnvironment(AdoptedSite site, String image) {
    this.site = site;
    this.image = image;
  }

  String name() {
    String lower = site.scope.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
    return lower.matches("[a-z].*") ? lower : "adopted";
  }

  Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(name() + ".yaml", environment());
    files.put("inventories/" + name() + ".yaml", inventory());
    files.put("repositories/" + name() + ".yaml", repository());
    files.put("contexts.yaml", contexts());
    return files;
  }

  private boolean beside() {
    // Where nothing else is known etcd stands on hosts of its own: then no drill takes it away by
    // the way.
    return !site.etcdHosts.isEmpty()
        && !site.memberHosts.isEmpty()
        && site.memberHosts.containsAll(site.etcdHosts);
  }

  private List<String> etcd() {
    List<String> members = site.allMembers();
    return beside() && site.etcd <= members.size()
        ? members.subList(0, site.etcd)
        : IntStream.rangeClosed(1, site.etcd).mapToObj(i -> "etcd" + i).toList();
  }

  private String environment() {
    Map<String, Object> cluster = new LinkedHashMap<>();
    cluster.put("serves", true);
    if (!clusterName().equals(site.scope)) {
      cluster.put("scope", site.scope);
    }
    cluster.put("members", site.allMembers());
    cluster.put("etcd", etcd());
    Map<String, Object> security = new LinkedHashMap<>();
    if (site.etcdSecurity.tls()) {
      security.put("tls", true);
    }
    if (site.etcdSecurity.authentication()) {
      security.put("authentication", true);
    }
    put(cluster, "etcd_security", security);
    Map<String, Object> patroni = new LinkedHashMap<>(site.patroni);
    patroni.put("postgresql", site.postgresql);
    cluster.put("patroni", patroni);
    put(cluster, "parameters", site.parameters);
    put(cluster, "tags", site.tags);
    put(cluster, "pgbackrest", site.pgbackrest);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("description", "What " + site.scope + " runs, as far as a lab can have it");
    all.put("lane", "baseline");
    all.put("image", image);
    all.put("inventory_state_ref", "inventories/" + name() + ".yaml");
    all.put("repo_state_ref", "repositories/" + name() + ".yaml");
    put(
        all,
        "not_carried",
        site.notCarried.stream()
            .collect(
                Collectors.toMap(
                    UnsupportedSiteFeature::word,
                    UnsupportedSiteFeature::words,
                    (one, other) -> one,
                    LinkedHashMap::new)));
    all.put(
        "storage",
        Map.of(
            "kind",
            "memory",
            "limits",
            new java.util.TreeMap<>(Map.of("root", "256MiB", "data", "1GiB", "etcd", "256MiB"))));
    all.put("clusters", Map.of(clusterName(), cluster));
    all.put("route", route());
    return "# yaml-language-server: $schema=../src/main/resources/schema/environment.schema.json\n"
        + YAML.writeValueAsString(all);
  }

  /** The scope, where it can be a name: a scope may begin with a digit. */
  private String clusterName() {
    return Character.isLetter(site.scope.charAt(0)) ? site.scope : "adopted";
  }

  private static void put(Map<String, Object> into, String key, Map<?, ?> map) {
    if (!map.isEmpty()) {
      into.put(key, map);
    }
  }

  private Map<String, Object> route() {
    Map<String, Object> route = new LinkedHashMap<>();
    if (!site.proxy) {
      route.put("kind", "multi-host");
      return route;
    }
    route.put("kind", "haproxy");
    route.put("hosts", List.of("lb1"));
    site.route.forEach(
        (key, value) ->
            route.put(
                key,
                key.startsWith("check_") && value.matches("[0-9]+")
                    ? Integer.valueOf(value)
                    : value));
    return route;
  }

  private String inventory() {
    StringBuilder text =
        new StringBuilder(
            "# Addresses of the lab, and none of the site's.\nsites:\n  - name: onprem\n");
    text.append("    subnet: 198.18.1.0/24\n    hosts:\n");
    int number = 11;
    List<String> members = site.allMembers();
    for (String member : members) {
      text.append("      - {name: %s, address: 198.18.1.%d}\n".formatted(member, number++));
    }
    for (String etcd : etcd()) {
      if (!members.contains(etcd)) {
        text.append("      - {name: %s, address: 198.18.1.%d}\n".formatted(etcd, number++));
      }
    }
    text.append("      - {name: repo1, address: 198.18.1.31}\n");
    text.append("      - {name: lb1, address: 198.18.1.41}\n");
    return text.toString();
  }

  private String repository() {
    Map<String, Object> repository = new LinkedHashMap<>();
    repository.put("type", site.repositoryType);
    repository.put("host", "repo1");
    repository.put("endpoint", site.repositoryType + ".drillyard.test");
    repository.put("port", 9000);
    if (site.repositoryType.equals("s3")) {
      repository.put("region", "drillyard-1");
    }
    if (site.repositoryType.equals("azure")) {
      repository.put("account", "drillyard");
    }
    repository.put("bucket", "drillyard-backups");
    repository.put("path", "/pgbackrest");
    repository.put("retention_full", site.retentionFull);
    return "# A store of the lab, of the kind that the site uses.\n"
        + YAML.writeValueAsString(repository);
  }

  /** Patroni's settings bound a recovery from below: an example that could not be met is none. */
  private String contexts() {
    boolean synchronous = PatroniValue.synchronous(site.patroni.get("synchronous_mode"));
    long recovery = number("ttl", 30) + number("loop_wait", 10) + number("retry_timeout", 10) + 15;
    return """
        # What the adopted cluster promises, per disruption. The figures are examples: write yours first.
        contexts:
          adopted:
            description: The cluster that was adopted; every figure here is an example
            rpo_class: %s
            rto_class: fast
            replication:
              within_site: %s
              across_sites: optional
            backup_age: 26h
            proof_cadence: 7d
            targets:
              node-loss: {failover: automatic, rto: %ds, rpo: %s, redundancy: 3m, serves_while_held: true}
              planned-maintenance: {failover: automatic, rto: 15s, rpo: 0 transactions, redundancy: 3m, serves_while_held: true}
              partition: {failover: automatic, rto: %3$ds, rpo: %4$s, redundancy: 3m, serves_while_held: true}
              consensus-loss: {failover: automatic, rto: %3$ds, rpo: %4$s, redundancy: 3m, serves_while_held: false}
              process-freeze: {failover: automatic, rto: %3$ds, rpo: %4$s, redundancy: 3m, serves_while_held: true}
        """
        .formatted(
            synchronous ? "none" : "short",
            synchronous ? "synchronous" : "asynchronous",
            recovery,
            synchronous ? "0 transactions" : "30s");
  }

  private long number(String key, long otherwise) {
    Long number = PatroniValue.whole(site.patroni.get(key));
    return number == null ? otherwise : number;
  }
}
