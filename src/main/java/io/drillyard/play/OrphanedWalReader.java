package io.drillyard.play;

import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.ControlFile;
import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Ledger;
import io.drillyard.ledger.Lsn;
import io.drillyard.ledger.OrphanedWal;
import io.drillyard.ledger.Sha256;
import io.drillyard.probe.TimelineHistoryReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a discarded branch holds: WAL of the old primary beyond the fork, copied and read with
 * pg_waldump while it is still there; pg_rewind removes it.
 */
final class OrphanedWalReader {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** More than so many segments are read, but not copied. */
  private static final int MOST_SEGMENTS = 8;

  private static final Pattern COMMIT =
      Pattern.compile("tx: *(\\d+), lsn: ([0-9A-F]+/[0-9A-F]+),.* desc: COMMIT\\b.*");

  /** How pg_waldump says that it came to the end, in PostgreSQL 15 to 18. */
  private static final Pattern END = Pattern.compile("(?:at|after) ([0-9A-F]+/[0-9A-F]+)");

  private final Ledger ledger;
  private final Path out;

  OrphanedWalReader(Ledger ledger, Path out) {
    this.ledger = ledger;
    this.out = out;
  }

  /**
   * Reads an old primary's WAL beyond the fork and puts it on the ledger; nothing is written when
   * its timeline was not left by the leader's.
   *
   * @param cluster the old primary's
   * @param survivor the cluster that serves now, under that leader
   */
  void read(Host old, Cluster cluster, Cluster survivor, String leader) throws SQLException {
    long start = ledger.now();
    String data = cluster.dataDirectory();
    int timeline = timeline(old, cluster);
    Optional<Event.Fork> fork =
        forks(survivor, leader).stream().filter(f -> f.parentTimeline() == timeline).findFirst();
    if (fork.isEmpty()) {
      ledger.note(
          "info",
          "%s is on timeline %d, which %s did not leave: it has no orphaned WAL"
              .formatted(old.name(), timeline, leader));
      return;
    }
    long from = fork.get().lsn();
    CommandResult dump =
        on(
            old,
            "cd %s/pg_wal && %s/pg_waldump -p . -t %d -s %s -r Transaction"
                .formatted(data, cluster.binaries(), timeline, Lsn.format(from)));
    List<OrphanedWal.Commit> commits = commits(dump.stdout());
    long end = end(dump.stderr());
    Kept kept = copy(old, data, timeline, from);
    ledger.append(
        new OrphanedWal(
            ledger.since(start),
            old.name(),
            timeline,
            from,
            end,
            commits,
            kept.file(),
            kept.sha256(),
            end == 0 ? "pg_waldump did not say where it ended: " + dump.tail() : kept.problem()));
  }

  private static CommandResult on(Host host, String script) {
    Command command = Command.sh(script).within(LIMIT);
    return host.power().isOn() ? host.attempt(command) : host.power().rescue(command);
  }

  private static int timeline(Host old, Cluster cluster) {
    CommandResult said = on(old, cluster.binaries() + "/pg_controldata " + cluster.dataDirectory());
    if (!said.ok()) {
      throw new HostException(old.name() + ": pg_controldata: " + said.tail());
    }
    return ControlFile.parse(said.stdout()).timeline();
  }

  /** The leader's own history: its newest file names every fork that it came by. */
  private static List<Event.Fork> forks(Cluster survivor, String leader) throws SQLException {
    try (Connection connection = survivor.connect(survivor.member(leader), "postgres");
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "select pg_read_file('pg_wal/' || max(name)) from pg_ls_waldir()"
                    + " where name ~ '^[0-9A-F]{8}[.]history$'")) {
      String text = row.next() ? row.getString(1) : null;
      return text == null ? List.of() : TimelineHistoryReader.parse(text);
    }
  }

  /** Of pg_waldump's output, in its order. */
  static List<OrphanedWal.Commit> commits(String dump) {
    List<OrphanedWal.Commit> commits = new ArrayList<>();
    dump.lines()
        .forEach(
            line -> {
              Matcher commit = COMMIT.matcher(line);
              if (commit.find()) {
                commits.add(
                    new OrphanedWal.Commit(
                        Long.parseLong(commit.group(1)), Lsn.parse(commit.group(2))));
              }
            });
    return commits;
  }

  /** Where pg_waldump's last message says that the WAL ends; 0 when it says nothing of the kind. */
  static long end(String messages) {
    long end = 0;
    Matcher at = END.matcher(messages);
    while (at.find()) {
      end = Lsn.parse(at.group(1));
    }
    return end;
  }

  /** What was kept of the files themselves. */
  private record Kept(String file, String sha256, @Nullable String problem) {}

  /** The segments from the fork on, as a compressed archive. */
  private Kept copy(Host old, String data, int timeline, long from) {
    String first =
        "%08X%08X%08X".formatted(timeline, from >>> 32, (from & 0xFFFFFFFFL) / (16 << 20));
    String script =
        """
        cd %1$s/pg_wal
        files=$(ls | grep -E '^%2$s[0-9A-F]{16}$' | awk '$1 >= "%3$s"' | sort)
        [ $(echo "$files" | wc -l) -le %4$d ] || { echo "more than %4$d segments" >&2; exit 9; }
        tar -c $files | gzip | base64 -w 0
        """
            .formatted(data, "%08X".formatted(timeline), first, MOST_SEGMENTS);
    CommandResult packed = on(old, script);
    if (!packed.ok()) {
      return new Kept("", "", "the segments were not kept: " + packed.tail());
    }
    byte[] bytes = Base64.getDecoder().decode(packed.stdout().strip());
    String name =
        unused(
            out,
            "nodes/%s/orphaned-wal-timeline-%d-%s"
                .formatted(old.name(), timeline, Lsn.format(from).replace('/', '-')));
    try {
      Path file = out.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      return new Kept(name, Sha256.of(bytes), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Before several healings the same branch is read again: each copy keeps its own digest. */
  static String unused(Path folder, String stem) {
    String name = stem + ".tar.gz";
    for (int n = 2; Files.exists(folder.resolve(name)); n++) {
      name = stem + "-" + n + ".tar.gz";
    }
    return name;
  }
}
