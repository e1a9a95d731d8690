package io.drillyard.restore.play;

import io.drillyard.backup.BackupInfo;
import io.drillyard.backup.Continuity;
import io.drillyard.backup.RecoveryLog;
import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.Choice;
import io.drillyard.check.backup.Climbed;
import io.drillyard.check.backup.Judged;
import io.drillyard.check.backup.Remembered;
import io.drillyard.check.backup.RestoreTime;
import io.drillyard.check.backup.Rung;
import io.drillyard.check.backup.TargetReached;
import io.drillyard.check.backup.Unchanged;
import io.drillyard.host.HostException;
import io.drillyard.host.lab.OtherLoad;
import io.drillyard.repository.RepositoryException;
import io.drillyard.restore.report.RestoreTest;
import io.drillyard.target.Durations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One restore test: the whole ladder, from the order to the removed sandbox. */
final class Trial {
  private static final Rung[] UNUSABLE =
      EnumSet.range(Rung.INFORMATION, Rung.SETTINGS).toArray(Rung[]::new);
  private static final Rung[] AFTER_OPENING = {
    Rung.ACKNOWLEDGED, Rung.STRUCTURE, Rung.DUMP, Rung.ASSERTIONS, Rung.FRESHNESS, Rung.SETTINGS
  };

  private final Setting setting;
  private final String name;
  private final long seed;
  private final @Nullable Remembered remembered;
  private final Ladder ladder;
  private final Checks checks;
  private final BranchRung branch;
  private final ContinuityRung continuity;
  private final Contents contents;
  private final Progress progress;
  private final Clock clock = Clock.systemUTC();
  private final Instant ordered;
  private final long startNs;
  private final OtherLoad others = OtherLoad.start();
  private final Map<String, Double> parts = new LinkedHashMap<>();
  private final List<String> observations = new ArrayList<>();
  private @Nullable Map<String, String> before;
  private Vault.@Nullable Seen seen;
  private @Nullable Choice choice;
  private List<String> unread = List.of();
  private @Nullable Instant newestHeartbeat;
  private long bytes;

  /**
   * A test that was ordered just now.
   *
   * @param remembered what an earlier test saw, or null
   */
  Trial(
      Setting setting, String name, long seed, @Nullable Remembered remembered, Progress progress) {
    this.setting = setting;
    this.branch = new BranchRung(setting);
    this.continuity = new ContinuityRung(setting, branch, seed);
    this.progress = progress;
    this.name = name;
    this.seed = seed;
    this.remembered = remembered;
    this.ordered = clock.instant();
    this.startNs = System.nanoTime();
    // Nothing can be newer than the source's end, or the order.
    Instant ended = setting.sourceEnded();
    this.checks = new Checks(setting, ended == null ? ordered : ended, progress);
    this.contents = new Contents(setting.sandbox(), checks.failures(), progress);
    this.ladder = new Ladder(startNs, setting.optional(), progress);
  }

  /**
   * Climbs.
   *
   * @param known {@link Setting#fingerprints} before anything was done; null: the first rung asks
   * @param keepFailed leave the sandbox standing when a required rung was not met
   */
  RestoreTest run(@Nullable Map<String, String> known, boolean keepFailed) {
    before = known;
    setting.sandbox().allow(setting.policy().atMost(), startNs);
    if (read()) {
      restore();
    } else {
      ladder.skip("the repository cannot be used", UNUSABLE);
    }
    recoveryTime();
    unchanged();
    if (keepFailed && Climbed.of(ladder.rungs()) != Verdict.MET) {
      ladder.skip("a failed sandbox is kept for looking", Rung.REMOVED);
      observations.add(
          "The sandbox on %s is kept. Its owner is the lab, and it goes with the lab; the repository's owner is %s."
              .formatted(
                  setting.sandbox().host().name(),
                  setting.policy().external() == null
                      ? "the lab too"
                      : "external: nothing of it goes"));
    } else {
      ladder.climb(Rung.REMOVED, this::removed);
    }
    return record();
  }

  private void unchanged() {
    Map<String, String> then = before;
    if (then == null) {
      ladder.skip("the repository could not be listed beforehand", Rung.UNCHANGED);
      return;
    }
    ladder.climb(
        Rung.UNCHANGED,
        () -> {
          try {
            return setting.live()
                ? Unchanged.judgeLive(then, setting.fingerprints(), setting.vault().sound())
                : Unchanged.judge(then, setting.fingerprints());
          } catch (RepositoryException e) {
            return Judged.undetermined(Rung.UNCHANGED, kind(e));
          }
        });
  }

  /** What it learned for the next test; null when it learned nothing. */
  @Nullable Remembered toRemember() {
    Vault.Seen what = seen;
    return what == null || what.backups() == null || what.archive() == null
        ? null
        : Remembered.of(what.backups(), what.archive());
  }

  private double sinceOrder() {
    return (System.nanoTime() - startNs) / 1e6;
  }

  private static String kind(RepositoryException e) {
    return e.kind().name().toLowerCase(Locale.ROOT) + ": " + e.getMessage();
  }

  /** Everything that is known before a byte is restored; false when nothing can be. */
  private boolean read() {
    Map<String, Long> sizes = new LinkedHashMap<>();
    Verdict reachable =
        ladder.climb(
            Rung.REACHABLE,
            () -> {
              try {
                sizes.putAll(setting.vault().sizes());
                if (before == null) {
                  before = setting.fingerprints();
                }
              } catch (RepositoryException e) {
                return e.kind() == RepositoryException.Kind.UNREACHABLE
                    ? setting.silence().judge(Rung.REACHABLE, kind(e))
                    : Judged.missed(Rung.REACHABLE, kind(e), List.of());
              }
              return sizes.isEmpty()
                  ? Judged.missed(Rung.REACHABLE, "The repository is empty.", List.of())
                  : Judged.met(
                      Rung.REACHABLE,
                      "%,d objects with %,d bytes are listed."
                          .formatted(
                              sizes.size(),
                              sizes.values().stream().mapToLong(Long::longValue).sum()),
                      List.of());
            });
    if (reachable != Verdict.MET) {
      return false;
    }
    ladder.climb(
        Rung.INFORMATION,
        () -> {
          Vault.Seen looked = setting.vault().look(sizes);
          seen = looked;
          return new InformationRung(setting, remembered, seed, observations).judge(looked, sizes);
        });
    Vault.Seen what = seen;
    if (what != null) {
      ladder.climb(Rung.BACKUP_AGE, () -> checks.backupAge(what));
    } else {
      ladder.skip("nothing could be read", Rung.BACKUP_AGE);
    }
    ladder.climb(Rung.CONTINUITY, () -> continuity.judge(what));
    choice = continuity.choice();
    allow(sizes);
    parts.put("read information", sinceOrder());
    return choice != null;
  }

  /** What the policy allows, or the size demands. */
  private void allow(Map<String, Long> sizes) {
    Duration stated = setting.policy().limit();
    Duration whole = stated == null ? continuity.limit(sizes, seen) : stated;
    setting.sandbox().allow(whole, startNs);
    if (stated == null) {
      progress.say(RestoreProgram.ALLOWED + whole.toSeconds() + " s, by its size");
    }
  }

  private void restore() {
    ladder.climb(Rung.ISOLATION, checks::isolation);
    Choice chosen = choice;
    double from = sinceOrder();
    Verdict restored =
        chosen == null
            ? Verdict.UNDETERMINED
            : ladder.climb(Rung.RESTORE, () -> checks.restored(chosen, seen));
    parts.put("copy", sinceOrder() - from);
    ladder.climb(Rung.BRANCH, () -> branch.judge(seen));
    // Beside the replay, which keeps one processor busy; beside the copy it would double its time.
    CompletableFuture<Void> verified =
        CompletableFuture.runAsync(() -> ladder.climb(Rung.VERIFY, () -> checks.verify(seen)));
    if (restored == Verdict.MET && chosen != null) {
      bytes = setting.sandbox().bytes();
      recover(chosen);
    } else {
      ladder.skip("nothing was restored", Rung.TARGET, Rung.CHECKSUMS);
      ladder.skip("nothing was restored", AFTER_OPENING);
    }
    verified.join();
  }

  private void recover(Choice chosen) {
    double from = sinceOrder();
    TargetReached.Expected expected = null;
    Continuity way = continuity.way();
    Vault.Seen what = seen;
    if (way != null && way.last() != null && what != null && what.archive() != null) {
      long segmentBytes = what.archive().segmentBytes();
      expected = setting.sandbox().wal().end(way.last(), chosen.backup().startWal(), segmentBytes);
    }
    Choice settled;
    try {
      settled = new Settling(setting, what, seed).settle(chosen, expected);
    } catch (Choice.NotThereException | HostException e) {
      ladder.skip(String.valueOf(e.getMessage()), Rung.TARGET, Rung.CHECKSUMS);
      ladder.skip("there is no such target", AFTER_OPENING);
      return;
    }
    choice = settled;
    if (!settled.target().equals(chosen.target())) {
      observations.add(setting.policy().target() + ": " + settled.target().words());
    }
    parts.put("read the archive's end", sinceOrder() - from);
    double started = sinceOrder();
    TargetReached.Expected end = expected;
    ladder.climb(
        Rung.TARGET,
        () -> {
          setting.sandbox().start(settled.target(), branch.timeline(seen, settled));
          RecoveryLog log =
              LongStep.watched(
                  progress, "the replay", this::replayed, setting.sandbox()::awaitOpen);
          if (!log.complete() && setting.sandbox().running()) {
            return checks.failures().atItsLimit(Rung.TARGET, "The replay");
          }
          return setting.live()
              ? TargetReached.judgeGrowing(settled.target(), end, log)
              : TargetReached.judge(settled.target(), end, log);
        });
    parts.put("replay", sinceOrder() - started);
    double opened = sinceOrder();
    String why = shut();
    if (why == null) {
      Instant until = checks.until(settled.target(), setting.sandbox().log());
      // Two that read everything run side by side; the small questions follow them.
      CompletableFuture<Void> dumped =
          CompletableFuture.runAsync(() -> climb(Rung.DUMP, () -> contents.dump(unread)));
      climb(Rung.STRUCTURE, contents::structure);
      climb(
          Rung.ACKNOWLEDGED,
          () ->
              settled.target() instanceof Choice.Latest
                  ? checks.acknowledged(null)
                  : checks.acknowledged(until));
      climb(Rung.ASSERTIONS, checks::assertions);
      climb(
          Rung.FRESHNESS,
          () -> {
            newestHeartbeat = checks.heartbeat();
            return checks.freshness(newestHeartbeat, settled.target(), until);
          });
      climb(Rung.SETTINGS, () -> new RestoredSettings(setting).judge());
      dumped.join();
      climb(Rung.CHECKSUMS, contents::checksums);
    } else {
      observations.add("The end of the server's log:\n" + checks.logTail());
      ladder.skip(why, AFTER_OPENING);
      ladder.skip(why, Rung.CHECKSUMS);
    }
    observations.addAll(setting.sandbox().amends().remarks());
    parts.put("checks", sinceOrder() - opened);
  }

  /** Opens what was recovered to the checks; null, or why they cannot read it. */
  private @Nullable String shut() {
    Sandbox sandbox = setting.sandbox();
    if (!sandbox.answers()) {
      return sandbox.running()
          ? "the server lets nobody in: " + sandbox.refusal()
          : "the server did not open";
    }
    try {
      unread = sandbox.open();
      return null;
    } catch (HostException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Tries a rung while the test's limit is not over. */
  private void climb(Rung rung, Supplier<Finding> attempt) {
    if (setting.sandbox().over()) {
      ladder.skip(
          "the test's limit of %s was over. Remedy: a longer 'limit' in the policy, or none"
              .formatted(Durations.format(setting.sandbox().whole())),
          rung);
    } else {
      ladder.climb(rung, attempt);
    }
  }

  /** How much of the way's segments the server has fetched. */
  private double replayed() {
    Continuity way = continuity.way();
    return way == null || way.required() == 0
        ? -1
        : setting.sandbox().log().restored().size() / (double) way.required();
  }

  private void recoveryTime() {
    double end = ladder.endMs();
    boolean passed = Climbed.of(ladder.rungs()) == Verdict.MET;
    Duration taken = others.taken();
    Duration limit = setting.policy().rto();
    ladder.climb(
        Rung.RECOVERY_TIME, () -> RestoreTime.judge(passed, end, taken, limit, parts, bytes));
  }

  private Finding removed() {
    String left = setting.sandbox().remove();
    return left.isEmpty()
        ? Judged.met(
            Rung.REMOVED,
            "No file, process or socket of the restored server is left on %s."
                .formatted(setting.sandbox().host().name()),
            List.of())
        : Judged.missed(Rung.REMOVED, "Something of the sandbox is left.", left.lines().toList());
  }

  private List<BackupInfo.Backup> held() {
    Vault.Seen what = seen;
    return what == null || what.backups() == null ? List.of() : what.backups().backups();
  }

  private RestoreTest record() {
    List<Climbed> rungs = ladder.rungs();
    Choice chosen = choice;
    Climbed fresh = rungs.stream().filter(c -> c.rung() == Rung.FRESHNESS).findFirst().orElse(null);
    Finding.Measured age = fresh == null ? null : fresh.finding().measured();
    return new RestoreTest(
        name,
        setting.policy().name(),
        setting.policy().serves(),
        setting.stanza(),
        ladder.broken() && Climbed.of(rungs) == Verdict.MET
            ? Verdict.UNDETERMINED
            : Climbed.of(rungs),
        ordered.toString(),
        clock.instant().toString(),
        ladder.broken() ? "failed" : "complete",
        seed,
        chosen == null ? Map.of() : BackupFacts.of(chosen.backup(), held(), setting.policy()),
        chosen == null ? setting.policy().target() : chosen.target().words(),
        rungs,
        parts,
        bytes,
        age == null ? null : age.upper(),
        setting.versions(),
        NotSaid.of(setting.policy()),
        observations,
        null);
  }
}
