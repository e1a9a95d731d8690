package io.drillyard.play.restore;

import io.drillyard.backup.WalContinuity;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.BackupAgeLook;
import io.drillyard.check.backup.ContinuityLook;
import io.drillyard.check.backup.EarlierRepositoryState;
import io.drillyard.check.backup.FreshnessLook;
import io.drillyard.check.backup.InformationLook;
import io.drillyard.check.backup.RecoveryLook;
import io.drillyard.check.backup.RemovedLook;
import io.drillyard.check.backup.RepositoryLook;
import io.drillyard.check.backup.RestoreChoice;
import io.drillyard.check.backup.RestoreTerms;
import io.drillyard.check.backup.RestoreTestTimeLimit;
import io.drillyard.check.backup.RestoreTimeLook;
import io.drillyard.check.backup.Rung;
import io.drillyard.check.backup.RungLook;
import io.drillyard.check.backup.SandboxIsolationLook;
import io.drillyard.check.backup.TargetReached;
import io.drillyard.check.backup.UnchangedLook;
import io.drillyard.check.backup.UnchangedLook.Listing;
import io.drillyard.declaration.Durations;
import io.drillyard.host.HostException;
import io.drillyard.host.lab.OtherCpuLoad;
import io.drillyard.repository.RepositoryException;
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
final class RestoreTestExecution {
  private static final Rung[] UNUSABLE =
      EnumSet.range(Rung.INFORMATION, Rung.SETTINGS).toArray(Rung[]::new);
  private static final Rung[] AFTER_OPENING = {
    Rung.ACKNOWLEDGED, Rung.STRUCTURE, Rung.DUMP, Rung.ASSERTIONS, Rung.FRESHNESS, Rung.SETTINGS
  };

  private final RepositoryUnderTest setting;
  private final RestoreTerms terms;
  private final @Nullable EarlierRepositoryState remembered;
  private final RestoreTestLedger file;
  private final ProofLadder ladder;
  private final SandboxChecks checks;
  private final ArchiveBranchReader branches;
  private final FullContentChecks contents;
  private final ProgressLines progress;
  private final long startNs;
  private final OtherCpuLoad others = OtherCpuLoad.start();
  private final Map<String, Double> parts = new LinkedHashMap<>();
  private final List<String> observations = new ArrayList<>();
  private @Nullable Map<String, String> before;
  private @Nullable InformationLook seen;
  private @Nullable RestoreChoice choice;
  private @Nullable WalContinuity way;
  private List<String> unread = List.of();
  private @Nullable Instant newestHeartbeat;
  private long bytes;

  /**
   * A test that was ordered just now.
   *
   * @param remembered what an earlier test saw, or null
   * @param file its ledger, whose origin is the order
   */
  RestoreTestExecution(
      RepositoryUnderTest setting,
      String name,
      long seed,
      @Nullable EarlierRepositoryState remembered,
      RestoreTestLedger file,
      ProgressLines progress) {
    this.setting = setting;
    this.progress = progress;
    this.remembered = remembered;
    this.file = file;
    Instant ordered = Instant.now(Clock.systemUTC());
    this.startNs = System.nanoTime();
    // Nothing can be newer than the source's end, or the order.
    Instant ended = setting.sourceEnded();
    this.terms = setting.terms(name, seed, ordered, ended == null ? ordered : ended);
    this.branches = new ArchiveBranchReader(setting, terms);
    this.checks = new SandboxChecks(setting, progress);
    this.contents = new FullContentChecks(setting.sandbox(), progress);
    this.ladder = new ProofLadder(file, terms, progress);
  }

  /**
   * Climbs.
   *
   * @param known {@link RepositoryUnderTest#fingerprints} before anything was done; null: the first
   *     rung asks
   * @param keepFailed leave the sandbox standing when a required rung was not met
   */
  RestoreTestOutcome run(@Nullable Map<String, String> known, boolean keepFailed) {
    before = known;
    setting.sandbox().allow(setting.policy().atMost(), startNs);
    if (read()) {
      restore();
    } else {
      ladder.skip("the repository cannot be used", UNUSABLE);
    }
    recoveryTime();
    unchanged();
    if (keepFailed && ladder.verdict() != Verdict.MET) {
      ladder.skip("a failed sandbox is kept for looking", Rung.REMOVED);
      observations.add(
          "The sandbox on %s is kept. Its owner is the lab, and it goes with the lab; the repository's owner is %s."
              .formatted(
                  setting.sandbox().host().name(),
                  setting.policy().external() == null
                      ? "the lab too"
                      : "external: nothing of it goes"));
    } else {
      Sandbox sandbox = setting.sandbox();
      ladder.climb(Rung.REMOVED, () -> new RemovedLook(sandbox.host().name(), sandbox.remove()));
    }
    return new RestoreTestOutcome(ladder, observations);
  }

  private void unchanged() {
    if (setting.path() != null) {
      ladder.skip("the checks of the drill compare what the repository holds", Rung.UNCHANGED);
      return;
    }
    Map<String, String> then = before;
    if (then == null) {
      ladder.skip("the repository could not be listed beforehand", Rung.UNCHANGED);
      return;
    }
    ladder.climb(
        Rung.UNCHANGED,
        () -> {
          Listing kept = file.keep("before", then);
          try {
            Listing after = file.keep("after", setting.fingerprints());
            return new UnchangedLook(
                kept, after, null, setting.live() ? setting.vault().sound() : List.of());
          } catch (RepositoryException e) {
            return new UnchangedLook(kept, null, word(e) + ": " + e.getMessage(), List.of());
          }
        });
  }

  /** What it learned for the next test; null when it learned nothing. */
  @Nullable EarlierRepositoryState toRemember() {
    InformationLook what = seen;
    return what == null || what.backups() == null || what.archive() == null
        ? null
        : EarlierRepositoryState.of(what.backups(), what.archive());
  }

  private double sinceOrder() {
    return (System.nanoTime() - startNs) / 1e6;
  }

  private static String word(RepositoryException e) {
    return e.kind().name().toLowerCase(Locale.ROOT);
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
                return RepositoryLook.listed(
                    sizes.size(), sizes.values().stream().mapToLong(Long::longValue).sum());
              } catch (RepositoryException e) {
                return new RepositoryLook(
                    word(e),
                    e.getMessage(),
                    e.kind() == RepositoryException.Kind.UNREACHABLE
                        ? setting.silence().ask()
                        : null,
                    0,
                    0);
              }
            });
    if (reachable != Verdict.MET) {
      return false;
    }
    ladder.climb(
        Rung.INFORMATION,
        () -> {
          InformationLook looked = setting.vault().look(sizes).with(remembered);
          seen = looked;
          return looked;
        });
    observations.addAll(ladder.remarks());
    InformationLook what = seen;
    if (what != null) {
      ladder.climb(Rung.BACKUP_AGE, BackupAgeLook::new);
    } else {
      ladder.skip("nothing could be read", Rung.BACKUP_AGE);
    }
    ladder.climb(Rung.CONTINUITY, ContinuityLook::new);
    RestoreChoice chosen = what == null ? null : what.choiceIfAny(terms);
    choice = chosen;
    way = what == null || chosen == null ? null : what.way(terms, chosen);
    allow(sizes);
    parts.put("read information", sinceOrder());
    return choice != null;
  }

  /** What the policy allows, or the size demands. */
  private void allow(Map<String, Long> sizes) {
    Duration stated = setting.policy().limit();
    long bytes = sizes.values().stream().mapToLong(Long::longValue).sum();
    Duration whole =
        stated == null ? RestoreTestTimeLimit.of(terms, seen, bytes, sizes.size()) : stated;
    setting.sandbox().allow(whole, startNs);
    if (stated == null) {
      progress.say(RestoreProgram.ALLOWED + whole.toSeconds() + " s, by its size");
    }
  }

  private void restore() {
    ladder.climb(
        Rung.ISOLATION,
        () -> new SandboxIsolationLook(setting.fence().tried(), setting.whileSourceRan()));
    RestoreChoice chosen = choice;
    InformationLook what = seen;
    double from = sinceOrder();
    Verdict restored =
        chosen == null || what == null
            ? Verdict.UNDETERMINED
            : ladder.climb(Rung.RESTORE, () -> checks.restored(what, chosen));
    parts.put("copy", sinceOrder() - from);
    ladder.climb(Rung.BRANCH, () -> branches.look(seen));
    // Beside the replay, which keeps one processor busy; beside the copy it would double its time.
    CompletableFuture<Void> verified =
        CompletableFuture.runAsync(() -> ladder.climb(Rung.VERIFY, checks::verify));
    if (restored == Verdict.MET && chosen != null) {
      bytes = setting.sandbox().bytes();
      recover(chosen);
    } else {
      ladder.skip("nothing was restored", Rung.TARGET, Rung.CHECKSUMS);
      ladder.skip("nothing was restored", AFTER_OPENING);
    }
    verified.join();
  }

  private void recover(RestoreChoice chosen) {
    double from = sinceOrder();
    TargetReached.Expected expected = null;
    WalContinuity followed = way;
    InformationLook what = seen;
    if (followed != null && followed.last() != null && what != null && what.archive() != null) {
      long segmentBytes = what.archive().segmentBytes();
      expected =
          setting.sandbox().wal().end(followed.last(), chosen.backup().startWal(), segmentBytes);
    }
    RestoreChoice settled;
    try {
      settled = new RestoreTargetSelection(setting, what, terms.seed()).settle(chosen, expected);
    } catch (RestoreChoice.NotThereException | HostException e) {
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
          Sandbox sandbox = setting.sandbox();
          sandbox.start(settled.target(), branches.timeline(seen, settled));
          LongStepProgress.watched(progress, "the replay", this::replayed, sandbox::awaitOpen);
          return new RecoveryLook(
              settled.target(),
              end,
              sandbox.logText(),
              sandbox.running(),
              SandboxChecks.limit(sandbox));
        });
    parts.put("replay", sinceOrder() - started);
    double opened = sinceOrder();
    String why = shut();
    if (why == null) {
      // Two that read everything run side by side; the small questions follow them.
      CompletableFuture<Void> dumped =
          CompletableFuture.runAsync(() -> climb(Rung.DUMP, () -> contents.dump(unread)));
      climb(Rung.STRUCTURE, contents::structure);
      climb(Rung.ACKNOWLEDGED, checks::acknowledged);
      climb(Rung.ASSERTIONS, checks::assertions);
      climb(
          Rung.FRESHNESS,
          () -> {
            FreshnessLook heartbeat = checks.heartbeat();
            newestHeartbeat = heartbeat.newest();
            return heartbeat;
          });
      climb(Rung.SETTINGS, () -> new RestoredSettings(setting).look());
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
  private void climb(Rung rung, Supplier<? extends RungLook> attempt) {
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
    WalContinuity followed = way;
    return followed == null || followed.required() == 0
        ? -1
        : setting.sandbox().log().restored().size() / (double) followed.required();
  }

  private void recoveryTime() {
    double taken = others.taken().toNanos() / 1e6;
    ladder.climb(
        Rung.RECOVERY_TIME, () -> new RestoreTimeLook(taken, new LinkedHashMap<>(parts), bytes));
  }
}
