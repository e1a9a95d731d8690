package io.drillyard.fault.act;

import io.drillyard.fault.ProcessFault.Kind;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.ledger.SentSignal;
import io.drillyard.workload.WorkloadSchema;
import java.util.List;

/** Finds processes of a host by what they are. */
final class ProcessIds {
  private ProcessIds() {}

  /** Shell that prints the process ids, one per line; nothing when there is none. */
  static String script(Kind kind, FaultTargetHosts parts) {
    return switch (kind) {
      case PATRONI, ETCD, HAPROXY -> running(service(kind));
      case POSTMASTER ->
          "p=$(head -n 1 %s/postmaster.pid 2>/dev/null) && kill -0 \"$p\" 2>/dev/null && echo \"$p\""
              .formatted(parts.cluster().dataDirectory());
      // In brackets, so that the pattern does not find the shell that looks for it.
      case BACKEND -> titled(WorkloadSchema.CLIENT_ROLE) + " | head -n 1";
      case WALSENDER -> titled("walsender .*streaming");
      case WALRECEIVER -> titled("walreceiver");
      case STARTUP -> titled("startup recovering");
      case ARCHIVER -> titled("archiver");
    };
  }

  private static String running(String name) {
    return "p=$(cat /run/%s.pid 2>/dev/null) && kill -0 \"$p\" 2>/dev/null && echo \"$p\""
        .formatted(name);
  }

  private static String titled(String what) {
    return "pgrep -f '^[p]ostgres: .*" + what + "'";
  }

  /** The processes that run now; an error when there is none. */
  static List<Integer> now(Host host, Kind kind, FaultTargetHosts parts) {
    List<Integer> pids =
        host.attempt(Command.sh(script(kind, parts) + " || true"))
            .stdout()
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .map(Integer::valueOf)
            .toList();
    if (pids.isEmpty()) {
      throw new HostException(host.name() + ": " + kind.words() + " does not run");
    }
    return pids;
  }

  /** The start script of a service. */
  static String start(Kind kind) {
    return "/etc/drillyard/services/" + service(kind);
  }

  /** A signal to a service of a host. */
  static SentSignal signal(Host host, Kind kind, int signal) {
    return new SentSignal(host.name(), service(kind), signal);
  }

  /** What its host calls a service. */
  private static String service(Kind kind) {
    return switch (kind) {
      case PATRONI -> "50-patroni";
      case ETCD -> "10-etcd";
      case HAPROXY -> "30-haproxy";
      default -> throw new IllegalArgumentException(kind.words() + " is no service");
    };
  }
}
