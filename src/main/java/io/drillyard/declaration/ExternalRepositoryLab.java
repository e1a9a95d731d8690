package io.drillyard.declaration;

import io.drillyard.declaration.Environment.HostPlan;
import io.drillyard.declaration.Environment.Inventory;
import io.drillyard.declaration.Environment.Load;
import io.drillyard.declaration.Environment.RepositoryState;
import io.drillyard.declaration.Environment.Route;
import io.drillyard.declaration.Environment.SitePlan;
import io.drillyard.declaration.Environment.Storage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The lab for a restore test of an external repository: a sandbox, and at another site the only
 * host that it may reach, which carries its connections to the endpoint.
 */
public final class ExternalRepositoryLab {
  /** The sandbox. */
  public static final String SANDBOX = "sandbox1";

  /** The host that stands for the endpoint. */
  public static final String RELAY = "relay1";

  /** Its site. */
  public static final String OUTSIDE = "outside";

  private ExternalRepositoryLab() {}

  /**
   * The lab.
   *
   * @param options of pgBackRest, passed through
   */
  static Environment environment(
      String name, String image, Map<String, String> options, ExternalRepository repository) {
    return new Environment(
        name,
        "baseline",
        image,
        false,
        new Storage("disk", Map.of()),
        new Inventory(
            repository.file(),
            List.of(
                new SitePlan(
                    OUTSIDE,
                    "198.18.250.0/24",
                    List.of(new HostPlan(RELAY, OUTSIDE, "198.18.250.11"))),
                new SitePlan(
                    "sandbox",
                    "198.18.251.0/24",
                    List.of(new HostPlan(SANDBOX, "sandbox", "198.18.251.11"))))),
        null,
        new RepositoryState(
            repository.file(),
            repository.type(),
            RELAY,
            repository.endpoint(),
            repository.port(),
            repository.region(),
            repository.account(),
            repository.bucket(),
            repository.path(),
            // Whoever owns it expires by its own rules; by none of ours does anything expire.
            0,
            false),
        null,
        List.of(
            new ClusterPlan(
                repository.stanza(),
                "patroni",
                true,
                null,
                null,
                repository.stanza(),
                List.of(),
                List.of(),
                EtcdSecurity.NONE,
                Map.of(),
                Map.of(),
                options,
                repository.path(),
                1,
                Map.of())),
        new Route(
            "multi-host",
            List.of(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            1,
            1),
        new Load(1, 1, 1, Duration.ofSeconds(1), Duration.ofSeconds(1)),
        Map.of(),
        Set.of());
  }
}
