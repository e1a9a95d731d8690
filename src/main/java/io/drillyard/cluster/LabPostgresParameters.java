package io.drillyard.cluster;

import io.drillyard.declaration.ClusterPlan;
import io.drillyard.declaration.Environment;
import io.drillyard.declaration.LabCapacity;
import io.drillyard.declaration.PostgresParameter;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Declared parameters as a member of the lab can have them: sizes are reduced to what there is, and
 * what they name outside of the database is made, so that the server starts as it does at home:
 * certificates, folders for logs, locales.
 */
final class LabPostgresParameters {
  private static final String SSL = "/etc/drillyard/ssl/";

  /** Files that a certificate of the lab's own making needs none of. */
  private static final Set<String> LEFT_OUT =
      Set.of("ssl_crl_file", "ssl_crl_dir", "ssl_dh_params_file", "ssl_passphrase_command");

  private static final Set<String> FOLDERS = Set.of("log_directory", "stats_temp_directory");

  private static final Set<String> LOCALES =
      Set.of("lc_messages", "lc_monetary", "lc_numeric", "lc_time");

  private static final Pattern FORGOTTEN = Pattern.compile("/(run|var/run|tmp|dev)/");
  private static final String KEPT = "/var/lib/drillyard-site";

  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final List<String> orders = new ArrayList<>();
  private final List<String> locales = new ArrayList<>();

  LabPostgresParameters(Environment environment, ClusterPlan plan, String dataDirectory) {
    LabCapacity capacity = LabCapacity.of(environment.image(), environment.storage());
    plan.parameters()
        .forEach(
            (name, value) ->
                parameters.put(
                    name,
                    capacity.reduce(name, value).map(LabCapacity.Reduced::value).orElse(value)));
    if (Boolean.TRUE.equals(PostgresParameter.bool(parameters.getOrDefault("ssl", "off")))) {
      certificate(dataDirectory);
    }
    for (String name : FOLDERS) {
      String folder = lasting(parameters.getOrDefault(name, ""));
      if (folder.startsWith("/")) {
        parameters.put(name, folder);
        orders.add("install -d -o postgres -g postgres -m 0750 " + Command.quoted(folder));
      }
    }
    String pidFile = lasting(parameters.getOrDefault("external_pid_file", ""));
    if (pidFile.startsWith("/")) {
      parameters.put("external_pid_file", pidFile);
      orders.add(
          "install -d -o postgres -g postgres \"$(dirname %s)\""
              .formatted(Command.quoted(pidFile)));
    }
    LOCALES.stream()
        .filter(parameters::containsKey)
        .sorted()
        .map(parameters::get)
        .forEach(locales::add);
  }

  /** Elsewhere, where a host forgets what lies there when it loses power. */
  private static String lasting(String path) {
    return FORGOTTEN.matcher(path).lookingAt() ? KEPT + path : path;
  }

  /** The values that the members get. */
  Map<String, String> values() {
    return parameters;
  }

  private void certificate(String dataDirectory) {
    LEFT_OUT.forEach(parameters::remove);
    String crt = path("ssl_cert_file", "server.crt", dataDirectory);
    String key = path("ssl_key_file", "server.key", dataDirectory);
    orders.add(
        """
        for f in %1$s %2$s; do mkdir -p "$(dirname "$f")"; done
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 \\
          -subj "/CN=$(hostname)" -keyout %2$s -out %1$s 2>/dev/null
        chown postgres:postgres %1$s %2$s; chmod 0600 %2$s; chmod 0644 %1$s
        # Folders of a certificate are often closed to others: the server's own account must pass.
        for f in %1$s %2$s; do chmod a+x "$(dirname "$f")"; done
        """
            .formatted(Command.quoted(crt), Command.quoted(key)));
    if (parameters.containsKey("ssl_ca_file") && !parameters.get("ssl_ca_file").isEmpty()) {
      String ca = path("ssl_ca_file", "ca.crt", dataDirectory);
      orders.add(
          "mkdir -p \"$(dirname %1$s)\"; [ %1$s -ef %2$s ] || install -m 0644 -o postgres %2$s %1$s"
              .formatted(Command.quoted(ca), Command.quoted(crt)));
    }
  }

  /**
   * The declared place; another one where that is in the data directory, which is not there yet, or
   * where a host forgets it when it loses power.
   */
  private String path(String name, String file, String dataDirectory) {
    String declared = parameters.getOrDefault(name, "");
    boolean there =
        declared.startsWith("/")
            && !declared.startsWith(dataDirectory)
            && !FORGOTTEN.matcher(declared).lookingAt();
    String path = there ? declared : SSL + file;
    parameters.put(name, path);
    return path;
  }

  /** Makes on a member what the parameters name. */
  void prepare(Host member) {
    if (!orders.isEmpty()) {
      member.run(
          Command.of("bash", "-ec", String.join("\n", orders)).within(Duration.ofSeconds(30)));
    }
    if (!locales.isEmpty()) {
      HostLocales.make(
          member,
          "printf '%s\\n' " + String.join(" ", locales.stream().map(Command::quoted).toList()));
    }
  }
}
