package io.drillyard.cluster;

import io.drillyard.declaration.Environment;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Versions of the programs that a drill depends on, as a member's packages tell them. */
final class ProgramVersions {
  private ProgramVersions() {}

  /** By package or program. */
  static Map<String, String> of(Host member, Environment environment) {
    Map<String, String> versions = new LinkedHashMap<>();
    String script =
        """
        dpkg-query -W -f '${Package} ${Version}\\n' 'postgresql-1*' patroni etcd-server pgbackrest haproxy 2>/dev/null | grep -v -- '-1[0-9]-'
        for store in %s; do
          case $store in
            s3) /opt/servers/versitygw --version 2>/dev/null | head -n 1 | sed 's/^[^0-9v]*/versitygw /';;
            *) cat /opt/servers-$store/versions;;
          esac
        done
        """
            .formatted(
                environment.repositories().stream()
                    .map(Environment.RepositoryState::type)
                    .collect(Collectors.joining(" ")));
    for (String line : member.run(Command.sh(script)).stdout().lines().toList()) {
      String[] words = line.trim().split("\\s+", 2);
      if (words.length == 2 && !words[1].isEmpty()) {
        versions.put(words[0], words[1]);
      }
    }
    return versions;
  }
}
