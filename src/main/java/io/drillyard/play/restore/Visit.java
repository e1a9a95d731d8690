package io.drillyard.play.restore;

import io.drillyard.cluster.PgBackRest;
import io.drillyard.cluster.Secrets;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.host.Yard;
import io.drillyard.host.lab.ControlDoor;
import io.drillyard.host.lab.LabProgram.Inside;
import io.drillyard.target.ExternalRepository;
import io.drillyard.target.RestorePolicy;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tests of somebody else's repository, through a {@link Passage}. Nothing here writes, not even to
 * find out whether it could.
 */
final class Visit {
  private final RestorePolicy policy;
  private final ExternalRepository external;
  private final Inside inside;
  private final Yard yard;
  private final Secrets secrets;

  Visit(
      RestorePolicy policy,
      ExternalRepository external,
      Inside inside,
      Yard yard,
      Secrets secrets) {
    this.policy = policy;
    this.external = external;
    this.inside = inside;
    this.yard = yard;
    this.secrets = secrets;
  }

  void run(Series series) throws IOException {
    if (!series.order().tamperings().isEmpty()) {
      throw new HostException("somebody else's repository is never damaged");
    }
    try (Passage passage = Passage.open(policy, external, inside, yard, secrets)) {
      Host sandbox = passage.sandbox();
      series.undamaged(
          new Setting(
              policy,
              passage.vault(external),
              Sandbox.on(sandbox, new PgBackRest(external.stanza()), passage.repository(), policy),
              passage.fence(),
              passage.fence().tried(),
              external.stanza(),
              List.of(),
              null,
              versions(sandbox),
              new Silence(
                  "the control endpoint " + external.control(), () -> ControlDoor.ask(inside))));
    }
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
