package io.drillyard.restore.play;

import io.drillyard.backup.BackupInfo;
import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.Acknowledged;
import io.drillyard.check.backup.Choice;
import io.drillyard.check.backup.Climbed;
import io.drillyard.check.backup.Judged;
import io.drillyard.check.backup.Rung;
import io.drillyard.check.backup.TargetReached;
import io.drillyard.cluster.Await;
import io.drillyard.host.CommandResult;
import io.drillyard.host.HostException;
import io.drillyard.restore.report.RestoreTest;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Somebody drops the table of one context. Its database alone is restored to the instant before,
 * aside, and brought back into the living source, whose other contexts go on meanwhile.
 */
final class OneContext {
  private static final String DATABASE = "tenancy";
  private static final int TENANTS = 500;
  private static final String DIGEST =
      "select count(*) || ' ' || coalesce(md5(string_agg(id || name, ',' order by id)), '') from tenants";
  private static final String NOW =
      "select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
  private static final Duration ARCHIVED = Duration.ofMinutes(2);
  private static final Duration APART = Duration.ofSeconds(2);

  private final Source source;
  private final Setting setting;
  private final Ladder ladder;
  private final Clock clock = Clock.systemUTC();

  OneContext(Source source, Setting setting, Progress progress) {
    this.source = source;
    this.setting = setting;
    this.ladder = new Ladder(System.nanoTime(), Set.of(), progress);
  }

  /** Plays it; the record's rungs are those that it has. */
  RestoreTest play(String name) {
    source.sql("postgres", List.of("create database " + DATABASE));
    source.sql(
        DATABASE,
        List.of(
            "create table tenants (id int primary key, name text not null)",
            "insert into tenants select n, 'tenant ' || n from generate_series(1, %d) n"
                .formatted(TENANTS)));
    String whole = source.value(DATABASE, DIGEST);
    source.backUp();
    BackupInfo.Backup backup = setting.vault().held().getLast();
    Instant ordered = clock.instant();
    setting.sandbox().allow(setting.policy().atMost(), System.nanoTime());
    String others;
    try (Traffic traffic = Traffic.on(source, Traffic.BUSY)) {
      pass();
      Instant before = Instant.parse(source.value(DATABASE, NOW));
      pass();
      source.sql(DATABASE, List.of("drop table tenants"));
      source.archived(ARCHIVED);
      bringBack(backup, before, whole);
      others = traffic.words();
      ladder.climb(Rung.FRESHNESS, () -> theyWentOn(traffic));
    }
    ladder.climb(Rung.ACKNOWLEDGED, this::theOthers);
    ladder.climb(Rung.REMOVED, this::removed);
    return record(name, ordered, backup, others);
  }

  /** So that what is before and what is after cannot be mistaken for each other. */
  private static void pass() {
    Await.quietly(APART, () -> false);
  }

  private void bringBack(BackupInfo.Backup backup, Instant before, String whole) {
    Sandbox sandbox = setting.sandbox();
    Verdict restored =
        ladder.climb(
            Rung.RESTORE,
            () -> {
              CommandResult said = sandbox.restore(backup.label(), "--db-include=" + DATABASE);
              return said.ok()
                  ? Judged.met(
                      Rung.RESTORE,
                      "Of backup %s database %s alone is restored."
                          .formatted(backup.label(), DATABASE),
                      List.of())
                  : Judged.missed(Rung.RESTORE, "It was not restored.", List.of(said.tail()));
            });
    if (restored != Verdict.MET) {
      ladder.skip("nothing was restored", Rung.TARGET, Rung.ASSERTIONS);
      return;
    }
    Choice.Target target = new Choice.Instantly(before);
    ladder.climb(
        Rung.TARGET,
        () -> {
          sandbox.start(target, null);
          return TargetReached.judge(target, null, sandbox.awaitOpen());
        });
    ladder.climb(
        Rung.ASSERTIONS,
        () -> {
          CommandResult dump = sandbox.client().dumpOf(DATABASE, "tenants");
          if (!dump.ok()) {
            return Judged.missed(
                Rung.ASSERTIONS, "The context was not dumped.", List.of(dump.tail()));
          }
          source.load(DATABASE, dump.stdout());
          String now = source.value(DATABASE, DIGEST);
          return now.equals(whole)
              ? Judged.met(
                  Rung.ASSERTIONS,
                  "All %d rows of the context are in the living source as they were."
                      .formatted(TENANTS),
                  List.of())
              : Judged.missed(
                  Rung.ASSERTIONS,
                  "The context is not as it was: %s, not %s.".formatted(now, whole),
                  List.of());
        });
  }

  private static Finding theyWentOn(Traffic traffic) {
    return traffic.wentOn()
        ? Judged.met(Rung.FRESHNESS, "The others went on: " + traffic.words(), List.of())
        : Judged.missed(Rung.FRESHNESS, "The others did not go on: " + traffic.words(), List.of());
  }

  private Finding theOthers() {
    Set<Long> there = new TreeSet<>();
    try (var connection = source.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select id from shop.orders")) {
      while (rows.next()) {
        there.add(rows.getLong(1));
      }
    } catch (SQLException e) {
      throw new HostException("the source did not answer", e);
    }
    return Acknowledged.judge(source.writes(), there, null);
  }

  private Finding removed() {
    String left = setting.sandbox().remove();
    return left.isEmpty()
        ? Judged.met(Rung.REMOVED, "Nothing of the restored server is left.", List.of())
        : Judged.missed(Rung.REMOVED, "Something of the sandbox is left.", List.of(left));
  }

  private RestoreTest record(
      String name, Instant ordered, BackupInfo.Backup backup, String others) {
    List<Climbed> rungs = ladder.rungs();
    Verdict verdict = Climbed.of(rungs);
    return new RestoreTest(
        name,
        setting.policy().name(),
        setting.policy().serves(),
        setting.stanza(),
        ladder.broken() && verdict == Verdict.MET ? Verdict.UNDETERMINED : verdict,
        ordered.toString(),
        clock.instant().toString(),
        ladder.broken() ? "failed" : "complete",
        0,
        BackupFacts.of(backup, List.of(backup), setting.policy()),
        "the instant before the table was dropped",
        rungs,
        Map.of(),
        0,
        null,
        setting.versions(),
        NotSaid.of(setting.policy()),
        List.of(others),
        null);
  }
}
