package io.drillyard.cluster;

import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * pgBackRest on the members of one cluster. Every command is bounded: with its repository out of
 * reach pgBackRest hangs for minutes.
 */
public final class PgBackRest {
  /** The configuration that archives and backs up. */
  public static final String CONFIGURATION = "/etc/pgbackrest/pgbackrest.conf";

  private static final Pattern DENIED = Pattern.compile("HTTP request failed with 40[13] \\(");

  private static final Pattern RESTORE_SET = Pattern.compile("restore backup set ([0-9]{8}-[^,]+)");
  private static final Pattern RESTORE_END =
      Pattern.compile("restore command end: completed successfully \\(([0-9]+)ms\\)");
  private static final Pattern ENDED = Pattern.compile("ended ([0-9]+)");

  private static final JsonMapper JSON = new JsonMapper();

  private final String stanza;

  /** For a stanza, which is named like the Patroni scope. */
  public PgBackRest(String stanza) {
    this.stanza = stanza;
  }

  /** The stanza. */
  public String stanza() {
    return stanza;
  }

  /**
   * Writes a configuration file to a member.
   *
   * @param path of the file on the member
   * @param repositories the first is pgBackRest's repository 1
   * @param dataDirectory of PostgreSQL there
   */
  public void configure(
      Host member,
      String path,
      List<PgBackRestRepository> repositories,
      Map<String, String> options,
      String dataDirectory) {
    Map<String, String> global = new LinkedHashMap<>();
    for (int number = 1; number <= repositories.size(); number++) {
      PgBackRestRepository repository = repositories.get(number - 1);
      global.putAll(repository.options(number));
      String ca = repository.caCertificate();
      if (ca != null) {
        member.write(PgBackRestRepository.caFile(number), ca, "postgres", "0644");
      }
    }
    global.put("log-path", "/var/log/pgbackrest");
    global.put("log-level-console", "warn");
    global.put("log-level-file", "info");
    global.put("start-fast", "y");
    global.putAll(options);
    StringBuilder text = new StringBuilder("[global]\n");
    global.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    text.append(
        "\n[%s]\npg1-path=%s\npg1-socket-path=/run/postgresql\n".formatted(stanza, dataDirectory));
    member.write(path, text.toString(), "postgres", "0600");
    member.run(
        Command.sh(
            "mkdir -p /var/log/pgbackrest /var/spool/pgbackrest && chown postgres:postgres /etc/pgbackrest /var/log/pgbackrest /var/spool/pgbackrest"));
  }

  /** The archive_command for PostgreSQL. */
  public String archiveCommand() {
    return "pgbackrest --config=%s --stanza=%s archive-push \"%%p\""
        .formatted(CONFIGURATION, stanza);
  }

  /** Command line by which a standby reads a segment from the archive. */
  public String fetchCommand(String configuration) {
    return "pgbackrest --config=%s --stanza=%s archive-get %%f \"%%p\""
        .formatted(configuration, stanza);
  }

  /** The restore command line for Patroni's bootstrap, from another configuration file. */
  public String restoreCommand(String configuration) {
    return "pgbackrest --config=%s --stanza=%s restore".formatted(configuration, stanza);
  }

  /** Runs a pgBackRest command on a member as postgres; a failure names what it said. */
  public CommandResult attempt(Host member, Duration limit, String... words) {
    String[] argv = new String[words.length + 3];
    argv[0] = "pgbackrest";
    argv[1] = "--config=" + CONFIGURATION;
    argv[2] = "--stanza=" + stanza;
    System.arraycopy(words, 0, argv, 3, words.length);
    return member.attempt(Command.of(argv).as("postgres").within(limit));
  }

  /**
   * True when the store answered a command and refused: with 403, or with 401 as Google's does
   * whose token is not, or no longer, good. A time-out or another status denies nothing.
   */
  public static boolean denied(CommandResult result) {
    return !result.ok() && DENIED.matcher(result.stdout() + result.stderr()).find();
  }

  private void must(Host member, Duration limit, String... words) {
    CommandResult result = attempt(member, limit, words);
    if (!result.ok()) {
      throw HostException.failed(
          member.name(), Command.of(words).as("postgres").within(limit), result);
    }
  }

  /** Creates the stanza; the primary must run. */
  public void createStanza(Host primary) {
    must(primary, Duration.ofSeconds(60), "stanza-create");
  }

  /** Pushes a segment and sees it arrive. */
  public void check(Host primary) {
    must(primary, Duration.ofSeconds(60), "check");
  }

  /**
   * Takes a backup into a repository. Nothing expires by it: what was there before a fault is
   * compared with what is there at the end of a drill.
   *
   * @param type {@code full}, {@code diff} or {@code incr}
   * @param repository its number, 1 or 2
   */
  public void backup(Host primary, String type, int repository) {
    must(
        primary,
        Duration.ofMinutes(5),
        "backup",
        "--no-expire-auto",
        "--type=" + type,
        "--repo=" + repository);
  }

  /**
   * What the tool's own log says of the last restore on a host.
   *
   * @param label of the backup
   * @param tookMs from its beginning to its end, milliseconds
   * @param agoMs since its end, milliseconds, by the host's clock
   */
  public record LastRestore(String label, long tookMs, long agoMs) {}

  /** The last restore of this stanza on a host; null where its log tells of none that ended. */
  public @Nullable LastRestore lastRestore(Host member) {
    String log =
        member
            .attempt(
                Command.sh(
                    "f=/var/log/pgbackrest/%s-restore.log; cat $f; e=$(grep 'restore command end: completed' $f | tail -n 1 | cut -c 1-23); echo \"ended $(($(date +%%s%%3N) - $(date -d \"$e\" +%%s%%3N)))\""
                        .formatted(stanza)))
            .stdout();
    return lastRestore(log);
  }

  /** The same of a log, after which a line tells how long ago its last restore ended. */
  static @Nullable LastRestore lastRestore(String log) {
    String label = null;
    LastRestore last = null;
    Long tookMs = null;
    for (String line : log.lines().toList()) {
      Matcher set = RESTORE_SET.matcher(line);
      Matcher end = RESTORE_END.matcher(line);
      Matcher ended = ENDED.matcher(line);
      if (line.contains("restore command begin")) {
        label = null;
        tookMs = null;
      } else if (set.find()) {
        label = set.group(1);
      } else if (end.find()) {
        tookMs = Long.valueOf(end.group(1));
      } else if (ended.matches() && label != null && tookMs != null) {
        last = new LastRestore(label, tookMs, Long.parseLong(ended.group(1)));
      }
    }
    return last;
  }

  /** Label, times and sizes of the newest backup, as pgBackRest's info tells them. */
  public Map<String, String> newestBackup(Host member) {
    CommandResult info = attempt(member, Duration.ofSeconds(30), "info", "--output=json");
    Map<String, String> facts = new LinkedHashMap<>();
    if (!info.ok()) {
      facts.put("error", info.tail());
      return facts;
    }
    JsonNode backups = JSON.readTree(info.stdout()).path(0).path("backup");
    if (backups.isEmpty()) {
      return facts;
    }
    JsonNode newest = backups.get(backups.size() - 1);
    facts.put("label", newest.path("label").asString());
    facts.put("type", newest.path("type").asString());
    facts.put("startEpochSeconds", newest.path("timestamp").path("start").asString());
    facts.put("stopEpochSeconds", newest.path("timestamp").path("stop").asString());
    facts.put("databaseBytes", newest.path("info").path("size").asString());
    facts.put("repositoryBytes", newest.path("info").path("repository").path("delta").asString());
    facts.put("lsnStart", newest.path("lsn").path("start").asString());
    facts.put("lsnStop", newest.path("lsn").path("stop").asString());
    facts.put("walStart", newest.path("archive").path("start").asString());
    facts.put("walStop", newest.path("archive").path("stop").asString());
    facts.put("pgbackrest", newest.path("backrest").path("version").asString());
    return facts;
  }
}
