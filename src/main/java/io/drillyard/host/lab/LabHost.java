package io.drillyard.host.lab;

import io.drillyard.host.Command;
import io.drillyard.host.CommandLog;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.host.PowerSwitch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A host of the lab: a set of namespaces around a tiny init, and a disk that outlives them. */
final class LabHost implements Host, PowerSwitch {
  private final String name;
  private final String site;
  private final String dataAddress;
  private final String managementAddress;
  private final HostNamespaces spaces;
  private final CommandLog commands = new CommandLog();

  LabHost(
      String name,
      String site,
      String dataAddress,
      String managementAddress,
      HostNamespaces spaces) {
    this.name = name;
    this.site = site;
    this.dataAddress = dataAddress;
    this.managementAddress = managementAddress;
    this.spaces = spaces;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String site() {
    return site;
  }

  @Override
  public String dataAddress() {
    return dataAddress;
  }

  @Override
  public String managementAddress() {
    return managementAddress;
  }

  @Override
  public PowerSwitch power() {
    return this;
  }

  @Override
  public CommandLog commands() {
    return commands;
  }

  @Override
  public CommandResult attempt(Command command) {
    commands.add(command);
    Long pid = spaces.pid();
    if (pid == null) {
      throw new HostException(name + " is off: `" + command.words() + "` did not run");
    }
    // The inner limit ends the command itself; the outer one only guards against a stuck nsenter.
    return LocalProcess.run(
        entering(pid, command), command.stdin(), command.limit().plus(Duration.ofSeconds(2)));
  }

  private static List<String> entering(long pid, Command command) {
    List<String> argv =
        new ArrayList<>(List.of("nsenter", "-t", Long.toString(pid), "-m", "-n", "-u", "-i", "-p"));
    boolean postgres = command.user().equals("postgres");
    argv.addAll(List.of("-r", "-w", "--", "/usr/bin/env", "-i"));
    argv.add("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin");
    argv.add("HOME=" + (postgres ? "/var/lib/postgresql" : "/root"));
    argv.addAll(List.of("USER=" + command.user(), "LANG=C.UTF-8"));
    argv.addAll(List.of("timeout", "-s", "KILL", seconds(command.limit())));
    if (postgres) {
      argv.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    argv.addAll(command.argv());
    return argv;
  }

  private static String seconds(Duration limit) {
    return String.format(java.util.Locale.ROOT, "%.3f", limit.toMillis() / 1000.0);
  }

  @Override
  public boolean isOn() {
    return spaces.pid() != null;
  }

  @Override
  public void off(Runnable silent) {
    spaces.off(silent);
  }

  @Override
  public void on(Runnable energised) {
    spaces.on(energised);
  }

  @Override
  public void maintenanceBoot(boolean maintenance) {
    spaces.maintenanceBoot(maintenance);
  }

  @Override
  public boolean isMaintenanceBoot() {
    return spaces.isMaintenanceBoot();
  }

  @Override
  public CommandResult rescue(Command command) {
    commands.add(command);
    return spaces.rescue(command);
  }

  @Override
  public void pause() {
    processes().stop();
  }

  @Override
  public void resume() {
    processes().goOn();
  }

  private HostProcesses processes() {
    Long pid = spaces.pid();
    if (pid == null) {
      throw new HostException(name + " is off: it can neither be paused nor resumed");
    }
    return new HostProcesses(pid);
  }

  /** The machine's process id of this host's init, or null when it is off. */
  @Nullable Long pid() {
    return spaces.pid();
  }
}
