package io.drillyard.restore.play;

import io.drillyard.backup.BackupInfo;
import io.drillyard.backup.RecoveryLog;
import io.drillyard.backup.VerifyOutput;
import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.Acknowledged;
import io.drillyard.check.backup.BackupAge;
import io.drillyard.check.backup.Choice;
import io.drillyard.check.backup.Expectation;
import io.drillyard.check.backup.Freshness;
import io.drillyard.check.backup.Judged;
import io.drillyard.check.backup.Rung;
import io.drillyard.host.CommandResult;
import io.drillyard.target.RestorePolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts the questions of single rungs to the sandbox, and has the answers judged. */
final class Checks {
  private final Setting setting;
  private final Sandbox sandbox;
  private final Instant reference;
  private final Failures failures;
  private final Progress progress;

  Checks(Setting setting, Instant reference, Progress progress) {
    this.setting = setting;
    this.sandbox = setting.sandbox();
    this.reference = reference;
    this.failures = new Failures(sandbox);
    this.progress = progress;
  }

  /** Which failures are ours. */
  Failures failures() {
    return failures;
  }

  Finding verify(Vault.@Nullable Seen seen) {
    CommandResult said =
        LongStep.watched(progress, "pgbackrest verify", LongStep.UNKNOWN, sandbox::verify);
    Finding own = said.ok() ? null : failures.ours(Rung.VERIFY, "pgbackrest verify", said);
    if (own != null) {
      return own;
    }
    if (!said.ok() && Silence.in(lastError(said.tail()))) {
      return setting
          .silence()
          .judge(Rung.VERIFY, "pgbackrest verify got no answer: " + lastError(said.tail()));
    }
    VerifyOutput output = VerifyOutput.parse(said.stdout() + "\n" + said.stderr(), labels(seen));
    if (!said.ok()) {
      return Judged.missed(
          Rung.VERIFY,
          "pgbackrest verify ended with status %d.".formatted(said.exit()),
          said.tail().lines().toList());
    }
    return output.clean()
        ? Judged.met(
            Rung.VERIFY,
            "It says ok: %d backups and %d segments are valid. It does not look for gaps."
                .formatted(output.backups(), output.wal()),
            output.underway().stream().map(b -> "backup " + b + " is in progress").toList())
        : Judged.missed(Rung.VERIFY, "It says '%s'.".formatted(output.status()), output.problems());
  }

  private static Set<String> labels(Vault.@Nullable Seen seen) {
    return seen == null || seen.backups() == null
        ? Set.of()
        : seen.backups().backups().stream()
            .map(BackupInfo.Backup::label)
            .collect(Collectors.toSet());
  }

  /** Now, and as it was when the source still ran: what is off cannot be reached anyway. */
  Finding isolation() {
    Finding now = setting.fence().tried();
    return now.verdict() == Verdict.MET ? setting.whileSourceRan() : now;
  }

  Finding backupAge(Vault.Seen seen) {
    return BackupAge.judge(seen.backups(), reference, setting.policy().backupAge());
  }

  Finding restored(Choice choice, Vault.@Nullable Seen seen) {
    String unfit = unfit(choice, seen);
    if (unfit != null) {
      return Judged.undetermined(Rung.RESTORE, unfit);
    }
    long bytes = choice.backup().bytes();
    CommandResult said =
        LongStep.watched(
            progress,
            "the copy",
            () -> bytes == 0 ? -1 : sandbox.bytes() / (double) bytes,
            () -> sandbox.restore(choice.backup().label()));
    Finding own = said.ok() ? null : failures.ours(Rung.RESTORE, "The copy", said);
    if (own != null) {
      return own;
    }
    if (!said.ok() && Silence.in(lastError(said.tail()))) {
      return setting
          .silence()
          .judge(Rung.RESTORE, "pgbackrest restore got no answer: " + lastError(said.tail()));
    }
    if (!said.ok()) {
      return Judged.missed(
          Rung.RESTORE,
          "pgbackrest restore ended with status %d: %s"
              .formatted(said.exit(), lastError(said.tail())),
          said.tail().lines().toList());
    }
    String system = sandbox.systemIdentifier();
    String stated =
        seen == null || seen.backups() == null ? null : seen.backups().database().systemId();
    if (stated == null || !stated.equals(system)) {
      return Judged.missed(
          Rung.RESTORE,
          "The restored files are of system %s, the repository says %s.".formatted(system, stated),
          List.of());
    }
    return Judged.met(
        Rung.RESTORE,
        "Backup %s is restored, with archiving off.".formatted(choice.backup().label()),
        List.of());
  }

  /** Why this sandbox cannot take that backup, which says nothing about the backup; or null. */
  private @Nullable String unfit(Choice choice, Vault.@Nullable Seen seen) {
    String here = sandbox.version();
    String source =
        seen == null || seen.backups() == null ? here : seen.backups().database().version();
    if (!source.equals(here)) {
      return "The backup is of PostgreSQL %s, the sandbox has %s: choose another image for it."
          .formatted(source, here);
    }
    long free = sandbox.freeBytes();
    return free < choice.backup().bytes()
        ? "The backup takes %,d bytes, the sandbox has %,d left: nothing was restored."
            .formatted(choice.backup().bytes(), free)
        : null;
  }

  private static String lastError(String said) {
    return said.lines()
        .filter(l -> l.contains("ERROR"))
        .reduce((a, b) -> b)
        .orElse("no error said");
  }

  /** The moment before which everything has to be there; null: what is not known. */
  @Nullable Instant until(Choice.Target target, RecoveryLog log) {
    return switch (target) {
      case Choice.Latest latest -> null;
      case Choice.Instantly at -> at.time();
      // A position has no time of its own; the last commit before it has.
      case Choice.BeforeBackup before -> log.lastCommit();
      case Choice.AtSwitch at -> log.lastCommit();
    };
  }

  Finding acknowledged(@Nullable Instant until) {
    if (setting.writes().isEmpty()) {
      return Acknowledged.judge(List.of(), Set.of(), until);
    }
    CommandResult said = sandbox.sql("app", "select id from shop.orders");
    if (!said.ok()) {
      return Judged.missed(
          Rung.ACKNOWLEDGED, "The table cannot be read.", said.tail().lines().toList());
    }
    Set<Long> there =
        said.stdout()
            .lines()
            .filter(l -> !l.isBlank())
            .map(Long::parseLong)
            .collect(Collectors.toSet());
    return Acknowledged.judge(setting.writes(), there, until);
  }

  Finding assertions() {
    List<RestorePolicy.Assertion> asked = setting.policy().assertions();
    List<String> wrong = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    for (RestorePolicy.Assertion each : asked) {
      CommandResult said = sandbox.client().ask(each.database(), each.query());
      Finding own =
          said.ok()
              ? null
              : failures.ours(Rung.ASSERTIONS, "Assertion '%s'".formatted(each.name()), said);
      if (own != null) {
        return own;
      }
      String answer = said.stdout().strip();
      String line = "%s: %s, expected %s".formatted(each.name(), answer, each.expect());
      answers.add(line);
      if (!said.ok() || !Expectation.met(each.expect(), answer)) {
        wrong.add(said.ok() ? line : each.name() + ": " + said.tail());
      }
    }
    if (!wrong.isEmpty()) {
      return Judged.missed(
          Rung.ASSERTIONS, "%d of %d do not hold.".formatted(wrong.size(), asked.size()), wrong);
    }
    return Judged.met(
        Rung.ASSERTIONS,
        asked.isEmpty() ? "None is declared." : "All %d hold.".formatted(asked.size()),
        answers);
  }

  @Nullable Instant heartbeat() {
    RestorePolicy.Heartbeat marker = setting.policy().heartbeat();
    if (marker == null) {
      return null;
    }
    CommandResult said =
        sandbox
            .client()
            .ask(
                marker.database(),
                "select to_char(max(%s) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') from %s"
                    .formatted(marker.column(), marker.table()));
    String text = said.stdout().strip();
    return said.ok() && !text.isEmpty() ? Instant.parse(text) : null;
  }

  /** Towards the past the reference is the target's moment, not now. */
  Finding freshness(@Nullable Instant newest, Choice.Target target, @Nullable Instant until) {
    Instant moment = target instanceof Choice.Latest || until == null ? reference : until;
    return Freshness.judge(newest, moment, setting.policy().freshness());
  }

  String logTail() {
    List<String> lines = sandbox.logText().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
  }
}
