package io.drillyard.restore.play;

import io.drillyard.backup.BackupInfo;
import io.drillyard.backup.RecoveryLog;
import io.drillyard.backup.VerifyOutput;
import io.drillyard.check.Finding;
import io.drillyard.check.Finding.Measured;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.Acknowledged;
import io.drillyard.check.backup.BackupAge;
import io.drillyard.check.backup.Choice;
import io.drillyard.check.backup.Expectation;
import io.drillyard.check.backup.Freshness;
import io.drillyard.check.backup.Judged;
import io.drillyard.check.backup.Rung;
import io.drillyard.host.CommandResult;
import io.drillyard.target.Durations;
import io.drillyard.target.RestorePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts the questions of single rungs to the sandbox, and has the answers judged. */
final class Checks {
  private static final String UNCHECKED =
      "select am.amname || ' index ' || c.oid::regclass from pg_class c join pg_am am on am.oid = c.relam"
          + " where c.relkind = 'i' and am.amname <> 'btree'"
          + " union all select 'unlogged ' || c.oid::regclass from pg_class c where c.relpersistence = 'u' order by 1";

  /** SQLSTATE or not: a function of an extension whose library is not in the sandbox. */
  private static final Pattern LIBRARY =
      Pattern.compile(
          "could not (?:access file|load library) \"(?:\\$libdir/)?([^\"/]+?)(?:\\.so)?\"");

  private final Setting setting;
  private final Sandbox sandbox;
  private final Instant reference;

  Checks(Setting setting, Instant reference) {
    this.setting = setting;
    this.sandbox = setting.sandbox();
    this.reference = reference;
  }

  /**
   * Of a step that was cut off: it says nothing of the backup.
   *
   * @param step a noun with its article
   */
  Finding atItsLimit(Rung rung, String step) {
    return Judged.undetermined(
        rung,
        "%s ended at its limit of %s, which is half of the test's: what it had not come to is not known. Remedy: a longer 'limit' in the policy."
            .formatted(step, Durations.format(sandbox.limit())));
  }

  /** Status of what was killed: by its limit where that had passed, else by somebody. */
  private static final int KILLED = 137;

  /** What of a failed step lies on our side: then it is undecided; null: on the data's. */
  private @Nullable Finding ours(Rung rung, String step, CommandResult said, long startNs) {
    long tookNs = System.nanoTime() - startNs;
    if (said.exit() == KILLED) {
      return tookNs >= sandbox.limit().toNanos()
          ? atItsLimit(rung, step)
          : Judged.undetermined(
              rung,
              step + " was killed before its end, and not by its limit: is memory short here?");
    }
    Matcher library = LIBRARY.matcher(said.stdout() + "\n" + said.stderr());
    return library.find()
        ? Judged.undetermined(
            rung,
            "The sandbox has no library '%s', which an extension of the source needs: %s could not be done. Remedy: name its Debian package under node, packages."
                .formatted(
                    library.group(1),
                    step.substring(0, 1).toLowerCase(Locale.ROOT) + step.substring(1)))
        : null;
  }

  Finding verify(Vault.@Nullable Seen seen) {
    long start = System.nanoTime();
    CommandResult said = sandbox.verify();
    Finding own = said.ok() ? null : ours(Rung.VERIFY, "pgbackrest verify", said, start);
    if (own != null) {
      return own;
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
    long start = System.nanoTime();
    CommandResult said = sandbox.restore(choice.backup().label());
    Finding own = said.ok() ? null : ours(Rung.RESTORE, "The copy", said, start);
    if (own != null) {
      return own;
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

  Finding structure() {
    long start = System.nanoTime();
    CommandResult said = sandbox.client().amcheck();
    List<String> lines = said.tail().lines().toList();
    Finding own = said.ok() ? null : ours(Rung.STRUCTURE, "pg_amcheck", said, start);
    if (own != null) {
      return own;
    }
    if (!said.ok()) {
      return Judged.missed(Rung.STRUCTURE, "pg_amcheck found damage.", lines);
    }
    List<String> unchecked = sandbox.client().everywhere(UNCHECKED);
    return Judged.met(
        Rung.STRUCTURE,
        "pg_amcheck found nothing in heaps, B-trees and TOAST; %d relations are beyond it."
            .formatted(unchecked.size()),
        unchecked);
  }

  Finding dump() {
    long start = System.nanoTime();
    CommandResult said = sandbox.client().dump();
    Finding own = said.ok() ? null : ours(Rung.DUMP, "The dump", said, start);
    if (own != null) {
      return own;
    }
    boolean whole = said.stdout().contains("PostgreSQL database cluster dump complete");
    String size =
        said.stdout().lines().filter(l -> l.contains("copied")).findFirst().orElse("size unknown");
    return said.ok() && whole
        ? Judged.met(
            Rung.DUMP, "Every row of every database was read: %s.".formatted(size), List.of())
        : Judged.missed(
            Rung.DUMP, "The dump did not come to its end.", said.tail().lines().toList());
  }

  Finding assertions() {
    List<RestorePolicy.Assertion> asked = setting.policy().assertions();
    List<String> wrong = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    for (RestorePolicy.Assertion each : asked) {
      long start = System.nanoTime();
      CommandResult said = sandbox.sql(each.database(), each.query());
      Finding own =
          said.ok()
              ? null
              : ours(Rung.ASSERTIONS, "Assertion '%s'".formatted(each.name()), said, start);
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
        sandbox.sql(
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

  Finding checksums() {
    CommandResult stopped = sandbox.stop();
    if (!stopped.ok()) {
      return Judged.undetermined(
          Rung.CHECKSUMS, "The server did not stop cleanly: " + stopped.tail());
    }
    long start = System.nanoTime();
    CommandResult said = sandbox.checksums();
    List<String> lines = said.tail().lines().toList();
    if (said.tail().contains("checksums are not enabled")) {
      return Judged.met(
          Rung.CHECKSUMS,
          "The source's database has no page checksums, as pg_control says: there is none to be wrong, and none that shows damage.",
          List.of(
              "pg_checksums --enable on a stopped source, or initdb --data-checksums, gives it some."));
    }
    Finding own = said.ok() ? null : ours(Rung.CHECKSUMS, "pg_checksums", said, start);
    if (own != null) {
      return own;
    }
    String files = lines.stream().filter(l -> l.startsWith("Files")).findFirst().orElse("");
    String blocks = lines.stream().filter(l -> l.startsWith("Blocks")).findFirst().orElse("");
    return said.ok()
        ? Judged.met(
            Rung.CHECKSUMS,
            "No page is wrong (%s; %s)."
                .formatted(files.replaceAll(" +", " "), blocks.replaceAll(" +", " ")),
            List.of())
        : Judged.missed(Rung.CHECKSUMS, "Pages are wrong.", lines);
  }

  String logTail() {
    List<String> lines = sandbox.logText().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
  }

  static Finding recoveryTime(
      boolean passed,
      double endMs,
      @Nullable Duration limit,
      Map<String, Double> parts,
      long bytes) {
    String target = limit == null ? null : "at most " + limit.toSeconds() + " s";
    if (!passed) {
      return new Finding(
          Rung.RECOVERY_TIME.check(),
          Verdict.UNDETERMINED,
          target,
          null,
          "No database passed its required rungs: there is no time to state.",
          List.of(),
          Map.of());
    }
    Double limitMs = limit == null ? null : limit.toNanos() / 1e6;
    Measured measured = new Measured(endMs, endMs, limitMs, "ms");
    Map<String, Measured> named = new LinkedHashMap<>();
    parts.forEach((part, ms) -> named.put(part, new Measured(ms, ms, null, "ms")));
    Double copyMs = parts.get("copy");
    String speed =
        copyMs == null || copyMs <= 0
            ? ""
            : " The copy ran at %.1f MiB/s.".formatted(bytes / 1048576.0 / (copyMs / 1e3));
    return new Finding(
        Rung.RECOVERY_TIME.check(),
        limit == null ? Verdict.UNDETERMINED : measured.against(),
        target,
        measured,
        "%.2f s from the order to a database that passed its required rungs.%s"
            .formatted(endMs / 1e3, speed),
        List.of(),
        named);
  }
}
