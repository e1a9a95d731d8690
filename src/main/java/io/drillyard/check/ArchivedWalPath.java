package io.drillyard.check;

import io.drillyard.backup.ArchiveListing;
import io.drillyard.backup.WalSegment;
import io.drillyard.backup.WalStretch;
import io.drillyard.ledger.ArchiverSeen;
import io.drillyard.ledger.BackupsSeen;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.RepositoryListed;
import io.drillyard.ledger.WalSwitched;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The way through every repository's archive, from the oldest backup to the segment that was ended.
 */
final class ArchivedWalPath {
  /** Faults after which a host archives nothing any more until it is brought back. */
  private static final Set<String> FOR_GOOD = Set.of("power-off", "disk-loss", "site-loss");

  private static final Pattern SIZE = Pattern.compile("[0-9]{1,18}");

  private static final int SAID_MAX = 20;

  private final LedgerViews history;
  private final WalSwitched end;
  private final TimelineBranch branch;
  private final FindingBuilder draft;
  private final long bytes;
  private final long last;
  private final List<String> doubts = new ArrayList<>();

  ArchivedWalPath(
      LedgerViews history, WalSwitched end, TimelineBranch branch, FindingBuilder draft) {
    this.history = history;
    this.end = end;
    this.branch = branch;
    this.draft = draft;
    this.bytes = end.segmentBytes();
    this.last = WalSegment.parse(end.segment(), bytes).number();
  }

  Finding judged() {
    restorable();
    List<Finding> findings = new ArrayList<>();
    Set<String> names = LedgerDeclarations.repositories(history);
    if (names.isEmpty()) {
      doubts.add("the ledger does not say which repositories there are");
    }
    Finding met = null;
    for (String name : names) {
      Finding one = repository(name);
      if (one != null) {
        findings.add(one);
        met = one.verdict() == Verdict.MET ? one : met;
      }
    }
    for (Finding one : findings) {
      if (one.verdict() == Verdict.MISSED) {
        return one;
      }
    }
    draft.details(doubts);
    for (Finding one : findings) {
      if (one.verdict() == Verdict.UNDETERMINED) {
        return one;
      }
    }
    if (!doubts.isEmpty() || met == null) {
      return draft.undetermined(
          "archive-in-doubt", doubts.isEmpty() ? "no repository was judged" : doubts.getFirst());
    }
    return met;
  }

  private @Nullable Finding repository(String name) {
    RepositoryListed listed = listed(name);
    if (listed == null) {
      doubts.add(name + " was not listed after the last segment had been ended");
      return null;
    }
    BackupsSeen own = null;
    BackupsSeen.Backup oldest = null;
    Predicate<WalSegment> there = segment -> false;
    for (BackupsSeen seen : seen(name)) {
      boolean its =
          seen.stanza().equals(end.cluster()) && !FormerPathUntouched.givenUp(history, seen);
      if (seen.problem() != null) {
        doubts.add(
            "%s: what stanza %s says of its backups could not be read: %s"
                .formatted(name, seen.stanza(), seen.problem()));
        continue;
      }
      own = its ? seen : own;
      ArchiveListing archive = archive(listed, seen);
      // Of another stanza those of timelines that led to the branch.
      there =
          there.or(
              segment ->
                  (its || segment.timeline() < end.timeline())
                      && archive.has(segment)
                      && !archive.empty().contains(segment.name(bytes)));
    }
    if (own == null) {
      doubts.add(name + ": the backups of stanza " + end.cluster() + " were not read");
      return null;
    }
    List<BackupsSeen.Backup> backups = new ArrayList<>(own.backups());
    if (backups.isEmpty()) {
      // A cluster that was restored lives on what it was restored from.
      seen(name).forEach(other -> backups.addAll(other.backups()));
      draft.detail(
          "%s: stanza %s holds no backup of its own: until one is taken its WAL is of use together with the stanza that it was restored from alone"
              .formatted(name, end.cluster()));
    }
    for (BackupsSeen.Backup each : backups) {
      oldest = oldest == null || each.label().compareTo(oldest.label()) < 0 ? each : oldest;
    }
    if (oldest == null) {
      doubts.add(name + " holds no backup");
      return null;
    }
    return way(name, oldest, backups, there);
  }

  private List<BackupsSeen> seen(String name) {
    List<BackupsSeen> latest = new ArrayList<>();
    for (BackupsSeen seen : history.of(BackupsSeen.class)) {
      if (seen.repository().equals(name) && seen.at().startNs() >= end.at().startNs()) {
        // The first after that order: later ones are of after the clearing up.
        if (latest.stream().noneMatch(seen::ofSameIncarnation)) {
          latest.add(seen);
        }
      }
    }
    return latest;
  }

  private @Nullable RepositoryListed listed(String name) {
    for (RepositoryListed each : history.of(RepositoryListed.class)) {
      if (each.repository().equals(name) && each.at().startNs() >= end.at().endNs()) {
        return each;
      }
    }
    return null;
  }

  /** What a stanza's archive held, by that listing; nothing where its place is not known. */
  private ArchiveListing archive(RepositoryListed listed, BackupsSeen seen) {
    Map<String, Long> sizes = new HashMap<>();
    listed
        .objects()
        .forEach(
            (key, print) -> {
              if (!seen.archive().isEmpty() && key.startsWith(seen.archive())) {
                sizes.put(key.substring(seen.archive().length()), bytes(print));
              }
            });
    return ArchiveListing.of(sizes, bytes);
  }

  /** A listing tells of an object its size first. */
  private static long bytes(String print) {
    Matcher size = SIZE.matcher(print);
    return size.lookingAt() ? Long.parseLong(size.group()) : 0;
  }

  private Finding way(
      String name,
      BackupsSeen.Backup oldest,
      List<BackupsSeen.Backup> backups,
      Predicate<WalSegment> there) {
    List<WalStretch> stretches = stretches(oldest);
    if (stretches.isEmpty()) {
      return draft.undetermined(
          "backup-on-another-branch",
          "%s: the oldest backup, %s, is not on the branch that serves, %s"
              .formatted(name, oldest.label(), branch.words()));
    }
    List<WalStretch> gaps = new ArrayList<>();
    long needed = 0;
    for (WalStretch stretch : stretches) {
      needed += stretch.length();
      gaps.addAll(stretch.missing(there));
    }
    if (gaps.isEmpty()) {
      return end.archived()
          ? draft.met(
              "continuous",
              "all %d segments from backup %s to %s are archived, on %d timelines"
                  .formatted(needed, oldest.label(), end.segment(), stretches.size()))
          : draft.undetermined(
              "archiver-behind", "the archiver of " + end.member() + " had not said so in time");
    }
    WalStretch first = gaps.getFirst();
    boolean tail = gaps.size() == 1 && first.timeline() == end.timeline() && first.last() == last;
    if (tail && !end.archived()) {
      return draft.undetermined(
          "archiver-behind",
          "%s: the archiver of %s had not caught up: %s not archived yet"
              .formatted(name, end.member(), first.words(bytes)));
    }
    List<WalStretch> certain = gaps.stream().filter(gap -> mayStillCome(gap) == null).toList();
    return certain.isEmpty()
        ? draft.undetermined(
            "may-still-come",
            "%s: %s is missing, and %s".formatted(name, first.words(bytes), mayStillCome(first)))
        : missing(name, certain, backups);
  }

  /**
   * Why a gap of an earlier timeline may be filled yet; null when nobody is left who could. Patroni
   * has an old primary archive what it has before it is rewound: as long as it is neither lost for
   * good nor seen to follow the serving timeline, it may only be slow.
   */
  private @Nullable String mayStillCome(WalStretch gap) {
    for (MemberCommitSpan spell : history.spells()) {
      String member = spell.member();
      if (spell.timeline() == gap.timeline()
          && gap.timeline() < end.timeline()
          && !member.equals(end.member())
          && !lost(member)
          && !follows(member)) {
        return member + ", which served timeline " + gap.timeline() + ", may still archive it";
      }
    }
    return null;
  }

  /** Its host is gone, and nobody had brought it back. */
  private boolean lost(String member) {
    for (Event.Injected fault : history.faults().injected()) {
      Event.Healed heal = history.faults().healOf(fault);
      if (fault.targets().contains(member)
          && FOR_GOOD.contains(fault.type())
          && fault.at().endNs() <= end.at().endNs()
          && (heal == null || heal.at().startNs() >= end.at().startNs())) {
        return true;
      }
    }
    return false;
  }

  /** It was seen in recovery on the serving timeline: what it had of another is rewound away. */
  private boolean follows(String member) {
    for (Event.Probed probe : history.of(Event.Probed.class)) {
      if (probe.member().equals(member)
          && probe.inRecovery()
          && probe.timeline() == end.timeline()
          && probe.at().endNs() <= end.at().startNs()) {
        return true;
      }
    }
    return false;
  }

  private Finding missing(String name, List<WalStretch> gaps, List<BackupsSeen.Backup> backups) {
    long count = 0;
    for (WalStretch gap : gaps) {
      count += gap.length();
      if (gaps.indexOf(gap) < SAID_MAX) {
        draft.detail(name + ": never archived: " + gap.words(bytes));
      }
    }
    draft.count("segments-missing", count);
    WalStretch first = gaps.getFirst();
    WalStretch lastGap = gaps.getLast();
    Instant from = lastCommitBefore(first);
    String until = "until a new full backup is taken";
    for (BackupsSeen.Backup each : backups) {
      WalSegment start = WalSegment.parse(each.startWal(), bytes);
      if (each.type().equals("full")
          && start.timeline() >= lastGap.timeline()
          && start.number() > lastGap.last()) {
        until = "until the end of backup " + each.label();
        break;
      }
    }
    return draft.missed(
        "segments-missing",
        "%s: %d segments of timeline %d were never archived, from %s on: no instant after %s can be restored %s"
            .formatted(
                name,
                count,
                first.timeline(),
                new WalSegment(first.timeline(), first.first()).name(bytes),
                from == null ? "the segment before" : from.toString(),
                until));
  }

  /** By the clients' own acknowledgements, with the wall clock of the run's beginning. */
  private @Nullable Instant lastCommitBefore(WalStretch gap) {
    long startLsn = gap.first() * bytes;
    long lastNs = Long.MIN_VALUE;
    for (Event.Write write : history.writes()) {
      if (write.acknowledged()
          && write.timeline() == gap.timeline()
          && Long.compareUnsigned(write.lsn(), startLsn) < 0) {
        lastNs = Math.max(lastNs, write.at().endNs());
      }
    }
    List<Event.Opened> opened = history.of(Event.Opened.class);
    if (lastNs == Long.MIN_VALUE || opened.isEmpty()) {
      return null;
    }
    try {
      Event.Opened anchor = opened.getFirst();
      return Instant.parse(anchor.wallClockAnchor()).plusNanos(lastNs - anchor.at().endNs());
    } catch (DateTimeException e) {
      return null;
    }
  }

  private List<WalStretch> stretches(BackupsSeen.Backup oldest) {
    WalSegment start = WalSegment.parse(oldest.startWal(), bytes);
    List<WalStretch> stretches = new ArrayList<>();
    long from = start.number();
    boolean on = start.timeline() == branch.timeline();
    for (Event.Fork fork : branch.forks()) {
      if (fork.parentTimeline() < start.timeline()) {
        continue;
      }
      on |= fork.parentTimeline() == start.timeline();
      // The segment in which a timeline is left is read from the next one.
      long left = Long.divideUnsigned(fork.lsn(), bytes);
      if (on && left > from) {
        stretches.add(new WalStretch(fork.parentTimeline(), from, left - 1));
      }
      from = Math.max(from, left);
    }
    if (on && last >= from) {
      stretches.add(new WalStretch(branch.timeline(), from, last));
    }
    return stretches;
  }

  /** How long after its first commit the new branch had a segment in the archive. */
  private void restorable() {
    long first = Long.MAX_VALUE;
    for (MemberCommitSpan spell : history.spells()) {
      if (spell.member().equals(end.member()) && spell.timeline() == end.timeline()) {
        first = Math.min(first, spell.firstReturnedNs());
      }
    }
    if (first == Long.MAX_VALUE || branch.forks().isEmpty()) {
      return;
    }
    String prefix = String.format(Locale.ROOT, "%08X", end.timeline());
    long before = first;
    for (ArchiverSeen look : history.of(ArchiverSeen.class)) {
      String name = look.lastArchived();
      if (history.cluster(look.member()) == null
          || !end.cluster().equals(history.cluster(look.member()))
          || look.at().endNs() < first) {
        continue;
      }
      if (name != null && name.startsWith(prefix) && name.matches("[0-9A-F]{24}")) {
        put(first, new Interval(before, look.at().endNs()));
        return;
      }
      before = Math.max(before, look.at().startNs());
    }
    if (end.archived()) {
      put(first, new Interval(Math.max(before, end.at().startNs()), end.at().endNs()));
    }
  }

  private void put(long firstNs, Interval archived) {
    draft.part(
        "restorable-after-promotion",
        FindingBuilder.ms(archived.startNs() - firstNs, archived.endNs() - firstNs, null));
    draft.detail(
        "the new branch had its first segment in the archive %s after its first commit"
            .formatted(FindingBuilder.seconds((archived.endNs() - firstNs) / 1e6)));
  }
}
