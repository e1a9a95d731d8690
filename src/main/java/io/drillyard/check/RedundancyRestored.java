package io.drillyard.check;

import io.drillyard.check.Finding.Measured;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every declared standby of the surviving cluster streamed again in time, and still does. */
public final class RedundancyRestored implements Check {
  /** Its name in plans and reports. */
  public static final String NAME = "redundancyRestored";

  /** The standbys must have been looked at so shortly before the other watchers ended. */
  private static final long STALE_NS = 5_000_000_000L;

  /**
   * A standby that was listed before and is not for so long lost its connection: it tries again
   * after wal_retrieve_retry_interval (5 s). By a shorter stretch alone nothing is shown to be bad.
   */
  private static final long BLIP_NS = 6_000_000_000L;

  /** A standby may be so far behind the leader and still follow it. */
  private static final long FOLLOW_NS = 5_000_000_000L;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Finding judge(LedgerViews history, Target target) {
    return CheckGuard.judge(NAME, history, target, RedundancyRestored::assess);
  }

  private static Finding assess(LedgerViews history, Target target) {
    var limit = target.objective().redundancy();
    FindingBuilder draft =
        new FindingBuilder(NAME, "every standby streams within " + limit.toMillis() + " ms");
    Interval heal = history.faults().release();
    if (heal == null) {
      return draft.undetermined("not-healed", "a fault was never healed, or none was injected");
    }
    List<Event.Standbys> looks = looks(history, target, heal);
    if (looks.isEmpty()) {
      return draft.undetermined(
          "standbys-not-listed",
          "no leader of the surviving cluster listed its standbys after the heal");
    }
    Event.Standbys last = looks.get(looks.size() - 1);
    String doubt = doubt(history, target, last);
    if (doubt != null) {
      return draft.undetermined("standbys-in-doubt", doubt);
    }
    Set<String> expected = expected(history, target, last.member());
    if (expected.isEmpty()) {
      return draft.undetermined(
          "no-standby-declared", "the ledger declares no standby of the surviving cluster");
    }
    // Where the leader must wait for a standby, one that only follows is not what was lost.
    boolean waits =
        target.declaredSynchronous()
            && SynchronousReplicationCheck.everConfigured(history, target.survivingCluster());
    CascadingStandbys cascade = new CascadingStandbys(history);
    Set<String> missing = missing(history, cascade, looks, looks.size() - 1, expected, waits);
    boolean[] whole = new boolean[looks.size()];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = missing(history, cascade, looks, i, expected, waits).isEmpty();
    }
    if (!missing.isEmpty()) {
      return shortly(looks, whole)
          ? draft.undetermined(
              "standbys-left-at-the-end",
              "every standby streamed again, and for a moment at the end these did not: "
                  + String.join(", ", missing.stream().sorted().toList()))
          : notRestored(draft, history, last, missing, heal, target);
    }
    int good = looks.size() - 1;
    while (good > 0 && whole[good - 1]) {
      good--;
    }
    Interval seen = looks.get(watchedSince(looks, good)).at();
    int certain = certainly(looks, whole);
    long lowerNs = certain == 0 ? 0 : since(history, heal, looks.get(certain - 1));
    Measured measured = FindingBuilder.ms(lowerNs, seen.endNs() - heal.startNs(), limit);
    return draft
        .measured(measured)
        .as(
            FindingBuilder.against(measured),
            "standbys-stream",
            "%d standbys stream again within %s of the heal"
                .formatted(expected.size(), FindingBuilder.seconds(measured.upper())));
  }

  /** All streamed before, and the looks at the end that say otherwise are of a moment. */
  private static boolean shortly(List<Event.Standbys> looks, boolean[] whole) {
    int from = whole.length;
    while (from > 0 && !whole[from - 1]) {
      from--;
    }
    return from > 0 && looks.getLast().at().endNs() - looks.get(from).at().startNs() <= BLIP_NS;
  }

  /** The look from which on no stretch without a standby was longer than a moment. */
  private static int certainly(List<Event.Standbys> looks, boolean[] whole) {
    int certain = whole.length - 1;
    int i = certain;
    while (i > 0) {
      if (whole[i - 1]) {
        i--;
        certain = i;
        continue;
      }
      int from = i - 1;
      while (from > 0 && !whole[from - 1]) {
        from--;
      }
      long length = looks.get(i).at().startNs() - looks.get(from).at().startNs();
      if (from == 0 || length > BLIP_NS) {
        return certain;
      }
      i = from;
    }
    return certain;
  }

  /** The look from which on nobody looked away for so long that a standby could have been gone. */
  private static int watchedSince(List<Event.Standbys> looks, int good) {
    int since = good;
    for (int i = good + 1; i < looks.size(); i++) {
      if (looks.get(i).at().startNs() - looks.get(i - 1).at().endNs() > STALE_NS) {
        since = i;
      }
    }
    return since;
  }

  /**
   * How far a standby must have come by this look: to where the leader stood at the first one, and
   * to where it stood a while ago. One that streams and stands still does not follow.
   */
  private static long goal(List<Event.Standbys> looks, int at) {
    long since = looks.get(at).at().startNs() - FOLLOW_NS;
    int i = at;
    while (i > 0 && looks.get(i).at().startNs() > since) {
      i--;
    }
    return looks.get(i).lsn();
  }

  private static Finding notRestored(
      FindingBuilder draft,
      LedgerViews history,
      Event.Standbys last,
      Set<String> missing,
      Interval heal,
      Target target) {
    long atLeastNs = since(history, heal, last);
    Measured open = FindingBuilder.ms(atLeastNs, atLeastNs, target.objective().redundancy());
    draft.part("unrestored-for", open);
    String summary =
        "at the end, %s after the heal, these did not stream: %s"
            .formatted(
                FindingBuilder.seconds(open.lower()),
                String.join(", ", missing.stream().sorted().toList()));
    return atLeastNs > target.objective().redundancy().toNanos()
        ? draft.missed("standbys-missing", summary)
        : draft.undetermined("standbys-missing", summary);
  }

  /** From the heal to a look, without the times at which the harness stood still for long. */
  private static long since(LedgerViews history, Interval heal, Event.Standbys look) {
    long ns = look.at().startNs();
    return ns - heal.endNs() - history.stalls().longWithin(heal.startNs(), ns);
  }

  /** What the last leader of the surviving cluster said after the heal. */
  private static List<Event.Standbys> looks(LedgerViews history, Target target, Interval heal) {
    List<Event.Standbys> own = new ArrayList<>();
    for (Event.Standbys look : history.of(Event.Standbys.class)) {
      if (target.survivingCluster().equals(history.cluster(look.member()))
          && look.at().startNs() >= heal.endNs()) {
        own.add(look);
      }
    }
    String leader = own.isEmpty() ? "" : own.get(own.size() - 1).member();
    return own.stream().filter(look -> look.member().equals(leader)).toList();
  }

  private static @Nullable String doubt(LedgerViews history, Target target, Event.Standbys last) {
    if (watchedUntil(history) - last.at().endNs() > STALE_NS) {
      return "the standbys were not looked at until the end of the run";
    }
    String holder = null;
    for (Event.LeaderKey key : history.of(Event.LeaderKey.class)) {
      if (key.cluster().equals(target.survivingCluster())) {
        holder = key.holder();
      }
    }
    if (holder != null && !holder.equals(last.member())) {
      return last.member() + " listed standbys although " + holder + " held the leader key";
    }
    return last.lsn() == 0 ? "the leader's WAL position is not known" : null;
  }

  /** The last look at anything, by probes and clients. */
  private static long watchedUntil(LedgerViews history) {
    long last = 0;
    for (Event.Probed probe : history.of(Event.Probed.class)) {
      last = Math.max(last, probe.at().endNs());
    }
    for (Event.Write write : history.writes()) {
      last = Math.max(last, write.at().endNs());
    }
    return last;
  }

  /** Whoever is told not to stream is no redundancy that streams. */
  private static Set<String> expected(LedgerViews history, Target target, String leader) {
    Set<String> expected = new HashSet<>();
    for (Event.Member member : history.members().values()) {
      if (member.cluster().equals(target.survivingCluster())
          && !member.name().equals(leader)
          && Followers.streams(member)) {
        expected.add(member.name());
      }
    }
    return expected;
  }

  private static Set<String> missing(
      LedgerViews history,
      CascadingStandbys cascade,
      List<Event.Standbys> looks,
      int at,
      Set<String> expected,
      boolean waits) {
    Event.Standbys look = looks.get(at);
    Set<String> missing = new HashSet<>(expected);
    missing.removeAll(cascade.followers(look, goal(looks, at)));
    if (waits && !SynchronousReplicationCheck.stands(history, look)) {
      missing.add("a synchronous standby");
    }
    return missing;
  }
}
