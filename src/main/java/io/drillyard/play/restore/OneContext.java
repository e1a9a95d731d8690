package io.drillyard.play.restore;

import io.drillyard.backup.BackupInfo;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.Choice;
import io.drillyard.check.backup.ContextLooks;
import io.drillyard.check.backup.RecoveryLook;
import io.drillyard.check.backup.RemovedLook;
import io.drillyard.check.backup.Rung;
import io.drillyard.check.backup.Said;
import io.drillyard.cluster.Await;
import io.drillyard.host.CommandResult;
import io.drillyard.host.HostException;
import io.drillyard.play.tamper.Incident;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

  /**
   * Of one source.
   *
   * @param file that its rungs are written to
   */
  private OneContext(
      Source source, Setting setting, String name, TestLedger file, Progress progress) {
    this.source = source;
    this.setting = setting;
    Instant ordered = Instant.now(Clock.systemUTC());
    this.ladder =
        new Ladder(file, setting.terms(name, 0, ordered, ordered).requiringAll(), progress);
  }

  /** Lets it happen. */
  static void befall(
      Source source, Setting setting, Series series, Incident incident, Progress progress)
      throws IOException {
    String name = incident.option();
    TestLedger file = series.open(setting, name);
    TestOutcome test = new OneContext(source, setting, name, file, progress).play();
    series.write(test.as(Controls.overcome(incident.words(), test)));
  }

  /** Plays it; its ladder has rungs of its own. */
  private TestOutcome play() {
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
      ladder.climb(Rung.FRESHNESS, traffic::wentOn);
    }
    ladder.climb(Rung.ACKNOWLEDGED, this::theOthers);
    ladder.climb(Rung.REMOVED, this::removed);
    return new TestOutcome(ladder, List.of(others));
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
            () ->
                new ContextLooks.Restored(
                    backup.label(),
                    DATABASE,
                    Checks.said(sandbox.restore(backup.label(), "--db-include=" + DATABASE))));
    if (restored != Verdict.MET) {
      ladder.skip("nothing was restored", Rung.TARGET, Rung.ASSERTIONS);
      return;
    }
    Choice.Target target = new Choice.Instantly(before);
    ladder.climb(
        Rung.TARGET,
        () -> {
          sandbox.start(target, null);
          sandbox.awaitOpen();
          return new RecoveryLook(
              target, null, sandbox.logText(), sandbox.running(), Checks.limit(sandbox));
        });
    ladder.climb(
        Rung.ASSERTIONS,
        () -> {
          CommandResult dump = sandbox.client().dumpOf(DATABASE, "tenants");
          String now = "";
          if (dump.ok()) {
            source.load(DATABASE, dump.stdout());
            now = source.value(DATABASE, DIGEST);
          }
          Said said = new Said(dump.exit(), "", dump.stderr());
          return new ContextLooks.BroughtBack(said, TENANTS, whole, now);
        });
  }

  private ContextLooks.Others theOthers() {
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
    return new ContextLooks.Others(source.writes(), there);
  }

  private RemovedLook removed() {
    return new RemovedLook(setting.sandbox().host().name(), setting.sandbox().remove());
  }
}
