package io.drillyard.play.restore;

import io.drillyard.cluster.PgBackRest;
import io.drillyard.cluster.RunSecrets;
import io.drillyard.declaration.ExternalRepository;
import io.drillyard.declaration.RestorePolicy;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.host.Testbed;
import io.drillyard.host.lab.ControlEndpointProbe;
import io.drillyard.host.lab.LabEntryPoint.Inside;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tests of an external repository, through a {@link ExternalRepositoryAccess}. Nothing here writes,
 * not even to find out whether it could.
 */
final class ExternalRepositoryTests {
  private final RestorePolicy policy;
  private final ExternalRepository external;
  private final Inside inside;
  private final Testbed yard;
  private final RunSecrets secrets;

  ExternalRepositoryTests(
      RestorePolicy policy,
      ExternalRepository external,
      Inside inside,
      Testbed yard,
      RunSecrets secrets) {
    this.policy = policy;
    this.external = external;
    this.inside = inside;
    this.yard = yard;
    this.secrets = secrets;
  }

  void run(RestoreTestSeries series) throws IOException {
    if (!series.order().scenarios().isEmpty()) {
      throw new HostException("an external repository is never damaged");
    }
    try (ExternalRepositoryAccess passage =
        ExternalRepositoryAccess.open(policy, external, inside, yard, secrets)) {
      Host sandbox = passage.sandbox();
      series.undamaged(
          new RepositoryUnderTest(
              policy,
              passage.vault(external),
              Sandbox.on(sandbox, new PgBackRest(external.stanza()), passage.repository(), policy),
              passage.fence(),
              passage.fence().tried(),
              external.stanza(),
              List.of(),
              null,
              versions(sandbox),
              new StoreSilenceCheck(
                  "the control endpoint " + external.control(),
                  () -> ControlEndpointProbe.ask(inside)),
              null));
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
