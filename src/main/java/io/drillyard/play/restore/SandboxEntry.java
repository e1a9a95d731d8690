package io.drillyard.play.restore;

import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out as whom and into which database the checks get in, and opens in the copy what the
 * source keeps closed: a copy that nobody else uses may be changed so that it can be read.
 */
final class SandboxEntry {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Pattern ROLE = Pattern.compile("rolname = \"([^\"]+)\"");

  /** So many are named; of more their number. */
  private static final int NAMED_MOST = 5;

  private static final String WHO =
      "select not pg_is_in_recovery(), rolsuper from pg_roles where rolname = current_user";

  private static final String CLOSED =
      "select datname, datconnlimit = -2 from pg_database where (not datallowconn or datconnlimit = -2) and datname <> 'template0' order by 1";

  private static final String PREPARED =
      "select database || ' ' || gid from pg_prepared_xacts order by prepared";

  /** Each statement that it returns is carried out by psql. */
  private static final String ROLL_BACK =
      "select format('rollback prepared %L', gid) from pg_prepared_xacts where database = current_database() \\gexec";

  private static final String NO_TRIGGERS =
      "select format('alter event trigger %I disable', evtname) from pg_event_trigger where evtenabled <> 'D' \\gexec";

  private final Sandbox sandbox;
  private final SandboxClient client;
  private final SandboxAdjustments amends;
  private final String singleUser;
  private boolean repaired;

  /**
   * Of a sandbox.
   *
   * @param singleUser shell words that start its server for one session over standard input
   */
  SandboxEntry(
      Sandbox sandbox, SandboxClient client, SandboxAdjustments amends, String singleUser) {
    this.sandbox = sandbox;
    this.client = client;
    this.amends = amends;
    this.singleUser = singleUser;
  }

  /** Forgets the restore before. */
  void clear() {
    client.superuser("postgres");
    client.maintenance("postgres");
    repaired = false;
  }

  /**
   * Whether there is nothing left to wait for: the server lets the checks in as a superuser, or
   * refuses for a reason that time does not change.
   */
  boolean settled() {
    CommandResult said = client.sql(client.maintenance(), WHO);
    if (said.ok()) {
      String answer = said.stdout().strip();
      return answer.equals("t|t") || (answer.equals("t|f") && findSuperuser());
    }
    String why = said.stderr();
    if (why.contains("role \"" + client.superuser() + "\" does not exist")
        || why.contains("is not permitted to log in")) {
      return findSuperuser();
    }
    if (why.contains("database \"" + client.maintenance() + "\" does not exist")
        || why.contains("database \"" + client.maintenance() + "\" is not currently accepting")) {
      boolean another = !client.maintenance().equals("template1");
      client.maintenance("template1");
      return !another && findSuperuser();
    }
    // It ended recovery and refuses for a reason of its own: waiting changes nothing.
    return !why.contains("the database system is") && !why.contains("No such file");
  }

  /** The bootstrap superuser has the identifier 10, whatever it is called and may do. */
  private boolean findSuperuser() {
    if (repaired) {
      return true;
    }
    repaired = true;
    sandbox.stop();
    String said = single("select rolname from pg_catalog.pg_roles where oid = 10\n");
    Matcher name = ROLE.matcher(said);
    boolean found = name.find();
    if (found) {
      client.superuser(name.group(1));
      String quoted = '"' + name.group(1).replace("\"", "\"\"") + '"';
      single(
          "alter role %s superuser login\nupdate pg_catalog.pg_database set datallowconn = true where datname = 'template1'\n"
              .formatted(quoted));
      amends.remark(
          "The superuser is called '%s'; in the copy it may log in.".formatted(client.superuser()));
    }
    sandbox.reopen();
    return found && client.sql(client.maintenance(), "select 1").ok();
  }

  private String single(String statements) {
    Host host = sandbox.host();
    return host.attempt(Command.sh(singleUser).as("postgres").within(LIMIT).reading(statements))
        .stdout();
  }

  /**
   * Makes an open server readable: databases that let nobody in are opened, and prepared
   * transactions, whose locks would be waited for for ever, are rolled back; both are said. Event
   * triggers are switched off.
   *
   * @return databases that nobody can read, with the reason
   * @throws HostException when it is not known what is closed, or it could not be opened
   */
  List<String> open() {
    List<String> unread = new ArrayList<>();
    List<String> opened = new ArrayList<>();
    for (String line : asked(CLOSED)) {
      int bar = line.lastIndexOf('|');
      String database = line.substring(0, Math.max(0, bar));
      if (line.endsWith("|t")) {
        unread.add(database + ", whose DROP DATABASE was interrupted");
      } else {
        asked(
            "alter database \"%s\" with allow_connections true"
                .formatted(database.replace("\"", "\"\"")));
        opened.add(database);
      }
    }
    if (!opened.isEmpty()) {
      amends.remark(
          "These databases allow no connections at the source; in the copy they were opened, and read: "
              + String.join(", ", opened)
              + ".");
    }
    List<String> prepared = asked(PREPARED);
    for (String database : client.databases()) {
      client.sql(database, NO_TRIGGERS);
      if (!prepared.isEmpty()) {
        client.sql(database, ROLL_BACK);
      }
    }
    if (!prepared.isEmpty()) {
      amends.remark(
          "%d prepared transactions were restored as such (%s%s). Whoever coordinates them has to end them; in the copy they were rolled back, for the checks would wait for their locks."
              .formatted(
                  prepared.size(),
                  String.join(", ", prepared.subList(0, Math.min(NAMED_MOST, prepared.size()))),
                  prepared.size() > NAMED_MOST ? ", …" : ""));
    }
    return List.copyOf(unread);
  }

  private List<String> asked(String statement) {
    CommandResult said = client.sql(client.maintenance(), statement);
    if (!said.ok()) {
      throw new HostException("the copy could not be opened to the checks: " + said.tail());
    }
    return said.stdout().lines().filter(l -> !l.isBlank()).toList();
  }
}
