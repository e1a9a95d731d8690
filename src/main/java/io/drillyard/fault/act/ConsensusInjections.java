package io.drillyard.fault.act;

import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.Etcd;
import io.drillyard.fault.ConsensusFault;
import io.drillyard.fault.ProcessFault.Kind;
import io.drillyard.fault.Who;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.host.ParallelHostActions;
import io.drillyard.ledger.SentSignal;
import java.util.ArrayList;
import java.util.List;

/** From faults of etcd's content to what its hosts are told. */
final class ConsensusInjections {
  private ConsensusInjections() {}

  static Injection of(String name, ConsensusFault fault, FaultTargetHosts parts) {
    String key = "/service/" + parts.cluster().scope() + "/leader";
    return switch (fault) {
      case ConsensusFault.LeaderKeyDeleted deleted -> deleted(key, parts);
      case ConsensusFault.LeaderKeyOverwritten overwritten -> overwritten(key, parts);
      case ConsensusFault.MemberDataLost lost ->
          lost(parts.host(lost.who()), parts.clusterOf(lost.who()), parts);
      case ConsensusFault.OutOfSpace full -> full(parts);
      case ConsensusFault.SnapshotRestored restored -> restored(name, parts);
    };
  }

  private static Host someEtcd(FaultTargetHosts parts) {
    return parts.cluster().etcd().hosts().stream()
        .filter(h -> h.power().isOn())
        .findFirst()
        .orElseThrow(() -> new HostException("no etcd host is on"));
  }

  private static String line(String get) {
    return ShellSnippets.etcdctl(get) + " | tr -d '\\n'";
  }

  /** The witness is the key's history: it is absent, or was made anew since. */
  private static Injection deleted(String key, FaultTargetHosts parts) {
    Host host = someEtcd(parts);
    String made =
        ShellSnippets.etcdctl("get " + key + " -w json")
            + " | jq -r '.kvs[0].create_revision // 0'";
    String before = host.run(Command.sh(made)).stdout().strip();
    return ShellInjection.of(
        HostScript.passing(
            host,
            ShellSnippets.etcdctl("del " + key) + " | grep -qx 1",
            "",
            "now=$(%s) || exit 2; [ \"$now\" != %s ] || { echo 'the key of before'; exit 1; }; echo \"created at revision $now, before: %s\""
                .formatted(made, before, before),
            "etcd's revisions"));
  }

  /** The member that is written there takes the key for its own: nothing is left to take back. */
  private static Injection overwritten(String key, FaultTargetHosts parts) {
    Host host = someEtcd(parts);
    String replica = parts.unasked().host(Who.REPLICA).name();
    String written =
        ShellSnippets.etcdctl("get " + key + " -w json") + " | jq -r '.kvs[0].mod_revision // 0'";
    String before = host.run(Command.sh(written)).stdout().strip();
    return ShellInjection.of(
        HostScript.passing(
            host,
            ShellSnippets.etcdctl("put " + key + " " + replica) + " >/dev/null",
            "",
            "v=$(%s) || exit 2; now=$(%s); echo \"the key says '$v', written at revision $now, before: %s\"; [ \"$now\" != \"%s\" ]"
                .formatted(line("get --print-value-only " + key), written, before, before),
            "etcd's key"));
  }

  /**
   * Its data is gone with its process. To give a member back, the others must forget the old one
   * and learn of a new one first; it then starts into the existing cluster.
   */
  private static Injection lost(Host host, Cluster cluster, FaultTargetHosts parts) {
    Host other =
        cluster.etcd().hosts().stream()
            .filter(h -> !h.name().equals(host.name()) && h.power().isOn())
            .findFirst()
            .orElseThrow();
    String script = ProcessIds.start(Kind.ETCD);
    String alive = ProcessIds.script(Kind.ETCD, parts);
    String own = cluster.etcd().peerUrl(host);
    String forget =
        "id=$(%s | awk -F', ' '$3 == \"%s\" || $4 == \"%s\" {print $1}'); [ -z \"$id\" ] || %s >/dev/null; %s >/dev/null"
            .formatted(
                ShellSnippets.etcdctl("member list"),
                host.name(),
                own,
                ShellSnippets.etcdctl("member remove $id"),
                ShellSnippets.etcdctl("member add " + host.name() + " --peer-urls=" + own));
    String undo =
        "[ -n \"$(%s)\" ] || { sed -i 's/initial-cluster-state=new/initial-cluster-state=existing/' %s && %s; }"
            .formatted(alive, script, script);
    ShellInjection shell =
        ShellInjection.of(
            HostScript.lasting(
                host,
                "kill -KILL $(%s); rm -rf /var/lib/etcd/member".formatted(alive),
                undo,
                "p=$(%s); [ -z \"$p\" ] || { echo \"etcd runs as $p\"; exit 1; }; echo 'etcd does not run'"
                    .formatted(alive),
                "the kernel's process table"));
    Injection ordered =
        new Ordered(
            shell,
            () -> {
              if (host.attempt(Command.sh("[ -n \"$(" + alive + ")\" ]")).ok()) {
                return;
              }
              other.run(Command.sh(forget));
            },
            other.name() + ": the others forget " + host.name() + " and learn of it anew; ");
    return new Signalling(ordered, List.of(ProcessIds.signal(host, Kind.ETCD, SentSignal.KILL)));
  }

  /**
   * The alarm that a member raises when its database has reached its quota, raised for each member;
   * it outlives every restart, and an operator has to take it back. The look is a write of its own;
   * a warning of a client that had to try again may stand before its OK.
   */
  private static Injection full(FaultTargetHosts parts) {
    String own =
        ShellSnippets.etcdctl("endpoint status -w json")
            + " | grep -o '\"member_id\":[0-9]*' | head -n 1 | cut -d: -f2";
    String alarm =
        "id=$(%s); [ -n \"$id\" ] && curl -sf -m5 -d \"{\\\"action\\\":\\\"%s\\\",\\\"memberID\\\":\\\"$id\\\",\\\"alarm\\\":\\\"NOSPACE\\\"}\" http://127.0.0.1:2379/v3/maintenance/alarm >/dev/null";
    String look =
        """
        said=$(%s 2>&1)
        case $said in
          *'space exceeded'*) echo 'a write to etcd is refused: space exceeded';;
          *OK) echo 'a write to etcd is taken'; exit 1;;
          *) echo "$said" | tail -n 1; exit 2;;
        esac
        """
            .formatted(ShellSnippets.etcdctl("put /drillyard/look now"));
    List<HostScript> acts = new ArrayList<>();
    for (Host host : parts.cluster().etcd().hosts()) {
      acts.add(
          HostScript.lasting(
              host,
              alarm.formatted(own, "ACTIVATE"),
              alarm.formatted(own, "DEACTIVATE"),
              look,
              "a write to etcd"));
    }
    return new ShellInjection(acts);
  }

  /** Something that must come first when it is healed. */
  private record Ordered(ShellInjection shell, Runnable first, String words) implements Injection {
    @Override
    public List<String> targets() {
      return shell.targets();
    }

    @Override
    public String undo() {
      return words + shell.undo();
    }

    @Override
    public void apply(Runnable inForce) {
      shell.apply(inForce);
    }

    @Override
    public void heal(Runnable gone) {
      first.run();
      shell.heal(gone);
    }

    @Override
    public List<Sight> look(boolean expected) {
      return shell.look(expected);
    }
  }

  /**
   * Every member stops, takes the snapshot's content as its own, and starts again. The snapshot is
   * taken when the fault is made ready; a drill that needs an older one makes it ready earlier.
   */
  private static Injection restored(String name, FaultTargetHosts parts) {
    List<Host> hosts = parts.cluster().etcd().hosts();
    Host first = someEtcd(parts);
    String file = "/tmp/" + ShellSnippets.safe(name) + ".db";
    first.run(Command.sh(ShellSnippets.etcdctl("snapshot save " + file) + " >/dev/null"));
    String snapshot = first.run(Command.sh("base64 -w 0 " + file)).stdout().strip();
    List<HostScript> stop = new ArrayList<>();
    for (Host host : hosts) {
      String alive = ProcessIds.script(Kind.ETCD, parts);
      stop.add(
          HostScript.lasting(
              host,
              "p=$(%s); [ -z \"$p\" ] || kill -KILL $p".formatted(alive),
              "",
              "id=$(%s) || exit 2; echo \"etcd's cluster is $id\"; [ \"$id\" != \"$(cat %s/cluster-id)\" ]"
                  .formatted(clusterId(), ShellSnippets.KEPT),
              "etcd's cluster identifier"));
    }
    hosts.forEach(
        h ->
            h.run(
                Command.sh(
                    "mkdir -p %1$s; %2$s > %1$s/cluster-id"
                        .formatted(ShellSnippets.KEPT, clusterId()))));
    return new Signalling(
        new Restore(new ShellInjection(stop), parts.cluster().etcd(), snapshot, file),
        hosts.stream().map(h -> ProcessIds.signal(h, Kind.ETCD, SentSignal.KILL)).toList());
  }

  private static String clusterId() {
    return ShellSnippets.etcdctl("endpoint status -w json")
        + " | jq -r '.[0].Status.header.cluster_id'";
  }

  private record Restore(ShellInjection stop, Etcd etcd, String snapshot, String file)
      implements Injection {
    @Override
    public List<String> targets() {
      return stop.targets();
    }

    @Override
    public String undo() {
      return "start etcd where it is down (what it lost since the snapshot is not given back)";
    }

    @Override
    public void apply(Runnable inForce) {
      List<Host> hosts = etcd.hosts();
      ParallelHostActions.each(
          hosts, h -> h.run(Command.sh("base64 -d > " + file).reading(snapshot)));
      stop.apply(() -> {});
      ParallelHostActions.each(
          hosts,
          h ->
              h.run(
                  Command.sh(
                      """
                      set -e; rm -rf /var/lib/etcd/member
                      ETCDCTL_API=3 etcdctl snapshot restore %1$s --data-dir /var/lib/etcd/member --name %2$s \\
                        --initial-cluster %3$s --initial-cluster-token restored \\
                        --initial-advertise-peer-urls %4$s >/dev/null 2>&1
                      %5$s
                      """
                          .formatted(
                              file,
                              h.name(),
                              etcd.initialCluster(),
                              etcd.peerUrl(h),
                              ProcessIds.start(Kind.ETCD)))));
    }

    @Override
    public void heal(Runnable gone) {
      // Nothing is held once it is restored.
    }

    @Override
    public List<Sight> look(boolean expected) {
      return stop.look(expected);
    }
  }
}
