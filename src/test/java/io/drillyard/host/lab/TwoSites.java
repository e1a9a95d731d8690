package io.drillyard.host.lab;

import io.drillyard.declaration.ClusterPlan;
import io.drillyard.declaration.Environment;
import io.drillyard.declaration.EtcdSecurity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Environments for tests: two hosts at each of two sites, always at the same addresses. */
public final class TwoSites {
  /** At this site stand {@code pg1} and {@code pg2}. */
  public static final String ONPREM = "onprem";

  /** At this site stand {@code dr1} and {@code repo1}. */
  public static final String CLOUD = "cloud";

  private TwoSites() {}

  /** In memory, with the limits that a volume has when none is declared. */
  public static Environment inMemory() {
    return with(new Environment.Storage("memory", Map.of()));
  }

  /** On storage of the caller's choice. */
  public static Environment with(Environment.Storage storage) {
    return with(storage, "s3", false);
  }

  /**
   * In memory, with a store of the caller's choice.
   *
   * @param versions that keeps them
   */
  public static Environment with(String store, boolean versions) {
    return with(new Environment.Storage("memory", Map.of("root", 1L << 30)), store, versions);
  }

  private static Environment with(Environment.Storage storage, String store, boolean versions) {
    ClusterPlan cluster =
        new ClusterPlan(
            "orders",
            "patroni",
            true,
            null,
            null,
            "orders",
            List.of("pg1", "pg2"),
            List.of("pg1", "pg2", "dr1"),
            EtcdSecurity.NONE,
            Map.of(),
            Map.of(),
            Map.of(),
            "/orders",
            1,
            Map.of());
    return new Environment(
        "two-sites-test",
        "baseline",
        "trixie",
        true,
        storage,
        inventory(),
        null,
        new Environment.RepositoryState(
            "repository.yaml",
            store,
            "repo1",
            store + ".drillyard.test",
            9000,
            store.equals("s3") || store.equals("minio") ? "lab" : "",
            store.equals("azure") ? "drillyard" : "",
            "backups",
            "/orders",
            2,
            versions),
        null,
        List.of(cluster),
        new Environment.Route(
            "multi-host",
            List.of(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            1,
            1),
        new Environment.Load(1, 1, 1, Duration.ofSeconds(1), Duration.ofSeconds(1)),
        Map.of(),
        Set.of());
  }

  private static Environment.Inventory inventory() {
    return new Environment.Inventory(
        "inventory.yaml",
        List.of(
            new Environment.SitePlan(
                ONPREM,
                "198.18.1.0/24",
                List.of(
                    new Environment.HostPlan("pg1", ONPREM, "198.18.1.11"),
                    new Environment.HostPlan("pg2", ONPREM, "198.18.1.12"))),
            new Environment.SitePlan(
                CLOUD,
                "198.18.2.0/24",
                List.of(
                    new Environment.HostPlan("dr1", CLOUD, "198.18.2.11"),
                    new Environment.HostPlan("repo1", CLOUD, "198.18.2.31")))));
  }
}
