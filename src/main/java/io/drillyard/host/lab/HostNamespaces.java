package io.drillyard.host.lab;

import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.HostException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The namespaces of one host: made at power-on, gone at power-off. Its folder (the disk) stays.
 *
 * <p>A link is a pair of interfaces: the near end is a port of a bridge in the lab's own namespace,
 * the far end is the host's.
 */
final class HostNamespaces {
  /**
   * One link.
   *
   * @param near interface name at the bridge's side, at most 15 characters
   * @param far interface name in the host
   * @param bridge the near end is a port of
   * @param isolated other isolated ports of the bridge cannot be reached (management)
   */
  record Link(String near, String far, String bridge, boolean isolated) {}

  /** What {@code host.sh} needs to know. */
  record Plan(
      String name,
      Path folder,
      Path image,
      String address,
      String gateway,
      String management,
      List<Link> links) {}

  private final Plan plan;
  private volatile @Nullable Process process;
  private volatile @Nullable Long pid;
  private volatile boolean maintenance;

  HostNamespaces(Plan plan) {
    this.plan = plan;
  }

  /** The init's process id in the lab, or null when the host is off. */
  @Nullable Long pid() {
    Process running = process;
    return running != null && running.isAlive() ? pid : null;
  }

  /** Whether the next boot starts no service. */
  void maintenanceBoot(boolean on) {
    maintenance = on;
  }

  /** Whether the next boot starts no service. */
  boolean isMaintenanceBoot() {
    return maintenance;
  }

  /** Boots: namespaces, links, mounts, init. */
  synchronized void on(Runnable energised) {
    if (pid() != null) {
      throw new HostException(plan.name + " is on already");
    }
    List<String> argv =
        new ArrayList<>(
            List.of("unshare", "--net", "--uts", "--ipc", "--mount", "--pid", "--fork"));
    argv.addAll(List.of("--kill-child", "--", "bash", "-c", LabResources.script("host.sh")));
    argv.addAll(List.of("host", plan.name, plan.folder.toString(), plan.image.toString()));
    argv.addAll(List.of(plan.address, plan.gateway, plan.management));
    argv.add(maintenance ? "maintenance" : "normal");
    try {
      Process starting = new ProcessBuilder(argv).redirectErrorStream(true).start();
      energised.run();
      BufferedReader from = starting.inputReader();
      long init = Long.parseLong(expect(from, "pid "));
      link(init);
      try (Writer to = starting.outputWriter()) {
        to.write("go\n");
      }
      expect(from, "up");
      pid = init;
      process = starting;
    } catch (IOException e) {
      throw new HostException(plan.name + " did not start: " + e.getMessage(), e);
    }
  }

  /** Runs a command on the disk of a host that is off. */
  synchronized CommandResult rescue(Command command) {
    if (pid() != null) {
      throw new HostException(plan.name + " has power: its disk is in use");
    }
    List<String> argv =
        new ArrayList<>(List.of("unshare", "--net", "--mount", "--pid", "--fork", "--kill-child"));
    argv.addAll(List.of("--", "bash", "-c", LabResources.script("rescue.sh"), "rescue"));
    argv.addAll(List.of(plan.folder.toString(), plan.image.toString()));
    argv.addAll(command.argv());
    return LocalProcess.run(argv, command.stdin(), command.limit());
  }

  private String expect(BufferedReader from, String prefix) throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = from.readLine(); line != null; line = from.readLine()) {
      if (line.startsWith(prefix)) {
        return line.substring(prefix.length());
      }
      said.append(line).append('\n');
    }
    throw new HostException(plan.name + " did not start; it said:\n" + said);
  }

  private void link(long init) {
    StringBuilder batch = new StringBuilder();
    StringBuilder isolate = new StringBuilder();
    for (Link link : plan.links) {
      batch.append(
          "link add %s type veth peer name %s address %s netns %d\nlink set %s master %s up\n"
              .formatted(link.near, link.far, address(link), init, link.near, link.bridge));
      if (link.isolated) {
        isolate.append("link set dev %s isolated on\n".formatted(link.near));
      }
    }
    LabResources.must(List.of("ip", "-batch", "-"), batch.toString());
    if (!isolate.isEmpty()) {
      LabResources.must(List.of("bridge", "-batch", "-"), isolate.toString());
    }
  }

  /** A host's interface has the same hardware address at every boot, as a real one has. */
  private String address(Link link) {
    int hash = (plan.name + "/" + link.far).hashCode();
    return "02:d0:%02x:%02x:%02x:%02x"
        .formatted(hash >>> 24, hash >>> 16 & 0xff, hash >>> 8 & 0xff, hash & 0xff);
  }

  /** Power cut: links silent first, so that no peer is told; then everything is killed. */
  synchronized void off(Runnable silent) {
    Process running = process;
    Long init = pid();
    if (running == null || init == null) {
      throw new HostException(plan.name + " is off already");
    }
    StringBuilder batch = new StringBuilder();
    for (Link link : plan.links) {
      batch.append("link set %s down\n".formatted(link.near));
    }
    LabResources.must(List.of("ip", "-batch", "-"), batch.toString());
    silent.run();
    ProcessHandle.of(init).ifPresent(ProcessHandle::destroyForcibly);
    try {
      if (!running.waitFor(10, TimeUnit.SECONDS)) {
        throw new HostException(plan.name + ": its init did not die within 10 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostException(plan.name + ": interrupted while powering off", e);
    }
    pid = null;
    removeLinks();
  }

  /** The kernel removes a dead host's links a moment later; a boot must not race with that. */
  private void removeLinks() {
    for (Link link : plan.links) {
      LocalProcess.run(List.of("ip", "link", "del", link.near), null, Duration.ofSeconds(5));
    }
  }
}
