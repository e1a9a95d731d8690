package io.drillyard.check.backup;

import io.drillyard.backup.BackupInfo;
import io.drillyard.backup.BackupInfo.Backup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Which backup is restored to which target; the same seed over the same repository chooses the
 * same.
 *
 * @param seed printed, so that a night can be repeated
 * @param backup that was chosen
 * @param target that recovery has to reach
 */
public record RestoreChoice(long seed, Backup backup, Target target) {

  /** Targets that can be chosen only when the archive was read. */
  private static final Set<String> LATER =
      Set.of("random-instant", "before-switch", "at-switch", "after-switch");

  /** True of a target that can be chosen only when the archive was read. */
  public static boolean isLater(String wanted) {
    return LATER.contains(wanted);
  }

  /** What a target is taken for until the archive was read: the latest. */
  public static String provisional(String wanted) {
    return isLater(wanted) ? "latest" : wanted;
  }

  /** Where recovery has to end. */
  public sealed interface Target {
    /** For people. */
    String words();
  }

  /** As far as the archive goes. */
  public record Latest() implements Target {
    @Override
    public String words() {
      return "latest";
    }
  }

  /** A moment: everything committed until then, and nothing after. */
  public record Instantly(Instant time) implements Target {
    @Override
    public String words() {
      return "time " + time;
    }
  }

  /** Just before another backup began: the longest replay that is ever needed. */
  public record BeforeBackup(String label, String lsn) implements Target {
    @Override
    public String words() {
      return "just before backup " + label + " began (LSN " + lsn + ")";
    }
  }

  /** All of one timeline, and nothing of the next. */
  public record AtSwitch(long timeline, String lsn) implements Target {
    @Override
    public String words() {
      return "the end of the timeline that %d followed (before LSN %s)".formatted(timeline, lsn);
    }
  }

  /**
   * Chooses.
   *
   * @param wantedBackup {@code latest}, {@code random}, {@code oldest} or a label
   * @param wantedTarget {@code latest}, {@code random-instant} or {@code before-next-backup}
   * @param newest until when commits are known to be archived; bounds a random instant; null: only
   *     until the newest backup ended
   * @throws NotThereException when there is no such backup or target
   */
  public static RestoreChoice of(
      BackupInfo info,
      String wantedBackup,
      String wantedTarget,
      long seed,
      @Nullable Instant newest) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Backup> backups =
        info.backups().stream().filter(b -> b.databaseId() == info.database().id()).toList();
    if (backups.isEmpty()) {
      throw new NotThereException("the stanza has no backup of its present database");
    }
    boolean needsNext = wantedTarget.equals("before-next-backup");
    if (needsNext && backups.size() < 2) {
      throw new NotThereException("there is only one backup: none begins after it");
    }
    // The longest replay needs a backup that another one follows.
    List<Backup> able = needsNext ? backups.subList(0, backups.size() - 1) : backups;
    Backup backup =
        switch (wantedBackup) {
          case "latest" -> able.getLast();
          case "oldest" -> able.getFirst();
          case "random" -> able.get(random.nextInt(able.size()));
          default ->
              able.stream()
                  .filter(b -> b.label().equals(wantedBackup))
                  .findFirst()
                  .orElseThrow(
                      () ->
                          new NotThereException(
                              "no backup %s that fits the target; there are %s"
                                  .formatted(
                                      wantedBackup, able.stream().map(Backup::label).toList())));
        };
    return new RestoreChoice(seed, backup, target(info, backup, wantedTarget, random, newest));
  }

  private static Target target(
      BackupInfo info,
      Backup backup,
      String wanted,
      SplittableRandom random,
      @Nullable Instant newest) {
    return switch (wanted) {
      case "latest" -> new Latest();
      case "before-next-backup" -> {
        Backup next =
            info.after(backup)
                .orElseThrow(() -> new NotThereException("no backup follows " + backup.label()));
        yield new BeforeBackup(next.label(), next.startLsn());
      }
      case "random-instant" -> {
        Instant last = newest == null ? info.backups().getLast().start() : newest;
        // Whole seconds are how a backup's end is known: one more, and the target is after it.
        Instant first = backup.stop().plusSeconds(1);
        long micros = Duration.between(first, last).toNanos() / 1000;
        if (micros <= 0) {
          throw new NotThereException(
              "no commit is known to be archived after backup " + backup.label());
        }
        yield new Instantly(first.plusNanos(random.nextLong(micros) * 1000));
      }
      default -> throw new NotThereException("no target is called '" + wanted + "'");
    };
  }

  /** What was asked for is not there. */
  public static final class NotThereException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotThereException(String message) {
      super(message);
    }
  }
}
