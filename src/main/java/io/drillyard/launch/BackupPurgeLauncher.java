package io.drillyard.launch;

import io.drillyard.check.backup.BackupPurgePlan;
import io.drillyard.declaration.Durations;
import io.drillyard.declaration.ExternalRepository;
import io.drillyard.declaration.RestorePolicy;
import io.drillyard.evidence.EvidenceException;
import io.drillyard.evidence.ReportFolder;
import io.drillyard.evidence.purge.BackupPurgeJson;
import io.drillyard.evidence.purge.BackupPurgeRecord;
import io.drillyard.host.HostException;
import io.drillyard.host.lab.LabLauncher;
import io.drillyard.play.restore.BackupPurgeOrder;
import io.drillyard.play.restore.BackupPurgeProgram;
import io.drillyard.play.restore.BackupPurgeResult;
import io.drillyard.register.ProvenBackups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Purges a repository outside the lab: one lab plans, a person confirms, another lab plans again
 * and removes what was confirmed. At every moment the record on disk says the worst that may be.
 */
public final class BackupPurgeLauncher {
  /** The record of an order to purge. */
  public static final String RECORD = "purge.json";

  /** To build a lab, to list, and to end. */
  private static final Duration PLAN_LIMIT = Duration.ofMinutes(10);

  private final SingleTaskLab errand;
  private final Clock clock = Clock.systemUTC();
  private volatile boolean interrupted;
  private @Nullable String residue;

  /** In labs of that launcher. */
  public BackupPurgeLauncher(LabLauncher labs) {
    this.errand = new SingleTaskLab(labs);
  }

  /** Ends what runs where it can end; true when something runs, whose record will follow. */
  public boolean interrupt() {
    interrupted = true;
    return errand.interrupt();
  }

  /** True when it was told to end early. */
  public boolean interrupted() {
    return interrupted;
  }

  /** What could not be removed, or null. */
  public @Nullable String residue() {
    return residue;
  }

  /**
   * An order.
   *
   * @param labels of backups; empty: by age
   * @param olderThan null: by labels
   */
  public record Order(
      String run, List<String> labels, @Nullable Duration olderThan, String reason) {}

  /**
   * Carries out an order, or does not.
   *
   * @param policy with a repository outside the lab that declares what a purge needs
   * @param reports reads the records of the restore tests on this machine; asked again after the
   *     confirmation, for a night may have passed
   * @param confirms asked once, with a plan that nothing speaks against
   * @param folder of the record; made here
   */
  public BackupPurgeRecord run(
      RestorePolicy policy,
      Order order,
      Supplier<RestoreRecords> reports,
      Predicate<BackupPurgePlan> confirms,
      Path folder) {
    ExternalRepository external = Objects.requireNonNull(policy.external());
    Instant now = clock.instant();
    RestoreRecords records = reports.get();
    ProvenBackups proven = ProvenBackups.of(policy.name(), external, records.runs(), now);
    BackupPurgeRecord record = begun(policy, external, order, proven, now);
    List<String> doubts = new ArrayList<>(proven.doubts());
    records
        .refused()
        .forEach(
            r ->
                doubts.add(
                    "%s %s: nobody knows what it says of a backup.".formatted(r.file(), r.why())));
    if (!doubts.isEmpty()) {
      return write(folder, ended(record.refused(doubts), BackupPurgeRecord.REFUSED, List.of()));
    }
    BackupPurgeOrder wanted =
        new BackupPurgeOrder(
            policy.name(),
            order.labels(),
            order.olderThan(),
            proven.labels(),
            BackupPurgeRecord.unfinished(records.purges(), where(external), external.stanza()),
            "");
    List<String> failures = new ArrayList<>();
    BackupPurgePlan plan = plan(policy, external, wanted, folder, failures);
    if (plan == null) {
      return write(folder, ended(record, BackupPurgeRecord.FAILED, failures));
    }
    record = record.planned(plan);
    if (!plan.refusals().isEmpty()) {
      return write(folder, ended(record, BackupPurgeRecord.REFUSED, List.of()));
    }
    write(folder, ended(record, BackupPurgeRecord.NOT_CONFIRMED, List.of()));
    if (interrupted || !confirms.test(plan)) {
      return write(folder, ended(record, BackupPurgeRecord.NOT_CONFIRMED, List.of()));
    }
    RestoreRecords since = reports.get();
    ProvenBackups still = ProvenBackups.of(policy.name(), external, since.runs(), clock.instant());
    if (!still.equals(proven) || !since.refused().isEmpty()) {
      List<String> why =
          List.of("Restore tests said something new while it was being confirmed: order again.");
      return write(folder, ended(record.refused(why), BackupPurgeRecord.REFUSED, List.of()));
    }
    String unknown =
        "It was begun, and what became of it is not on record: look at the repository.";
    write(folder, ended(record, BackupPurgeRecord.FAILED, List.of(unknown)));
    return write(folder, remove(policy, external, wanted, record, plan, folder));
  }

  private BackupPurgeRecord begun(
      RestorePolicy policy,
      ExternalRepository external,
      Order order,
      ProvenBackups proven,
      Instant now) {
    Duration age = order.olderThan();
    return new BackupPurgeRecord(
        BackupPurgeRecord.FORMAT,
        order.run(),
        BackupPurgeRecord.FAILED,
        new BackupPurgeRecord.Who(System.getProperty("user.name", "?"), host()),
        order.reason(),
        now.toString(),
        now.toString(),
        policy.name(),
        where(external),
        external.stanza(),
        Durations.format(Objects.requireNonNull(external.retention())),
        new BackupPurgeRecord.Asked(order.labels(), age == null ? "" : Durations.format(age)),
        proven.labels(),
        null,
        List.of(),
        List.of(),
        null,
        List.of());
  }

  /** A declaration that names another place is another repository. */
  private static String where(ExternalRepository external) {
    return external.file() + ": " + external.place();
  }

  private BackupPurgeRecord ended(BackupPurgeRecord record, String how, List<String> failures) {
    return record.ended(how, at(), failures, null, List.of());
  }

  private String at() {
    return clock.instant().toString();
  }

  private @Nullable BackupPurgePlan plan(
      RestorePolicy policy,
      ExternalRepository external,
      BackupPurgeOrder wanted,
      Path folder,
      List<String> failures) {
    Path plan = folder.resolve("plan");
    lab(policy, external, wanted, PLAN_LIMIT, plan, failures);
    Path file = plan.resolve(BackupPurgeProgram.PLAN);
    return failures.isEmpty() ? BackupPurgeJson.read(file, BackupPurgePlan.class) : null;
  }

  private BackupPurgeRecord remove(
      RestorePolicy policy,
      ExternalRepository external,
      BackupPurgeOrder wanted,
      BackupPurgeRecord record,
      BackupPurgePlan plan,
      Path folder) {
    List<String> failures = new ArrayList<>();
    Path done = folder.resolve("purge");
    Duration limit = PLAN_LIMIT.plus(policy.atMost().multipliedBy(plan.roots().size() + 1));
    lab(policy, external, wanted.confirming(plan.digest()), limit, done, failures);
    if (Files.exists(done.resolve(BackupPurgeProgram.DONE))) {
      BackupPurgeResult what =
          BackupPurgeJson.read(done.resolve(BackupPurgeProgram.DONE), BackupPurgeResult.class);
      failures.addAll(what.failures());
      boolean well = failures.isEmpty() && what.purged().exactly();
      return record.ended(
          well ? BackupPurgeRecord.PURGED : BackupPurgeRecord.FAILED,
          at(),
          failures,
          what.purged(),
          what.said());
    }
    Path again = done.resolve(BackupPurgeProgram.PLAN);
    if (failures.isEmpty() && Files.exists(again)) {
      List<String> why =
          new ArrayList<>(List.of("The repository is no longer what was confirmed: order again."));
      why.addAll(BackupPurgeJson.read(again, BackupPurgePlan.class).refusals());
      return ended(record.refused(why), BackupPurgeRecord.REFUSED, List.of());
    }
    failures.add("What is gone was not found out: look at the repository.");
    return ended(record, BackupPurgeRecord.FAILED, failures);
  }

  /** Everything that goes wrong with a lab is a sentence. */
  private void lab(
      RestorePolicy policy,
      ExternalRepository external,
      BackupPurgeOrder wanted,
      Duration limit,
      Path folder,
      List<String> failures) {
    try {
      SingleTaskLab.Ended ended =
          errand.run(
              policy.environment().image(),
              BackupPurgeProgram.class,
              wanted.arguments(),
              external,
              Objects.requireNonNull(external.purgeCredentials()),
              limit,
              folder);
      residue = ended.residue() == null ? residue : ended.residue();
      ended.said().stream()
          .filter(l -> l.startsWith(BackupPurgeProgram.FAILED))
          .map(l -> l.substring(BackupPurgeProgram.FAILED.length()))
          .forEach(failures::add);
      if (ended.status().isEmpty()) {
        failures.add("The lab was ended: it took longer than %s.".formatted(limit));
      } else if (ended.status().getAsInt() != 0 && failures.isEmpty()) {
        failures.add(
            "The lab ended with status %d: see %s."
                .formatted(ended.status().getAsInt(), folder.resolve("lab.log")));
      }
    } catch (IOException | HostException e) {
      failures.add("The harness failed: " + e.getMessage());
    }
  }

  private static String host() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return "?";
    }
  }

  private static BackupPurgeRecord write(Path folder, BackupPurgeRecord record) {
    try {
      Files.createDirectories(folder);
      ReportFolder.replace(folder.resolve(RECORD), o -> o.write(BackupPurgeJson.write(record)));
      return record;
    } catch (IOException e) {
      throw new EvidenceException(
          folder.toString(),
          "the record of the purge cannot be written: " + e,
          "Make room or the folder writable; what was done until then stands in its files",
          e);
    }
  }
}
