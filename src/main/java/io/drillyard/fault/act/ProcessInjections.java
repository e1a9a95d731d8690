package io.drillyard.fault.act;

import io.drillyard.fault.ProcessFault;
import io.drillyard.fault.ProcessFault.Kind;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.ledger.SentSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** From faults of processes to what hosts are told. */
final class ProcessInjections {
  private static final String WITNESS = "the kernel's process table";
  private static final Duration BETWEEN_STOP_AND_START = Duration.ofMillis(300);
  private static final Duration RESTART_LIMIT = Duration.ofSeconds(15);

  private ProcessInjections() {}

  static Injection of(ProcessFault fault, FaultTargetHosts parts) {
    return switch (fault) {
      case ProcessFault.Kill kill -> kill(kill, parts);
      case ProcessFault.Freeze freeze -> freeze(freeze, parts);
      case ProcessFault.CrashLoop loop -> crashLoop(loop, parts);
      case ProcessFault.RestartStorm storm -> restartStorm(storm, parts);
    };
  }

  private static Injection kill(ProcessFault.Kill kill, FaultTargetHosts parts) {
    List<HostScript> acts = new ArrayList<>();
    for (Host host : parts.hosts(kill.who())) {
      String pids = words(ProcessIds.now(host, kill.kind(), parts));
      String undo = "";
      String look =
          "for p in %s; do kill -0 $p 2>/dev/null && { echo \"$p lives\"; exit 1; }; done; echo \"%s (%s) is no more\""
              .formatted(pids, kill.kind().words(), pids);
      if (kill.kind().isService()) {
        String now = ProcessIds.script(kill.kind(), parts);
        undo = "[ -n \"$(" + now + ")\" ] || " + ProcessIds.start(kill.kind());
        look =
            "p=$(%s); [ -z \"$p\" ] || { echo \"%s runs as $p\"; exit 1; }; echo \"%s does not run\""
                .formatted(now, kill.kind().words(), kill.kind().words());
      }
      acts.add(HostScript.passing(host, "kill -KILL " + pids, undo, look, WITNESS));
    }
    return signalling(
        new ShellInjection(acts), kill.kind(), parts.hosts(kill.who()), SentSignal.KILL);
  }

  private static String words(List<Integer> pids) {
    return pids.stream().map(Object::toString).collect(Collectors.joining(" "));
  }

  private static Injection freeze(ProcessFault.Freeze freeze, FaultTargetHosts parts) {
    List<HostScript> acts = new ArrayList<>();
    for (Host host : parts.hosts(freeze.who())) {
      String pids = words(ProcessIds.now(host, freeze.kind(), parts));
      String look =
          """
          t=0; r=0
          for p in %1$s; do
            s=$(ps -o stat= -p $p); echo "%2$s ($p) is in state '$s'"
            case "$s" in T*) t=1 ;; *) r=1 ;; esac
          done
          # Some stopped and some not is neither in force nor gone.
          [ $t = 0 ] || [ $r = 0 ] || exit 2
          [ $t = 1 ]
          """
              .formatted(pids, freeze.kind().words());
      acts.add(
          HostScript.passing(
              host,
              "kill -STOP " + pids,
              "for p in " + pids + "; do kill -CONT $p 2>/dev/null; done; true",
              look,
              WITNESS));
    }
    return new ShellInjection(acts);
  }

  private static Injection crashLoop(ProcessFault.CrashLoop loop, FaultTargetHosts parts) {
    List<Host> hosts = parts.hosts(loop.who());
    String again = loop.kind().isService() ? ProcessIds.start(loop.kind()) : "true";
    String pids = ProcessIds.script(loop.kind(), parts);
    return signalling(crashes(loop, hosts, again, pids), loop.kind(), hosts, SentSignal.KILL);
  }

  private static Injection crashes(
      ProcessFault.CrashLoop loop, List<Host> hosts, String again, String pids) {
    return new LoopInjection(
        hosts,
        host -> {
          host.attempt(Command.sh("p=$(" + pids + ") && kill -KILL $p; sleep 0.2; " + again));
          RepeatedAction.pause(loop.pause());
        },
        loop.kind().isService() ? "[ -n \"$(" + pids + ")\" ] || " + again : "",
        young(pids, loop.kind(), loop.pause(), hosts.size()),
        loop.kind().isService() ? there(pids, loop.kind()) : "",
        "end the loop"
            + (loop.kind().isService()
                ? "; start " + loop.kind().words() + " where it is down"
                : ""));
  }

  private static Injection restartStorm(ProcessFault.RestartStorm storm, FaultTargetHosts parts) {
    List<Host> hosts = parts.hosts(storm.who());
    String pids = ProcessIds.script(storm.kind(), parts);
    String start = ProcessIds.start(storm.kind());
    // A restart that is cut short has told the process to end, and it still runs for a while: the
    // mark says so, or the repair would take it for a healthy one and leave the host without.
    String mark = "/run/restarting-" + storm.kind().name().toLowerCase(Locale.ROOT);
    // Patroni stops PostgreSQL first: a second one must not start beside it.
    String ended =
        "for i in $(seq 100); do [ -z \"$(%s)\" ] && break; sleep 0.1; done".formatted(pids);
    String restart =
        String.format(
            Locale.ROOT,
            "touch %1$s; p=$(%2$s) && kill -TERM $p; sleep %3$.1f; %4$s; [ -z \"$(%2$s)\" ] && %5$s; rm -f %1$s",
            mark,
            pids,
            BETWEEN_STOP_AND_START.toMillis() / 1000.0,
            ended,
            start);
    Injection loop =
        new LoopInjection(
            hosts,
            host -> {
              host.attempt(Command.sh(restart).within(RESTART_LIMIT));
              RepeatedAction.pause(storm.pause());
            },
            "[ ! -e %1$s ] || { %2$s; rm -f %1$s; }; [ -n \"$(%3$s)\" ] || %4$s"
                .formatted(mark, ended, pids, start),
            young(pids, storm.kind(), storm.pause(), hosts.size()),
            there(pids, storm.kind()),
            "end the loop; start " + storm.kind().words() + " where it is down");
    return signalling(loop, storm.kind(), hosts, SentSignal.TERM);
  }

  /**
   * What PostgreSQL or Patroni starts is no service of its host, whose supervisor watches those.
   */
  private static Injection signalling(
      Injection injection, Kind kind, List<Host> hosts, int signal) {
    return kind.isService()
        ? new Signalling(
            injection, hosts.stream().map(h -> ProcessIds.signal(h, kind, signal)).toList())
        : injection;
  }

  private static String there(String pids, Kind kind) {
    return "p=$(%1$s); [ -n \"$p\" ] || { echo '%2$s does not run'; exit 1; }; echo \"%2$s runs as $p\""
        .formatted(pids, kind.words());
  }

  /** A process that is killed again and again is never old, or is not there. */
  private static String young(String pids, Kind kind, Duration pause, int hosts) {
    long most = (pause.toSeconds() + 3) * hosts + 5;
    return """
        p=$(%1$s) || { echo "%2$s does not run"; exit 0; }
        for one in $p; do
          age=$(ps -o etimes= -p $one | tr -d ' '); [ -n "$age" ] || age=0
          echo "%2$s ($one) has run for $age s"
          [ "$age" -le %3$d ] || exit 1
        done
        """
        .formatted(pids, kind.words(), most);
  }
}
