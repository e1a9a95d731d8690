package io.drillyard.play.restore;

import io.drillyard.backup.BackupInfo;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.ProgramOutput;
import io.drillyard.check.backup.RecoveryLook;
import io.drillyard.check.backup.RemovedLook;
import io.drillyard.check.backup.RestoreChoice;
import io.drillyard.check.backup.Rung;
import io.drillyard.check.backup.SingleContextLooks;
import io.drillyard.cluster.BoundedWait;
import io.drillyard.fault.OperatorFault;
import io.drillyard.fault.act.Injector;
import io.drillyard.host.CommandResult;
import io.drillyard.host.HostException;
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
final class SingleContextRestore {
  private static final String DATABASE = "tenancy";
  private static final int TENANTS = 500;
  private static final String DIGEST =
      "select count(*) || ' ' || coalesce(md5(string_agg(id || name, ',' order by id)), '') from tenants";
  private static final String NOW =
      "select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
  private static final Duration ARCHIVED = Duration.ofMinutes(2);
  private static final Duration APART = Duration.ofSeconds(2);

  private final DemonstrationSource source;
  private final RepositoryUnderTest setting;
  private final ProofLadder ladder;
  private final RestoreTestStage stage;
  private final Injector injector;

  private SingleContextRestore(RestoreTestStage stage, String name, RestoreTestLedger file) {
    this.stage = stage;
    this.source = stage.source();
    this.setting = stage.setting(stage.usual().policy());
    this.injector = new Injector(file.ledger());
    Instant ordered = Instant.now(Clock.systemUTC());
    this.ladder =
        new ProofLadder(
            file, setting.terms(name, 0, ordered, ordered).requiringAll(), stage.progress());
  }

  /**
   * Lets it happen.
   *
   * @param file that its rungs are written to
   */
  static RestoreTestOutcome play(RestoreTestStage stage, String name, RestoreTestLedger file) {
    return new SingleContextRestore(stage, name, file).play();
  }

  /** Plays it; its ladder has rungs of its own. */
  private RestoreTestOutcome play() {
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
    try (SourceTraffic traffic = SourceTraffic.on(source, SourceTraffic.BUSY)) {
      pass();
      Instant before = Instant.parse(source.value(DATABASE, NOW));
      pass();
      injector.inject(
          "mistake", new OperatorFault.TableDropped(DATABASE, "tenants"), stage.parts());
      source.archived(ARCHIVED);
      bringBack(backup, before, whole);
      others = traffic.words();
      ladder.climb(Rung.FRESHNESS, traffic::wentOn);
    }
    ladder.climb(Rung.ACKNOWLEDGED, this::theOthers);
    ladder.climb(Rung.REMOVED, this::removed);
    return new RestoreTestOutcome(ladder, List.of(others));
  }

  /** So that what is before and what is after cannot be mistaken for each other. */
  private static void pass() {
    BoundedWait.quietly(APART, () -> false);
  }

  private void bringBack(BackupInfo.Backup backup, Instant before, String whole) {
    Sandbox sandbox = setting.sandbox();
    Verdict restored =
        ladder.climb(
            Rung.RESTORE,
            () ->
                new SingleContextLooks.Restored(
                    backup.label(),
                    DATABASE,
                    SandboxChecks.said(
                        sandbox.restore(backup.label(), "--db-include=" + DATABASE))));
    if (restored != Verdict.MET) {
      ladder.skip("nothing was restored", Rung.TARGET, Rung.ASSERTIONS);
      return;
    }
    RestoreChoice.Target target = new RestoreChoice.Instantly(before);
    ladder.climb(
        Rung.TARGET,
        () -> {
          sandbox.start(target, null);
          sandbox.awaitOpen();
          return new RecoveryLook(
              target, null, sandbox.logText(), sandbox.running(), SandboxChecks.limit(sandbox));
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
          ProgramOutput said = new ProgramOutput(dump.exit(), "", dump.stderr());
          return new SingleContextLooks.BroughtBack(said, TENANTS, whole, now);
        });
  }

  private SingleContextLooks.Others theOthers() {
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
    return new SingleContextLooks.Others(source.writes(), there);
  }

  private RemovedLook removed() {
    return new RemovedLook(setting.sandbox().host().name(), setting.sandbox().remove());
  }
}
