package io.drillyard.cli;

import io.drillyard.check.backup.BackupPurgePlan;
import io.drillyard.declaration.Durations;
import io.drillyard.declaration.ExternalRepository;
import io.drillyard.declaration.RestorePolicy;
import io.drillyard.declaration.RestorePolicyFile;
import io.drillyard.evidence.purge.BackupPurgeJson;
import io.drillyard.evidence.purge.BackupPurgeRecord;
import io.drillyard.evidence.purge.BackupPurgeText;
import io.drillyard.launch.BackupPurgeLauncher;
import io.drillyard.launch.ExitCode;
import io.drillyard.launch.RestoreRecords;
import io.drillyard.launch.Run;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code purge}: the only verb that removes backups. */
@Command(
    name = "purge",
    mixinStandardHelpOptions = true,
    description = {
      "Removes backups from a repository outside the lab, by pgbackrest expire: shows what would go, and has the stanza's name typed.",
      "Refuses the newest proven backup and what it needs, and anything younger than the declared retention. No other verb removes a backup."
    })
final class PurgeCommand implements Callable<Integer> {
  private static final int LAST_WORDS_SECONDS = 60;
  private static final int LONGEST_REASON = 1000;

  @Mixin FolderOptions places = new FolderOptions();

  @Parameters(
      paramLabel = "NAME",
      description = "Declared restore test, environments/restore/NAME.yaml.")
  String name = "";

  @Option(
      names = "--set",
      paramLabel = "LABEL",
      split = ",",
      description = "Backups that are to go, with all that need them.")
  List<String> labels = List.of();

  @Option(
      names = "--older-than",
      paramLabel = "TIME",
      description =
          "Every backup that ended longer ago, such as 30d, unless a younger one needs it.")
  @Nullable String olderThan;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why; it stands in the record beside who and when.")
  String reason = "";

  @Option(
      names = "--confirm",
      paramLabel = "STANZA",
      description = "The stanza's name, in place of typing it on the terminal.")
  @Nullable String confirm;

  @Option(names = "--json", description = "Prints purge.json; what would go is told beside it.")
  boolean json;

  @Override
  public Integer call() {
    Duration age = age();
    if (reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw new UsageException(
          "--reason: say why, in at most %d characters.".formatted(LONGEST_REASON));
    }
    RestorePolicy policy = RestorePolicyFile.load(places.declarations(), name).orThrow();
    ExternalRepository external = purgeable(policy);
    Run run = new Run(places.reports());
    BackupPurgeLauncher launcher = new BackupPurgeLauncher(places.labs(policy));
    BackupPurgeLauncher.Order order =
        new BackupPurgeLauncher.Order(run.id(), labels, age, reason.strip());
    CountDownLatch recorded = new CountDownLatch(1);
    Thread hook = new Thread(() -> interrupt(launcher, recorded), "interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      BackupPurgeRecord record =
          launcher.run(
              policy,
              order,
              () -> RestoreRecords.in(places.reports()),
              plan -> confirmed(plan, external.stanza()),
              run.folder());
      said(record);
      System.err.println("Record: " + run.folder().resolve(BackupPurgeLauncher.RECORD));
      String left = launcher.residue();
      if (left != null) {
        System.err.println("left behind: " + left);
      }
      return status(record, launcher.interrupted(), left != null);
    } finally {
      recorded.countDown();
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // Already shutting down: the hook is running, and that is what it is for.
      }
    }
  }

  private @Nullable Duration age() {
    String given = olderThan;
    if (labels.isEmpty() == (given == null)) {
      throw new UsageException("Which backups? Either --set LABEL[,LABEL…] or --older-than 30d.");
    }
    for (String label : labels) {
      if (!BackupPurgePlan.isLabel(label)) {
        throw new UsageException(
            "--set: '%s' is no label of a backup, such as 20261121-153105F; `status` lists them."
                .formatted(label));
      }
    }
    try {
      return given == null ? null : Durations.parse(given);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--older-than: " + e.getMessage());
    }
  }

  private static ExternalRepository purgeable(RestorePolicy policy) {
    ExternalRepository external = policy.external();
    if (external == null) {
      throw new UsageException(
          "%s is a test of the lab's own demonstration: its repository goes with its lab, and there is nothing to purge."
              .formatted(policy.name()));
    }
    if (external.retention() == null) {
      throw new UsageException(
          "%s declares no retention. Remedy: retention: 14d, or however long a backup has to be kept."
              .formatted(external.file()));
    }
    if (external.purgeCredentials() == null) {
      throw new UsageException(
          "%s names no credentials that may delete. Remedy: purge_credentials: FILE, a file of its own."
              .formatted(external.file()));
    }
    return external;
  }

  private boolean confirmed(BackupPurgePlan plan, String stanza) {
    (json ? System.err : System.out).println(BackupPurgeText.plan(plan, stanza));
    return TypedConfirmation.here(confirm).of(stanza);
  }

  private void said(BackupPurgeRecord record) {
    BackupPurgePlan plan = record.plan();
    boolean shown = plan != null && plan.refusals().isEmpty();
    if (!json && plan != null && !shown && !plan.goes().isEmpty()) {
      System.out.println(BackupPurgeText.plan(plan, record.stanza()));
    }
    System.out.println(json ? BackupPurgeJson.write(record).strip() : BackupPurgeText.end(record));
  }

  private static int status(BackupPurgeRecord record, boolean interrupted, boolean residue) {
    if (residue) {
      return ExitCode.RESIDUE;
    }
    if (interrupted) {
      return ExitCode.INTERRUPTED;
    }
    return switch (record.result()) {
      case BackupPurgeRecord.PURGED -> ExitCode.MET;
      case BackupPurgeRecord.REFUSED, BackupPurgeRecord.NOT_CONFIRMED -> ExitCode.USAGE;
      default -> ExitCode.BROKEN;
    };
  }

  private static void interrupt(BackupPurgeLauncher launcher, CountDownLatch recorded) {
    // While somebody is asked, nothing runs: the record on disk says already that nobody confirmed.
    if (!launcher.interrupt()) {
      return;
    }
    try {
      if (!recorded.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("drillyard: the purge was cut off; its record says so");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
