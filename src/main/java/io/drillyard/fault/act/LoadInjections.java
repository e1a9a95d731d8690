package io.drillyard.fault.act;

import io.drillyard.fault.LoadFault;
import io.drillyard.host.Command;
import java.util.Locale;

/** From loads that hurt to sessions on the primary's host. */
final class LoadInjections {
  /** Longest that a session stays, whatever becomes of the harness. */
  private static final int LONGEST_SECONDS = 900;

  private LoadInjections() {}

  static Injection of(String name, LoadFault fault, FaultTargetHosts parts) {
    String safe = ShellSnippets.safe(name);
    return switch (fault) {
      case LoadFault.LockPileUp lock ->
          sessions(
              parts,
              safe,
              "1",
              "begin; lock table drillyard.writes in share mode; select pg_sleep("
                  + LONGEST_SECONDS
                  + ")",
              "select count(*) from pg_locks l join pg_stat_activity a using (pid) where a.application_name = '%s' and l.granted and l.mode = 'ShareLock' and l.relation = 'drillyard.writes'::regclass");
      case LoadFault.LongTransaction transaction ->
          sessions(
              parts,
              safe,
              "1",
              "begin isolation level repeatable read; select count(*) from drillyard.writes; select pg_sleep("
                  + LONGEST_SECONDS
                  + ")",
              "select count(*) from pg_stat_activity where application_name = '%s' and backend_xmin is not null");
      case LoadFault.ConnectionExhaustion exhaustion -> exhausted(parts, safe);
      case LoadFault.WalFlood flood ->
          sessions(
              parts,
              safe,
              Integer.toString(flood.sessions()),
              // Ten messages of 100 kB for each megabyte, evenly over the second.
              "do $$ begin perform set_config('synchronous_commit', 'off', false); for i in 1..1000000 loop perform pg_logical_emit_message(false, 'flood', repeat('x', 100000)); commit; perform pg_sleep(%s); end loop; end $$"
                  .formatted(
                      String.format(
                          Locale.ROOT, "%.4f", flood.sessions() / (10.0 * flood.megabytes()))),
              "select count(*) from pg_stat_activity where application_name = '%s' and state = 'active'");
    };
  }

  /**
   * Connections that are left to a role without privileges. PostgreSQL keeps some for superusers,
   * and from version 16 on some for roles that are granted them; WAL senders have places of their
   * own; the session that asks is a superuser's and goes again.
   */
  private static final String LEFT =
      "select current_setting('max_connections')::int"
          + " - current_setting('superuser_reserved_connections')::int"
          + " - coalesce(current_setting('reserved_connections', true)::int, 0)"
          + " - count(*) from pg_stat_activity"
          + " where backend_type = 'client backend' and pid <> pg_backend_pid()";

  /**
   * Takes what is left, and goes on doing so: a session of somebody else's that ends later leaves
   * its place to the fault.
   */
  private static Injection exhausted(FaultTargetHosts parts, String safe) {
    String left = ShellSnippets.psql(parts.database(), LEFT);
    String session = psql(parts, safe, "select pg_sleep(" + LONGEST_SECONDS + ")");
    String apply =
        """
        cat > /run/%1$s.sh <<'SESSION'
        exec </dev/null >/dev/null 2>&1
        echo $$ >> /run/%1$s.pid
        exec %2$s
        SESSION
        cat > /run/%1$s.keeper <<'KEEPER'
        exec </dev/null >/dev/null 2>&1
        echo $$ >> /run/%1$s.pid
        for round in $(seq %4$d); do
          n=$(%3$s) || n=0
          for i in $(seq "$n"); do setsid bash /run/%1$s.sh & done
          # Those that were started now must be seen before they are counted again.
          sleep 0.5
        done
        KEEPER
        rm -f /run/%1$s.pid
        setsid bash /run/%1$s.keeper &
        sleep 1
        """
            .formatted(safe, session, left, 2 * LONGEST_SECONDS);
    String look =
        asked(left) + "; echo \"connections left to ordinary roles: $n\"; [ \"$n\" -le 0 ]";
    return ShellInjection.of(
        HostScript.passing(
            parts.primaryHost(), apply, undo(safe, ".keeper"), look, "PostgreSQL's own view"));
  }

  /**
   * Shell that sets n to a query's answer. Where clients crowd in, each that is being refused takes
   * for a moment one of the places that are kept for superusers: then it is asked again.
   */
  private static String asked(String query) {
    return "n=; for try in $(seq 25); do n=$(%s) && break || n=; sleep 0.2; done; [ -n \"$n\" ] || exit 2"
        .formatted(query);
  }

  private static String psql(FaultTargetHosts parts, String safe, String sql) {
    return "setpriv --reuid=postgres --regid=postgres --clear-groups env PGAPPNAME="
        + safe
        + " timeout "
        + LONGEST_SECONDS
        + " psql -X -q -h /run/postgresql -d "
        + parts.database()
        + " -c "
        + Command.quoted(sql);
  }

  /** Ends what was started, the first one first: whoever starts others must not go on. */
  private static String undo(String safe, String also) {
    return """
        for round in 1 2; do
          [ ! -f /run/%1$s.pid ] || for p in $(cat /run/%1$s.pid); do kill -TERM $p 2>/dev/null; done
          %2$s >/dev/null 2>&1
          # One that was just being started is there by now.
          sleep 0.3
        done
        rm -f /run/%1$s.pid /run/%1$s.sh /run/%1$s%3$s; true
        """
        .formatted(
            safe,
            ShellSnippets.psql(
                "postgres",
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = '"
                    + safe
                    + "'"),
            also);
  }

  /**
   * Sessions of a role of the fault's own, over the host's socket.
   *
   * @param count how many, as a word of the shell
   * @param seen a query whose number is above zero while it is in force
   */
  private static Injection sessions(
      FaultTargetHosts parts, String safe, String count, String sql, String seen) {
    String run = psql(parts, safe, sql);
    String apply =
        """
        cat > /run/%1$s.sh <<'SESSION'
        exec </dev/null >/dev/null 2>&1
        echo $$ >> /run/%1$s.pid
        exec %2$s
        SESSION
        rm -f /run/%1$s.pid
        for i in $(seq %3$s); do setsid bash /run/%1$s.sh & done
        sleep 0.5
        """
            .formatted(safe, run, count);
    String look =
        asked(ShellSnippets.psql(parts.database(), seen.formatted(safe)))
            + "; echo \"PostgreSQL counts $n\"; [ \"$n\" -gt 0 ]";
    return ShellInjection.of(
        HostScript.passing(
            parts.primaryHost(), apply, undo(safe, ""), look, "PostgreSQL's own view"));
  }
}
