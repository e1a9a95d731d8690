package io.drillyard.restore.play;

import io.drillyard.cluster.PgBackRest;
import io.drillyard.cluster.PgBackRestRepository;
import io.drillyard.cluster.Secrets;
import io.drillyard.cluster.Service;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.host.Yard;
import io.drillyard.host.lab.LabProgram.Inside;
import io.drillyard.host.lab.RelayDoor;
import io.drillyard.repository.Location;
import io.drillyard.repository.Repositories;
import io.drillyard.repository.Repository;
import io.drillyard.repository.StoreType;
import io.drillyard.target.Abroad;
import io.drillyard.target.ExternalRepository;
import io.drillyard.target.RestorePolicy;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tests of somebody else's repository. The sandbox reaches one host, which carries its connections
 * to the launcher's relay and so to the declared endpoint; TLS is from end to end. Nothing here
 * writes, not even to find out whether it could.
 */
final class Visit {
  private static final String CONFIGURATION = "/etc/haproxy/relay.cfg";

  private final RestorePolicy policy;
  private final ExternalRepository external;
  private final Inside inside;
  private final Yard yard;
  private final Entrusted entrusted;

  private Visit(
      RestorePolicy policy,
      ExternalRepository external,
      Inside inside,
      Yard yard,
      Entrusted entrusted) {
    this.policy = policy;
    this.external = external;
    this.inside = inside;
    this.yard = yard;
    this.entrusted = entrusted;
  }

  /** Takes what the launcher entrusted to the lab; it appears in no report. */
  static Visit of(
      RestorePolicy policy,
      ExternalRepository external,
      Inside inside,
      Yard yard,
      Secrets secrets) {
    Entrusted entrusted = Entrusted.read(inside.entrusted());
    for (String secret : entrusted.credentials().secrets()) {
      secrets.keep("repository's secret", secret);
    }
    return new Visit(policy, external, inside, yard, entrusted);
  }

  void run(Series series) throws IOException {
    if (!series.order().tamperings().isEmpty()) {
      throw new HostException("somebody else's repository is never damaged");
    }
    Host relay = yard.host(Abroad.RELAY);
    Host sandbox = yard.host(policy.sandbox());
    String own = yard.clientAddress(Abroad.OUTSIDE);
    try (RelayDoor door = RelayDoor.open(inside, own, external.port());
        Repository reading = Repositories.open(location(), entrusted.credentials())) {
      carry(relay, door.address());
      Fence fence = new Fence(yard, sandbox, relay, external.port(), external.port());
      fence.up();
      PgBackRestRepository repository =
          new PgBackRestRepository(
              policy.environment().repository(),
              external.path(),
              entrusted.credentials(),
              entrusted.ca());
      series.undamaged(
          new Setting(
              policy,
              new Vault(reading, external.path(), external.stanza()),
              Sandbox.on(sandbox, new PgBackRest(external.stanza()), repository, policy),
              fence,
              fence.tried(),
              external.stanza(),
              List.of(),
              null,
              versions(sandbox)));
    }
  }

  private Location location() {
    return new Location(
        StoreType.of(external.type()),
        URI.create("https://" + external.endpoint() + ":" + external.port()),
        external.region(),
        external.bucket(),
        entrusted.ca());
  }

  /** The relay's host listens where the endpoint would, and knows one way on. */
  private void carry(Host relay, String own) {
    relay.write(
        CONFIGURATION,
        """
        defaults
          mode tcp
          timeout connect 20s
          timeout client 10m
          timeout server 10m
        listen relay
          bind *:%1$d
          server launcher %2$s:%1$d
        """
            .formatted(external.port(), own),
        "root",
        "0644");
    relay.run(Command.of("haproxy", "-c", "-f", CONFIGURATION));
    new Service(relay, "30-relay", "root", List.of("/usr/sbin/haproxy", "-db", "-f", CONFIGURATION))
        .install();
  }

  private static Map<String, String> versions(Host sandbox) {
    Map<String, String> versions = new LinkedHashMap<>();
    String script =
        "dpkg-query -W -f '${Package} ${Version}\\n' 'postgresql-1*' pgbackrest 2>/dev/null"
            + " | grep -v -- '-1[0-9]-'";
    for (String line : sandbox.run(Command.sh(script)).stdout().lines().toList()) {
      String[] words = line.split(" ", 2);
      versions.put(words[0] + " of the sandbox", words[1]);
    }
    return versions;
  }
}
