package io.drillyard.cluster;

import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import java.util.List;
import java.util.Optional;

/**
 * A long-running program of a host: started with a clean environment, its output in {@code
 * /var/log/NAME.log}, started again by the host's own boot. The host's {@link ServiceSupervisor}
 * writes down how it ended; nobody starts it again for that.
 *
 * @param name also names its log and its start script
 * @param user {@code root} or {@code postgres}
 * @param argv program and arguments; the program is found by its path
 */
public record HostService(Host host, String name, String user, List<String> argv) {
  private static final String BOOT =
      """
      #!/bin/bash
      # Starts every service that is installed here, in the order of their names.
      for service in /etc/drillyard/services/*; do [ -x "$service" ] && "$service"; done
      """;

  /** Installs it for every boot and starts it now. */
  public void install() {
    host.write(script(), startScript(), "root", "0700");
    host.write("/etc/drillyard/boot", BOOT, "root", "0755");
    ServiceSupervisor.install(host);
    start();
  }

  /** Starts it; returns at once. */
  public void start() {
    host.run(Command.of(script()));
  }

  private String script() {
    return "/etc/drillyard/services/" + name;
  }

  private String startScript() {
    StringBuilder words = new StringBuilder();
    if (user.equals("postgres")) {
      words.append("setpriv --reuid=postgres --regid=postgres --clear-groups -- ");
    }
    for (String word : argv) {
      words.append(Command.quoted(word)).append(' ');
    }
    String home = user.equals("postgres") ? "/var/lib/postgresql" : "/root";
    return """
        #!/bin/bash
        cd / && exec </dev/null >>/var/log/%1$s.log 2>&1
        mkdir -p %2$s
        setsid env -i PATH=/usr/local/bin:/usr/bin:/usr/sbin:/bin HOME=%3$s USER=%4$s LANG=C.UTF-8 \\
          perl %5$s %1$s %6$s &
        """
        .formatted(name, ServiceSupervisor.FOLDER, home, user, ServiceSupervisor.PROGRAM, words);
  }

  /** Its process id in the host, when it runs. */
  public Optional<Integer> pid() {
    CommandResult result =
        host.attempt(Command.sh("p=$(cat /run/" + name + ".pid) && kill -0 \"$p\" && echo \"$p\""));
    return result.ok() ? Optional.of(Integer.parseInt(result.stdout().strip())) : Optional.empty();
  }

  /** What it wrote to its log. */
  public String log() {
    return host.read("/var/log/" + name + ".log");
  }
}
