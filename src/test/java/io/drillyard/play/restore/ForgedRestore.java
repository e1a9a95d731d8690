package io.drillyard.play.restore;

import io.drillyard.backup.ArchiveListing;
import io.drillyard.backup.BackupInfo;
import io.drillyard.backup.DatabaseIdentity;
import io.drillyard.check.backup.AcknowledgedLook;
import io.drillyard.check.backup.AcknowledgedWrites;
import io.drillyard.check.backup.BackupAgeLook;
import io.drillyard.check.backup.BranchLook;
import io.drillyard.check.backup.ChecksumsLook;
import io.drillyard.check.backup.ContinuityLook;
import io.drillyard.check.backup.DumpLook;
import io.drillyard.check.backup.FreshnessLook;
import io.drillyard.check.backup.InformationLook;
import io.drillyard.check.backup.ProgramOutput;
import io.drillyard.check.backup.RecoveryLook;
import io.drillyard.check.backup.RemovedLook;
import io.drillyard.check.backup.RepositoryLook;
import io.drillyard.check.backup.RestoreChoice;
import io.drillyard.check.backup.RestoreLook;
import io.drillyard.check.backup.RestoreTerms;
import io.drillyard.check.backup.RestoreTimeLook;
import io.drillyard.check.backup.RestoredSettingsLook;
import io.drillyard.check.backup.Rung;
import io.drillyard.check.backup.RungLook;
import io.drillyard.check.backup.SandboxIsolationLook;
import io.drillyard.check.backup.SqlAssertionsLook;
import io.drillyard.check.backup.StepLimit;
import io.drillyard.check.backup.StructureLook;
import io.drillyard.check.backup.TargetReached;
import io.drillyard.check.backup.UnchangedLook;
import io.drillyard.check.backup.VerifyLook;
import io.drillyard.evidence.RestoreTest;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.LedgerFormat;
import io.drillyard.ledger.Lsn;
import io.drillyard.ledger.RestoreControl;
import io.drillyard.ledger.RunPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A stored run of restore tests, made without a lab: its ledgers are written as real ones are. */
public final class ForgedRestore {
  private static final Instant ORDERED = Instant.parse("2026-11-29T01:00:00Z");

  /** When a run of such tests is over. */
  public static final Instant ENDED = ORDERED.plusSeconds(600);

  private static final ProgramOutput OK = new ProgramOutput(0, "", "");
  private static final StepLimit LIMIT = new StepLimit(false, "10 min");
  private static final String LABEL = "20261129-001500F";

  /** The server's own words, in English, as PostgreSQL 17 has them. */
  private static final String LOG =
      """
      2026-11-29 01:00:20.000 UTC [7] LOG:  starting archive recovery
      2026-11-29 01:00:21.000 UTC [7] LOG:  restored log file "000000010000000000000005" from archive
      2026-11-29 01:00:22.000 UTC [7] LOG:  redo done at 0/6000110 system usage: CPU: user: 0.00 s
      2026-11-29 01:00:22.000 UTC [7] LOG:  last completed transaction was at log time 2026-11-29 00:59:58.5+00
      2026-11-29 01:00:23.000 UTC [7] LOG:  selected new timeline ID: 2
      2026-11-29 01:00:23.500 UTC [7] LOG:  archive recovery complete
      2026-11-29 01:00:24.000 UTC [1] LOG:  database system is ready to accept connections
      """;

  /** Folder of the lab, in the run's. */
  public static final String LAB = "restore/01-nightly";

  /** The run. */
  public static final String RUN = "20261129T010000Z-cafe";

  private final Path folder;
  private final List<String> planned;
  private final RunPlan plan;
  private final List<String> ledgers = new ArrayList<>();

  /** In a folder, with these tests. */
  public ForgedRestore(Path folder, String... planned) throws IOException {
    this.folder = folder;
    this.planned = List.of(planned);
    this.plan =
        new RunPlan(
            RunPlan.Kind.WHOLE,
            0,
            ORDERED.toString(),
            Map.of("drillyard", "0.1.0"),
            Map.of(),
            Map.of(),
            List.of(),
            List.of(),
            List.of(new RunPlan.Restore(LAB, "nightly", "onprem", this.planned)),
            List.of());
    Files.createDirectories(folder.resolve(LAB).resolve(RestoreProgram.TESTS));
  }

  /** What every rung looks at when nothing is wrong. */
  public static Map<Rung, RungLook> looks() {
    Map<Rung, RungLook> looks = new EnumMap<>(Rung.class);
    looks.put(Rung.REACHABLE, RepositoryLook.listed(40, 123_456));
    looks.put(Rung.INFORMATION, information());
    looks.put(Rung.BACKUP_AGE, new BackupAgeLook());
    looks.put(Rung.CONTINUITY, new ContinuityLook());
    looks.put(
        Rung.ISOLATION,
        new SandboxIsolationLook(
            List.of(
                new SandboxIsolationLook.Way("sandbox", "repo1", "repository", "CONNECTED"),
                new SandboxIsolationLook.Way("sandbox", "db1", "port 5432", "SILENT")),
            List.of(
                new SandboxIsolationLook.Way("sandbox", "repo1", "repository", "CONNECTED"),
                new SandboxIsolationLook.Way("db1", "sandbox", "into the sandbox", "SILENT"))));
    looks.put(Rung.RESTORE, new RestoreLook("17", 1L << 34, OK, LIMIT, null, "77"));
    looks.put(Rung.BRANCH, new BranchLook(null, List.of()));
    looks.put(
        Rung.VERIFY,
        new VerifyLook(
            new ProgramOutput(
                0,
                """
                stanza: shop
                status: ok
                  archiveId: 17-1, total WAL checked: 3, total valid WAL: 3
                    missing: 0, checksum invalid: 0, size invalid: 0, other: 0
                  backup: 20261129-001500F, status: valid, total files checked: 900, total valid files: 900
                    missing: 0, checksum invalid: 0, size invalid: 0, other: 0
                """,
                ""),
            LIMIT,
            null));
    looks.put(
        Rung.TARGET,
        new RecoveryLook(
            new RestoreChoice.Latest(),
            new TargetReached.Expected(
                Lsn.parse("0/6000110"),
                Instant.parse("2026-11-29T00:59:58.5Z"),
                "000000010000000000000006"),
            LOG,
            true,
            LIMIT));
    looks.put(
        Rung.ACKNOWLEDGED,
        new AcknowledgedLook(
            List.of(
                new AcknowledgedWrites.Write(
                    7, ORDERED.minusSeconds(60), ORDERED.minusSeconds(59))),
            new ProgramOutput(0, "7\n", "")));
    looks.put(
        Rung.CHECKSUMS,
        new ChecksumsLook(
            OK, new ProgramOutput(0, "Files scanned:   900\nBlocks scanned:  3000\n", ""), LIMIT));
    looks.put(Rung.STRUCTURE, new StructureLook(OK, LIMIT, null, List.of("db: gin index x")));
    looks.put(
        Rung.DUMP,
        new DumpLook(
            new ProgramOutput(
                0, "-- PostgreSQL database cluster dump complete\n1234 bytes copied\n", ""),
            LIMIT,
            List.of("app", "postgres"),
            List.of()));
    looks.put(
        Rung.ASSERTIONS,
        new SqlAssertionsLook(
            List.of(
                new SqlAssertionsLook.Answer("orders", "> 0", new ProgramOutput(0, "12\n", ""))),
            1,
            LIMIT));
    looks.put(Rung.FRESHNESS, new FreshnessLook(ORDERED.minusSeconds(20)));
    looks.put(
        Rung.SETTINGS,
        new RestoredSettingsLook(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            "[[\"work_mem\", \"4096\", \"4096\"]]",
            List.of("port")));
    looks.put(Rung.RECOVERY_TIME, new RestoreTimeLook(1.5, Map.of("copy", 1200.0), 5_000_000));
    looks.put(
        Rung.UNCHANGED,
        new UnchangedLook(new UnchangedLook.Listing("", ""), null, null, List.of()));
    looks.put(Rung.REMOVED, new RemovedLook("sandbox", ""));
    return looks;
  }

  /** A stanza of one full backup and three segments. */
  public static InformationLook information() {
    TreeMap<Long, TreeSet<Long>> segments = new TreeMap<>();
    segments.put(1L, new TreeSet<>(List.of(4L, 5L, 6L)));
    BackupInfo.Backup backup =
        new BackupInfo.Backup(
            LABEL,
            "full",
            1,
            List.of(),
            ORDERED.minusSeconds(2700),
            ORDERED.minusSeconds(2600),
            "0/4000028",
            "0/4000120",
            "000000010000000000000004",
            "000000010000000000000004",
            false,
            5_000_000);
    return new InformationLook(
        new BackupInfo(new DatabaseIdentity(1, "77", "17"), List.of(backup)),
        new ArchiveListing(
            segments,
            new HashMap<>(),
            new ArrayList<>(),
            new TreeSet<>(),
            new ArrayList<>(),
            16L << 20),
        Map.of(),
        List.of(),
        List.of(),
        null);
  }

  /** Declared: 10 minutes for the restore, a day for the backup, a minute for the heartbeat. */
  public static RestoreTerms terms(String name) {
    return new RestoreTerms(
        name,
        "nightly",
        List.of("audit-history"),
        "shop",
        5,
        "latest",
        "latest",
        null,
        Duration.ofMinutes(10),
        Duration.ofDays(1),
        Duration.ofMinutes(1),
        ORDERED,
        ORDERED,
        false,
        List.of(Rung.SETTINGS.check()),
        Map.of("postgresql", "17.6"),
        Map.of(RestoreTerms.OWNER, "lab"),
        List.of("Whether the data make sense to the application: no assertions are declared."),
        null);
  }

  /** Adds a test with these looks, in the rungs' order; the listings are alike. */
  public ForgedRestore test(
      String name, Map<Rung, RungLook> looks, RestoreTest.@Nullable Control control)
      throws IOException {
    Path file =
        folder
            .resolve(LAB)
            .resolve(RestoreProgram.TESTS)
            .resolve("%03d-%s%s".formatted(ledgers.size() + 1, name, RestoreTestLedger.ENDING));
    RestoreTestLedger ledger =
        RestoreTestLedger.open(
            file, planned, plan, text -> text.replace("hunter2", "[key withheld]"));
    RestoreTerms terms = terms(name);
    long now = ledger.ledger().now();
    ledger
        .ledger()
        .append(
            new Event.Opened(
                new io.drillyard.ledger.Interval(now, now),
                LedgerFormat.VERSION,
                RUN,
                "restore-test",
                "nightly",
                "audit-history",
                "restore",
                // Each after the one before, however long this machine takes over it.
                ORDERED.plusSeconds(20L * ledgers.size()).toString(),
                Map.of()));
    ProofLadder ladder = new ProofLadder(ledger, terms, line -> {});
    Map<String, String> objects = Map.of("backup/a", "11", "archive/b", "22");
    for (Rung rung : Rung.values()) {
      RungLook look = looks.get(rung);
      if (look == null) {
        ladder.skip("nothing was restored", rung);
      } else if (look instanceof UnchangedLook unchanged && unchanged.after() == null) {
        ladder.climb(
            rung,
            () ->
                new UnchangedLook(
                    ledger.keep("before", objects),
                    ledger.keep("after", objects),
                    null,
                    List.of()));
      } else {
        ladder.climb(rung, () -> look);
      }
    }
    ledger.note("A remark.");
    ledger.close(
        control == null
            ? null
            : new RestoreControl(
                ledger.now(),
                control.words(),
                control.rung().check(),
                control.by().stream().map(Rung::check).toList(),
                control.result()),
        ladder.broken() ? "failed" : "complete");
    ledgers.add(LAB + "/" + RestoreProgram.TESTS + "/" + ledger.name());
    return this;
  }

  /** Paths of the ledgers, in the run's folder. */
  public List<String> ledgers() {
    return List.copyOf(ledgers);
  }

  /** What the whole run was to be. */
  public RunPlan plan() {
    return plan;
  }

  /** The run's folder. */
  public Path folder() {
    return folder;
  }
}
