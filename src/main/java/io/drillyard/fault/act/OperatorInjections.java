package io.drillyard.fault.act;

import io.drillyard.fault.OperatorFault;
import io.drillyard.fault.ProcessFault.Kind;
import io.drillyard.fault.Who;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.ledger.Ledger;
import io.drillyard.ledger.SentSignal;
import io.drillyard.workload.WorkloadSchema;
import java.util.ArrayList;
import java.util.List;

/** From what people do to what hosts and Patroni are told. */
final class OperatorInjections {
  private static final String CONFIG = "curl -sf -m5 http://127.0.0.1:8008/config";

  private OperatorInjections() {}

  static Injection of(String name, OperatorFault fault, FaultTargetHosts parts, Ledger ledger) {
    return switch (fault) {
      case OperatorFault.Switchover order ->
          OrderInjection.switchover(name, parts.host(order.leader()), ledger);
      case OperatorFault.ForcedFailover order ->
          OrderInjection.failover(
              name, parts.host(parts.primaryOf(order.to())), parts.host(order.to()), ledger);
      case OperatorFault.PromotedByHand promoted -> promoted(parts.host(promoted.who()));
      case OperatorFault.Paused paused -> setting("pause", "true", parts);
      case OperatorFault.SettingChanged changed -> setting(changed.key(), changed.value(), parts);
      case OperatorFault.SlotDropped dropped -> slot(dropped.of(), parts);
      case OperatorFault.SecondCluster second ->
          SecondClusterInjection.of(name, parts.host(second.who()), parts);
      case OperatorFault.EverythingRestarted all -> restarted(parts);
      case OperatorFault.ClientsTurnedAway away ->
          turnedAway(WorkloadSchema.CLIENT_ROLE, parts.primaryHost());
      case OperatorFault.TableDropped table -> dropped(table, parts.primaryHost());
    };
  }

  private static Injection promoted(Host host) {
    return ShellInjection.of(
        HostScript.lasting(
            host,
            ShellSnippets.psql("postgres", "select pg_promote(true, 30)") + " | grep -qx t",
            "",
            "r=$(%s) || exit 2; echo \"in recovery: $r\"; [ \"$r\" = f ]"
                .formatted(ShellSnippets.psql("postgres", "select pg_is_in_recovery()")),
            "PostgreSQL"));
  }

  /** What it was before is asked first, so that the undo is known before the effect. */
  private static Injection setting(String key, String value, FaultTargetHosts parts) {
    Host host = parts.unasked().primaryHost();
    String before = host.run(Command.sh(CONFIG + " | jq -c '." + key + "'")).stdout().strip();
    // Any member can answer; the one that led may be gone when it is taken back.
    String anywhere =
        parts.cluster().members().stream()
            .map(m -> "http://" + m.dataAddress() + ":8008")
            .reduce("", (a, b) -> a + " " + b);
    String look =
        "for i in 1 2 3; do now=$(%s | jq -c '.%s') && break; sleep 0.3; done; [ -n \"$now\" ] || exit 2; echo '%s is' \"$now\"; [ \"$now\" = '%s' ]"
            .formatted(CONFIG, key, key, value);
    String undo =
        "for a in%s; do curl -sf -m5 -XPATCH -d '{\"%s\": %s}' $a/config >/dev/null && exit 0; done; exit 1"
            .formatted(anywhere, key, before.isEmpty() ? "null" : before);
    Host asked =
        parts.cluster().members().stream()
            .filter(m -> !m.name().equals(parts.primary()))
            .findFirst()
            .orElse(host);
    return ShellInjection.of(
        new HostScript(
            asked,
            ShellSnippets.patch("{\"%s\": %s}".formatted(key, value)),
            undo,
            look,
            "Patroni's configuration",
            false));
  }

  /** Patroni makes it again in its next loop: the witness is the slot's fresh start. */
  private static Injection slot(Who of, FaultTargetHosts parts) {
    String slot = parts.unasked().host(of).name().replaceAll("[^a-z0-9_]", "_");
    String drop =
        """
        for i in $(seq 100); do
          p=$(%1$s); [ -z "$p" ] || %2$s >/dev/null
          %3$s >/dev/null 2>&1 && exit 0
        done; exit 1
        """
            .formatted(
                ShellSnippets.psql(
                    "postgres",
                    "select active_pid from pg_replication_slots where slot_name = '" + slot + "'"),
                ShellSnippets.psql("postgres", "select pg_terminate_backend($p)")
                    .replace("$p", "'$p'"),
                ShellSnippets.psql("postgres", "select pg_drop_replication_slot('" + slot + "')"));
    return ShellInjection.of(
        HostScript.passing(
            parts.host(parts.primaryOf(of)),
            drop,
            "",
            "n=$(%s) || exit 2; echo \"slots of that name in use: $n\"; [ \"$n\" = 0 ]"
                .formatted(
                    ShellSnippets.psql(
                        "postgres",
                        "select count(*) from pg_replication_slots where active and slot_name = '"
                            + slot
                            + "'")),
            "PostgreSQL"));
  }

  private static Injection turnedAway(String role, Host primary) {
    String own = " from pg_stat_activity where usename = " + Command.quoted(role);
    return ShellInjection.of(
        HostScript.lasting(
            primary,
            // A session that had begun to log in before is there a moment later.
            "%s >/dev/null && for i in 1 2 3; do %s >/dev/null || exit 1; sleep 0.1; done"
                .formatted(
                    ShellSnippets.psql("postgres", "alter role " + role + " nologin"),
                    ShellSnippets.psql(
                        "postgres", "select count(pg_terminate_backend(pid, 5000))" + own)),
            "",
            "n=$(%s) || exit 2; echo \"sessions, and right to log in: $n\"; [ \"$n\" = 0f ]"
                .formatted(
                    ShellSnippets.psql(
                        "postgres",
                        "select (select count(*)%s) || left(rolcanlogin::text, 1) from pg_roles where rolname = %s"
                            .formatted(own, Command.quoted(role)))),
            "PostgreSQL"));
  }

  private static Injection dropped(OperatorFault.TableDropped table, Host primary) {
    return ShellInjection.of(
        HostScript.lasting(
            primary,
            ShellSnippets.psql(table.database(), "drop table " + table.table()),
            "",
            "n=$(%s) || exit 2; echo \"tables of that name: $n\"; [ \"$n\" = 0 ]"
                .formatted(
                    ShellSnippets.psql(
                        table.database(),
                        "select count(to_regclass(" + Command.quoted(table.table()) + "))")),
            "PostgreSQL"));
  }

  private static Injection restarted(FaultTargetHosts parts) {
    List<HostScript> acts = new ArrayList<>();
    List<SentSignal> signals = new ArrayList<>();
    for (Host host : parts.all()) {
      StringBuilder apply = new StringBuilder();
      List<Integer> before = new ArrayList<>();
      for (Kind kind : List.of(Kind.PATRONI, Kind.ETCD)) {
        signals.add(ProcessIds.signal(host, kind, SentSignal.KILL));
        String pids = ProcessIds.script(kind, parts);
        host.attempt(Command.sh(pids)).stdout().lines().map(Integer::valueOf).forEach(before::add);
        apply.append("p=$(%s) && kill -KILL $p; ".formatted(pids));
      }
      if (before.isEmpty()) {
        throw new HostException(
            host.name() + ": neither Patroni nor etcd runs, nothing to restart");
      }
      String pids = before.stream().map(Object::toString).reduce("", (a, b) -> a + " " + b);
      acts.add(
          HostScript.passing(
              host,
              apply
                  + "p=$(%s) && kill -KILL $p; true; sleep 0.2; setsid /etc/drillyard/boot"
                      .formatted(ProcessIds.script(Kind.POSTMASTER, parts)),
              "",
              "for p in%s; do kill -0 $p 2>/dev/null && { echo \"$p lives\"; exit 1; }; done; echo 'the processes of before (%s ) are no more'"
                  .formatted(pids, pids),
              "the kernel's process table"));
    }
    return new Signalling(
        new TogetherInjection(acts.stream().map(ShellInjection::of).toList()), signals);
  }

  /** Several at once, because one after the other would be another fault. */
  private record TogetherInjection(List<ShellInjection> all) implements Injection {
    @Override
    public List<String> targets() {
      return all.stream().flatMap(i -> i.targets().stream()).toList();
    }

    @Override
    public String undo() {
      return "nothing to take back";
    }

    @Override
    public void apply(Runnable inForce) {
      List<Thread> threads =
          all.stream().map(i -> Thread.ofVirtual().start(() -> i.apply(() -> {}))).toList();
      for (Thread thread : threads) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new HostException("interrupted during the restart", e);
        }
      }
    }

    @Override
    public void heal(Runnable gone) {
      // Nothing is held.
    }

    @Override
    public List<Sight> look(boolean expected) {
      return all.stream().flatMap(i -> i.look(expected).stream()).toList();
    }
  }
}
