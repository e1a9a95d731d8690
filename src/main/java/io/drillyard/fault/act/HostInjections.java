package io.drillyard.fault.act;

import io.drillyard.fault.HostFault;
import io.drillyard.fault.ProcessFault.Kind;
import io.drillyard.fault.Who;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.ParallelHostActions;
import java.util.ArrayList;
import java.util.List;

/** From faults of hosts to what their power switches and they are told. */
final class HostInjections {
  private HostInjections() {}

  static Injection of(HostFault fault, FaultTargetHosts parts) {
    return switch (fault) {
      case HostFault.PowerOff off ->
          Signalling.everything(
              new PowerInjection(parts.yard(), parts.hosts(off.who()), null),
              parts.hosts(off.who()));
      case HostFault.SiteLoss loss ->
          Signalling.everything(
              new PowerInjection(
                  parts.yard(),
                  parts.hosts(Who.PRIMARY_SITE),
                  parts.hosts(Who.PRIMARY_SITE).get(0).site()),
              parts.hosts(Who.PRIMARY_SITE));
      case HostFault.Reboot reboot ->
          Signalling.everything(
              new RebootInjection(parts.hosts(reboot.who())), parts.hosts(reboot.who()));
      case HostFault.Pause pause -> new PauseInjection(parts.hosts(pause.who()));
      case HostFault.DiskLoss loss ->
          Signalling.everything(
              new DiskLossInjection(
                  new PowerInjection(parts.yard(), parts.hosts(loss.who()), null),
                  parts.hosts(loss.who())),
              parts.hosts(loss.who()));
      // The kernel's OOM killer is what a host that is short of memory may come to.
      case HostFault.MemoryPressure pressure ->
          Signalling.everything(memory(pressure, parts), parts.hosts(pressure.who()));
    };
  }

  private static Injection memory(HostFault.MemoryPressure pressure, FaultTargetHosts parts) {
    List<HostScript> acts = new ArrayList<>();
    for (Host host : parts.hosts(pressure.who())) {
      int pid = ProcessIds.now(host, Kind.POSTMASTER, parts).get(0);
      String limit = "prlimit --pid %d --as --output SOFT --noheadings".formatted(pid);
      acts.add(
          HostScript.passing(
              host,
              "mapped=$(awk '/^VmSize/ {print $2}' /proc/%1$d/status); prlimit --pid %1$d --as=$(( (mapped + %2$d * 1024) * 1024 )):"
                  .formatted(pid, pressure.megabytes()),
              "[ ! -d /proc/%1$d ] || prlimit --pid %1$d --as=unlimited:".formatted(pid),
              "s=$(%s | tr -d ' ') || { echo 'no such process'; exit 1; }; echo \"address space: $s\"; [ \"$s\" != unlimited ]"
                  .formatted(limit),
              "the kernel's limits"));
    }
    return new ShellInjection(acts);
  }

  /** Off and on again; its witness is the init's start time, which is another afterwards. */
  private static final class RebootInjection implements Injection {
    private final List<Host> hosts;
    private final List<String> before;

    RebootInjection(List<Host> hosts) {
      this.hosts = hosts;
      this.before = hosts.stream().map(RebootInjection::born).toList();
    }

    private static String born(Host host) {
      return host.run(Command.sh("cut -d ' ' -f 22 /proc/1/stat")).stdout().strip();
    }

    @Override
    public List<String> targets() {
      return hosts.stream().map(Host::name).toList();
    }

    @Override
    public String undo() {
      return "power on " + String.join(", ", targets());
    }

    @Override
    public void apply(Runnable inForce) {
      ParallelHostActions.each(hosts, h -> h.power().off());
      inForce.run();
      ParallelHostActions.each(hosts, h -> h.power().on());
    }

    @Override
    public void heal(Runnable gone) {
      ParallelHostActions.each(
          hosts.stream().filter(h -> !h.power().isOn()).toList(), h -> h.power().on());
    }

    @Override
    public List<Sight> look(boolean expected) {
      List<Sight> sights = new ArrayList<>();
      for (int i = 0; i < hosts.size(); i++) {
        Host host = hosts.get(i);
        boolean other = !host.power().isOn() || !born(host).equals(before.get(i));
        sights.add(
            new Sight(
                other,
                "the kernel's process table on " + host.name(),
                other ? "another init than before" : "the init of before"));
      }
      return sights;
    }
  }

  /** Power is lost; the disk is emptied at the next boot, before any service starts. */
  private record DiskLossInjection(PowerInjection power, List<Host> hosts) implements Injection {
    @Override
    public List<String> targets() {
      return power.targets();
    }

    @Override
    public String undo() {
      return power.undo() + ", on an empty database's disk (what it held is not given back)";
    }

    @Override
    public void apply(Runnable inForce) {
      power.apply(inForce);
    }

    @Override
    public void heal(Runnable gone) {
      List<Host> off = hosts.stream().filter(h -> !h.power().isOn()).toList();
      off.forEach(h -> h.power().maintenanceBoot(true));
      UndoFailures failures = new UndoFailures();
      failures.attempt(() -> power.heal(gone));
      off.forEach(h -> h.power().maintenanceBoot(false));
      failures.rethrow();
      ParallelHostActions.each(
          off,
          h ->
              h.run(
                  Command.sh(
                      // WAL on a volume of its own is on that disk as well.
                      "for d in /var/lib/postgresql /var/lib/pgwal; do [ ! -d $d ] || { find $d -mindepth 1 -delete; [ -z \"$(ls -A $d)\" ]; } || exit 1; done; /etc/drillyard/boot")));
    }

    @Override
    public List<Sight> look(boolean expected) {
      return power.look(expected);
    }
  }
}
