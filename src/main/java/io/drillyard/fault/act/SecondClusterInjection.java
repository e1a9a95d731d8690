package io.drillyard.fault.act;

import io.drillyard.host.Host;

/**
 * A second cluster under the scope and the etcd of the first: a new database of its own, with a
 * name, ports and a data directory of its own, under a Patroni that is started again and again as a
 * service manager would.
 *
 * <p>It is in force while that goes on <em>and</em> the intruder is refused: its Patroni says that
 * the system identifiers differ, its PostgreSQL never accepted a client, and it never stood among
 * the members with a PostgreSQL that runs (Patroni writes its name there before it looks whose data
 * it has, and it stays until the key expires). The last two are looked at all the time, beside it
 * on its host: an intruder that was let in for a moment was not refused.
 */
final class SecondClusterInjection {
  private static final String REFUSAL = "system ID mismatch";

  private SecondClusterInjection() {}

  static Injection of(String name, Host host, FaultTargetHosts parts) {
    String safe = ShellSnippets.safe(name);
    return ShellInjection.of(
        HostScript.passing(
            host,
            apply(safe, parts.cluster().dataDirectory()),
            undo(safe),
            look("/run/" + safe, "/var/log/" + safe + ".log"),
            "the intruder's log, its port and the cluster's list of members"));
  }

  private static String apply(String safe, String dataDirectory) {
    return """
        rm -f /run/%1$s.* /var/log/%1$s.log
        sed -e 's/^name: .*/name: "intruder"/' -e 's/:8008"/:8009"/' -e 's/:5432"/:5433"/' \\
          -e 's#%2$s#/var/lib/postgresql/%1$s#' /etc/patroni/drillyard.yml > /etc/patroni/%1$s.yml
        chown postgres:postgres /etc/patroni/%1$s.yml; chmod 600 /etc/patroni/%1$s.yml
        b=$(sed -n 's/^ *bin_dir: *"\\{0,1\\}\\([^" ]*\\).*/\\1/p' /etc/patroni/%1$s.yml | head -n 1)
        cat > /run/%1$s.run <<'END'
        cd /; export HOME=/var/lib/postgresql
        while :; do
          setpriv --reuid=postgres --regid=postgres --clear-groups /usr/bin/patroni /etc/patroni/%1$s.yml
          sleep 1
        done
        END
        cat > /run/%1$s.watch <<'END'
        b=$(sed -n 's/^ *bin_dir: *"\\{0,1\\}\\([^" ]*\\).*/\\1/p' /etc/patroni/%1$s.yml | head -n 1)
        while :; do
          ! $b/pg_isready -q -h 127.0.0.1 -p 5433 || touch /run/%1$s.accepted
          s=$(curl -sf -m2 http://127.0.0.1:8008/cluster | jq -r '.members[] | select(.name == "intruder").state')
          case "$s" in ''|stopped|unknown|crashed|'start failed') ;; *) echo "$s" > /run/%1$s.joined;; esac
          touch /run/%1$s.looked
          sleep 0.2
        done
        END
        cd /; HOME=/var/lib/postgresql setpriv --reuid=postgres --regid=postgres --clear-groups \\
          $b/initdb -N -A trust -E UTF8 -D /var/lib/postgresql/%1$s >/dev/null
        setsid sh /run/%1$s.watch </dev/null >/dev/null 2>&1 &
        echo $! > /run/%1$s.pids
        setsid sh /run/%1$s.run </dev/null >/var/log/%1$s.log 2>&1 &
        echo $! >> /run/%1$s.pids
        for i in $(seq 80); do grep -q '%3$s' /var/log/%1$s.log && break; sleep 0.1; done
        """
        .formatted(safe, dataDirectory, REFUSAL);
  }

  private static String undo(String safe) {
    return """
        for p in $(tac /run/%1$s.pids 2>/dev/null); do kill -TERM -- -$p 2>/dev/null; done
        for i in $(seq 50); do
          a=; for p in $(cat /run/%1$s.pids 2>/dev/null); do kill -0 -- -$p 2>/dev/null && a=1; done
          [ -n "$a" ] || break; sleep 0.1
        done
        for p in $(cat /run/%1$s.pids 2>/dev/null); do kill -KILL -- -$p 2>/dev/null; done
        m=$(head -n 1 /var/lib/postgresql/%1$s/postmaster.pid 2>/dev/null); [ -z "$m" ] || kill -QUIT "$m" 2>/dev/null
        rm -rf /run/%1$s.* /var/lib/postgresql/%1$s /etc/patroni/%1$s.yml; true
        """
        .formatted(safe);
  }

  /**
   * Status 0 where it is refused, 1 where it is not, or not yet.
   *
   * @param run beginning of the names of the files that the two loops leave
   * @param log of the intruder's Patroni
   */
  static String look(String run, String log) {
    return """
        n=0; for p in $(cat %1$s.pids 2>/dev/null); do kill -0 $p 2>/dev/null && n=$((n+1)); done
        [ $n = 2 ] || { echo "no second Patroni, or nobody who watches it"; exit 1; }
        [ ! -e %1$s.accepted ] || { echo 'the intruder was not refused: its PostgreSQL accepted clients'; exit 1; }
        [ ! -e %1$s.joined ] || { echo "the intruder was not refused: it stood among the members, $(cat %1$s.joined)"; exit 1; }
        [ -e %1$s.looked ] || { echo 'nobody has looked at its port yet'; exit 1; }
        grep -q '%3$s' %2$s 2>/dev/null || { echo "the intruder is not refused yet: $(tail -n 1 %2$s 2>/dev/null)"; exit 1; }
        echo "refused: $(grep -o '%3$s.*' %2$s | tail -n 1)"
        """
        .formatted(run, log, REFUSAL);
  }
}
