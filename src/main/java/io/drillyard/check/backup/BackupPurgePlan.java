package io.drillyard.check.backup;

import io.drillyard.backup.BackupInfo;
import io.drillyard.backup.BackupInfo.Backup;
import io.drillyard.declaration.Durations;
import io.drillyard.ledger.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which backups would go, and everything that speaks against it; one refusal refuses the whole.
 *
 * @param asked labels of the backups that were asked for
 * @param goes what would be gone afterwards, the oldest first: the asked ones and whatever cannot
 *     be restored without them
 * @param roots what pgBackRest has to be told, the newest first; the others go with these
 * @param objects how many in all
 * @param bytes of these
 * @param refusals sentences; empty: it may go
 * @param digest of all that would go: two plans with the same one remove the same
 */
public record BackupPurgePlan(
    List<String> asked,
    List<Going> goes,
    List<String> roots,
    long objects,
    long bytes,
    List<String> refusals,
    String digest) {
  private static final String MANIFEST = "/backup.manifest";
  private static final Pattern LABEL =
      Pattern.compile("[0-9]{8}-[0-9]{6}F(_[0-9]{8}-[0-9]{6}[DI])?");

  /**
   * A backup that would go.
   *
   * @param stopped when it ended; empty: it is what an unfinished purge left of one, and no longer
   *     on the list
   * @param asked false: it goes because it needs one that goes, or is left over beside one
   * @param objects below its folder
   */
  public record Going(
      String label, String type, String stopped, boolean asked, long objects, long bytes) {
    /** True for what an unfinished purge left. */
    public boolean leftOver() {
      return stopped.isEmpty();
    }
  }

  /**
   * What is wanted.
   *
   * @param labels of backups; empty when they are chosen by age
   * @param olderThan chooses every backup that ended longer ago, unless a younger one needs it;
   *     null: by labels
   * @param retention no backup goes sooner after its end
   * @param proven labels of the backups that restore tests proved
   * @param unfinished labels that an earlier purge was to remove, and did not say that it did
   */
  public record Wanted(
      List<String> labels,
      @Nullable Duration olderThan,
      Duration retention,
      Collection<String> proven,
      Collection<String> unfinished) {}

  /** True when a text has the form of a backup's label. */
  public static boolean isLabel(String text) {
    return LABEL.matcher(text).matches();
  }

  /** Where the information of the stanza cannot be relied on, nothing goes. */
  public static BackupPurgePlan unsound(Wanted wanted, List<String> problems) {
    return new BackupPurgePlan(
        wanted.labels(), List.of(), List.of(), 0, 0, List.copyOf(problems), digest(Map.of()));
  }

  /**
   * Judges.
   *
   * @param objects sizes of everything in the stanza's folder of backups, by key from there
   */
  public static BackupPurgePlan of(
      Wanted wanted, BackupInfo info, Map<String, Long> objects, Instant now) {
    List<String> refusals = new ArrayList<>();
    Set<String> asked = new TreeSet<>(wanted.labels());
    if (wanted.olderThan() != null) {
      asked.addAll(olderThan(wanted.olderThan(), info, now));
      if (asked.isEmpty()) {
        refusals.add(
            "No backup, with all that need it, is older than %s."
                .formatted(Durations.format(wanted.olderThan())));
      }
    }
    Set<String> left = leftOver(wanted.unfinished(), info, objects);
    for (String label : asked) {
      if (info.backup(label).isEmpty() && !left.contains(label)) {
        refusals.add("No backup is called %s; there are %s.".formatted(label, labels(info)));
      }
    }
    Set<String> gone = closure(asked, info);
    if (asked.stream().anyMatch(left::contains)) {
      // pgBackRest tidies up all of it or nothing.
      gone.addAll(left);
    }
    List<Backup> going = info.backups().stream().filter(b -> gone.contains(b.label())).toList();
    List<Backup> whole =
        going.stream()
            .filter(
                b ->
                    restorable(b.label(), objects)
                        || wanted.proven().contains(b.label())
                        || !wanted.unfinished().contains(b.label()))
            .toList();
    // What an unfinished purge left can be restored by nobody: it goes without a proof of another.
    if (!whole.isEmpty() || gone.isEmpty()) {
      proofs(wanted.proven(), whole, info, refusals);
    }
    tooYoung(wanted.retention(), going, now, refusals);
    lastFull(gone, info, refusals);
    window(wanted.retention(), gone, info, now, refusals);
    strangers(gone, left, info, objects, refusals);
    Map<String, Long> below =
        objects.entrySet().stream()
            .filter(e -> gone.contains(folder(e.getKey())))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    List<Going> goes = new ArrayList<>();
    left.stream()
        .filter(gone::contains)
        .forEach(l -> goes.add(going(l, type(l), "", asked, below)));
    going.forEach(b -> goes.add(going(b.label(), b.type(), b.stop().toString(), asked, below)));
    return new BackupPurgePlan(
        List.copyOf(asked),
        List.copyOf(goes),
        roots(going, below.keySet()),
        below.size(),
        goes.stream().mapToLong(Going::bytes).sum(),
        List.copyOf(refusals),
        digest(below));
  }

  /** What has no manifest any more cannot be named to pgBackRest; it tidies that up by itself. */
  private static List<String> roots(List<Backup> going, Set<String> below) {
    Set<String> named =
        going.stream()
            .map(Backup::label)
            .filter(label -> below.contains(label + MANIFEST))
            .collect(Collectors.toSet());
    return going.reversed().stream()
        .filter(b -> named.contains(b.label()))
        .filter(b -> b.references().stream().noneMatch(named::contains))
        .map(Backup::label)
        .toList();
  }

  /** Folders off the list, without any manifest, that a purge was to remove. */
  private static Set<String> leftOver(
      Collection<String> unfinished, BackupInfo info, Map<String, Long> objects) {
    return objects.keySet().stream()
        .map(BackupPurgePlan::folder)
        .filter(label -> unfinished.contains(label) && info.backup(label).isEmpty())
        .filter(label -> !restorable(label, objects))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A manifest or its copy is what a restore begins with. */
  private static boolean restorable(String label, Map<String, Long> objects) {
    return objects.containsKey(label + MANIFEST) || objects.containsKey(label + MANIFEST + ".copy");
  }

  private static String type(String label) {
    return switch (label.charAt(label.length() - 1)) {
      case 'D' -> "diff";
      case 'I' -> "incr";
      default -> "full";
    };
  }

  /** The same plan, with more that speaks against it. */
  public BackupPurgePlan refusedAlso(List<String> more) {
    List<String> all = new ArrayList<>(more);
    all.addAll(refusals);
    return new BackupPurgePlan(asked, goes, roots, objects, bytes, List.copyOf(all), digest);
  }

  private static Going going(
      String label, String type, String stopped, Set<String> asked, Map<String, Long> below) {
    List<Long> sizes =
        below.entrySet().stream()
            .filter(e -> folder(e.getKey()).equals(label))
            .map(Map.Entry::getValue)
            .toList();
    return new Going(
        label,
        type,
        stopped,
        asked.contains(label),
        sizes.size(),
        sizes.stream().mapToLong(Long::longValue).sum());
  }

  /** What was asked for by age takes nothing with it that is younger. */
  private static Set<String> olderThan(Duration age, BackupInfo info, Instant now) {
    Set<String> old =
        info.backups().stream()
            .filter(b -> !b.stop().plus(age).isAfter(now))
            .map(Backup::label)
            .collect(Collectors.toSet());
    return old.stream()
        .filter(label -> old.containsAll(closure(Set.of(label), info)))
        .collect(Collectors.toSet());
  }

  /** These, as far as they are there, and all that need one of them, directly or by others. */
  private static Set<String> closure(Set<String> labels, BackupInfo info) {
    Set<String> gone = new TreeSet<>();
    boolean more = true;
    while (more) {
      more = false;
      for (Backup backup : info.backups()) {
        boolean goes =
            labels.contains(backup.label())
                || backup.references().stream().anyMatch(gone::contains);
        more |= goes && gone.add(backup.label());
      }
    }
    return gone;
  }

  /** All that a backup needs is in its references; so it goes if one of these goes. */
  private static void proofs(
      Collection<String> proven, List<Backup> going, BackupInfo info, List<String> refusals) {
    Backup newest =
        info.backups().stream()
            .filter(b -> proven.contains(b.label()))
            .reduce((a, b) -> b)
            .orElse(null);
    if (newest == null) {
      refusals.add(
          "No backup that is there was ever proved, by the reports on this machine: prove one first (restore-test).");
      return;
    }
    for (Backup backup : going) {
      if (backup.equals(newest)) {
        refusals.add("%s is the newest backup that was proved.".formatted(backup.label()));
      } else if (newest.references().contains(backup.label())) {
        refusals.add(
            "%s is needed by %s, the newest backup that was proved."
                .formatted(backup.label(), newest.label()));
      }
    }
  }

  private static void tooYoung(
      Duration retention, List<Backup> going, Instant now, List<String> refusals) {
    for (Backup backup : going) {
      Instant free = backup.stop().plus(retention);
      if (free.isAfter(now)) {
        refusals.add(
            "%s ended at %s: by the retention of %s it is kept until %s."
                .formatted(backup.label(), backup.stop(), Durations.format(retention), free));
      }
    }
  }

  /** The oldest instant that the retention promises needs a backup that ended before it. */
  private static void window(
      Duration retention, Set<String> gone, BackupInfo info, Instant now, List<String> refusals) {
    Instant oldest = now.minus(retention);
    List<Backup> reaching =
        info.backups().stream()
            .filter(b -> b.databaseId() == info.database().id() && !b.stop().isAfter(oldest))
            .toList();
    if (!reaching.isEmpty() && reaching.stream().allMatch(b -> gone.contains(b.label()))) {
      refusals.add(
          "%s is the last backup from which the first instants of the retention of %s could be restored."
              .formatted(reaching.getLast().label(), Durations.format(retention)));
    }
  }

  private static void lastFull(Set<String> gone, BackupInfo info, List<String> refusals) {
    List<Backup> full = info.backups().stream().filter(b -> b.type().equals("full")).toList();
    List<Backup> present =
        full.stream().filter(b -> b.databaseId() == info.database().id()).toList();
    for (List<Backup> some : List.of(full, present)) {
      if (!some.isEmpty() && some.stream().allMatch(b -> gone.contains(b.label()))) {
        refusals.add(
            "%s is the last full backup of the stanza%s."
                .formatted(some.getLast().label(), some.equals(full) ? "" : "'s present database"));
        return;
      }
    }
  }

  /**
   * pgBackRest, once it expires anything, also tidies up: it removes folders that the list does not
   * know, such as that of a backup under way on another machine, and drops what has no manifest.
   */
  private static void strangers(
      Set<String> gone,
      Set<String> left,
      BackupInfo info,
      Map<String, Long> objects,
      List<String> refusals) {
    Set<String> folders = new TreeSet<>();
    objects.keySet().forEach(key -> folders.add(folder(key)));
    for (String folder : folders) {
      if (gone.contains(folder)) {
        continue;
      }
      if (left.contains(folder)) {
        refusals.add(
            "%s is what a purge left that came to no end, and pgBackRest would take it along: ask for it, too."
                .formatted(folder));
      } else if (isLabel(folder) && info.backup(folder).isEmpty()) {
        refusals.add(
            "%s is no backup on the list: one under way, or left unfinished, or without WAL. pgBackRest would take it along."
                .formatted(folder));
      }
    }
    for (Backup backup : info.backups()) {
      if (!gone.contains(backup.label()) && !objects.containsKey(backup.label() + MANIFEST)) {
        refusals.add(
            "%s has no manifest: pgBackRest would take what is left of it along."
                .formatted(backup.label()));
      }
    }
  }

  private static String folder(String key) {
    int slash = key.indexOf('/');
    return slash < 0 ? "" : key.substring(0, slash);
  }

  private static String labels(BackupInfo info) {
    return info.backups().isEmpty()
        ? "none"
        : info.backups().stream().map(Backup::label).collect(Collectors.joining(", "));
  }

  private static String digest(Map<String, Long> below) {
    String lines =
        below.entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey() + "\n")
            .sorted()
            .collect(Collectors.joining());
    return Sha256.of(lines);
  }
}
