package io.drillyard.play.restore;

import io.drillyard.check.backup.SandboxIsolationLook;
import io.drillyard.fault.act.Reachability;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.Testbed;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the sandbox from everything but the repository, at the router, where the sandbox has no
 * say; and shows by trying that it holds.
 */
final class SandboxFirewall {
  private static final List<Integer> PORTS = List.of(22, 2379, 5432, 8008);

  private final Testbed yard;
  private final Host sandbox;
  private final Host store;
  private final int door;
  private final int otherDoor;

  /**
   * Between these.
   *
   * @param door port of the store that the sandbox may use
   * @param otherDoor port of the store that it may not; the same where credentials make the
   *     difference
   */
  SandboxFirewall(Testbed yard, Host sandbox, Host store, int door, int otherDoor) {
    this.yard = yard;
    this.sandbox = sandbox;
    this.store = store;
    this.door = door;
    this.otherDoor = otherDoor;
  }

  /** Puts it up; safe to repeat. */
  void up() {
    String rules =
        """
        table inet drillyard_vault
        delete table inet drillyard_vault
        table inet drillyard_vault {
          chain forward {
            type filter hook forward priority 0; policy accept;
            ip saddr %1$s ip daddr %2$s tcp dport %3$d accept
            ip saddr %1$s drop
            ip saddr %2$s tcp sport %3$d ip daddr %1$s accept
            ip daddr %1$s drop
          }
        }
        """
            .formatted(sandbox.dataAddress(), store.dataAddress(), door);
    yard.router().run(Command.of("nft", "-f", "-").reading(rules));
  }

  /** Tries every way out of the sandbox and into it; the repository, which is wanted, first. */
  List<SandboxIsolationLook.Way> tried() {
    List<Reachability.Path> paths = new ArrayList<>();
    paths.add(new Reachability.Path(sandbox.name(), sandbox, null, store, "repository", door));
    if (otherDoor != door) {
      paths.add(
          new Reachability.Path(sandbox.name(), sandbox, null, store, "writable door", otherDoor));
    }
    for (Host other : yard.hosts()) {
      if (other.name().equals(sandbox.name())) {
        continue;
      }
      for (int port : PORTS) {
        paths.add(
            new Reachability.Path(sandbox.name(), sandbox, null, other, "port " + port, port));
      }
      if (other.power().isOn()) {
        paths.add(
            new Reachability.Path(other.name(), other, null, sandbox, "into the sandbox", 5432));
      }
    }
    return Reachability.measure(paths).stream()
        .map(r -> new SandboxIsolationLook.Way(r.from(), r.to(), r.plane(), r.result()))
        .toList();
  }
}
