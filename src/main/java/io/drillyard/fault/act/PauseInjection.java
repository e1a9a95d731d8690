package io.drillyard.fault.act;

import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.host.ParallelHostActions;
import java.util.ArrayList;
import java.util.List;

/** Everything on some hosts stands still. */
record PauseInjection(List<Host> hosts) implements Injection {
  /**
   * How many processes are stopped, and how many there are: all but the host's first one, which
   * nobody can stop from inside, those that ended, and the look itself, which is its shell, the
   * shell's parent and its children.
   */
  private static final String COUNT =
      "ps -eo pid=,ppid=,stat= | awk -v own=$$ -v parent=$PPID"
          + " '$1 == 1 || $1 == own || $1 == parent || $2 == own || $3 ~ /^[ZX]/ {next}"
          + " $3 ~ /^T/ {t++} {n++} END {print t + 0, n + 0}'";

  @Override
  public List<String> targets() {
    return hosts.stream().map(Host::name).toList();
  }

  @Override
  public String undo() {
    return "resume " + String.join(", ", targets());
  }

  @Override
  public void apply(Runnable inForce) {
    ParallelHostActions.each(hosts, h -> h.power().pause());
  }

  @Override
  public void heal(Runnable gone) {
    ParallelHostActions.each(hosts, h -> h.power().resume());
  }

  @Override
  public List<Sight> look(boolean expected) {
    List<Sight> sights = new ArrayList<>();
    for (Host host : hosts) {
      String seen = host.run(Command.sh(COUNT)).stdout().strip();
      if (!seen.matches("\\d+ \\d+")) {
        throw new HostException(host.name() + ": its processes could not be counted: " + seen);
      }
      long stopped = Long.parseLong(seen.split(" ")[0]);
      long all = Long.parseLong(seen.split(" ")[1]);
      sights.add(
          new Sight(
              expected ? all > 0 && stopped == all : stopped > 0,
              "the kernel's process table on " + host.name(),
              seen.replace(" ", " stopped of ") + " processes"));
    }
    return sights;
  }
}
