package io.drillyard.check;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether every member was watched through the fault window, so that "nobody saw it" means
 * something.
 *
 * <p>What counts as a look is {@link WritabilityLook}'s to say. A member on a host that a witness
 * saw without power, or with every process stopped, needs none.
 */
final class ProbeCoverage {
  /** Longest time without a look at a member. */
  static final long BLIND_MAX_NS = 2_000_000_000L;

  private ProbeCoverage() {}

  /** True of a fault that leaves no process running on its hosts while it is held. */
  static boolean still(Event.Injected fault) {
    return STILL.contains(fault.type()) && !fault.holdsNothing();
  }

  /** A look that took longer than this saw nothing of the time between. */
  private static final long LOOK_MAX_NS = 3_000_000_000L;

  /** Faults of which the witness sees that no process of a host runs. */
  private static final Set<String> STILL =
      Set.of("power-off", "site-loss", "disk-loss", "reboot", "pause");

  /** One sentence per member that was not watched; empty when all were. */
  static List<String> gaps(LedgerViews history) {
    List<String> gaps = new ArrayList<>();
    if (history.faults().injected().isEmpty()) {
      gaps.add("there is no fault window to watch");
      return gaps;
    }
    if (history.members().isEmpty()) {
      gaps.add("no topology names the members to watch");
    }
    for (String member : history.members().keySet()) {
      long blind = blindNs(history, member);
      if (history.looks(member).stream().noneMatch(look -> WritabilityLook.of(look).answered())) {
        gaps.add(member + " never answered anybody: whoever looked may have looked elsewhere");
      } else if (blind > BLIND_MAX_NS) {
        gaps.add(
            "%s was not watched for %s of the fault window"
                .formatted(member, FindingBuilder.seconds(blind / 1e6)));
      }
    }
    return gaps;
  }

  /** The longest time without a look at any one member: a shorter overlap could hide in it. */
  static long longestNs(LedgerViews history) {
    long longest = 0;
    for (String member : history.members().keySet()) {
      longest = Math.max(longest, blindNs(history, member));
    }
    return longest;
  }

  private static long blindNs(LedgerViews history, String member) {
    Interval window = window(history);
    if (window == null) {
      return Long.MAX_VALUE;
    }
    long from = Math.max(window.startNs(), joined(history, member));
    return longestBlind(history, member, from, window.endNs());
  }

  /**
   * From the first injection until the load ends: a site whose power returns may start to write
   * long after everything else has converged.
   */
  private static @Nullable Interval window(LedgerViews history) {
    List<Event.Injected> injected = history.faults().injected();
    if (injected.isEmpty()) {
      return null;
    }
    long from = injected.get(0).at().startNs();
    Long collect = history.entered("collect");
    long to = collect == null ? lastCommit(history) : collect;
    Interval release = history.faults().release();
    to = release == null ? to : Math.max(to, release.endNs());
    return new Interval(from, Math.max(from, to));
  }

  private static long lastCommit(LedgerViews history) {
    long last = Long.MIN_VALUE;
    for (Event.Write write : history.writes()) {
      last = Math.max(last, write.at().endNs());
    }
    return last;
  }

  private static long joined(LedgerViews history, String member) {
    for (Event.Topology topology : history.of(Event.Topology.class)) {
      for (Event.Member m : topology.members()) {
        if (m.name().equals(member)) {
          return topology.at().startNs();
        }
      }
    }
    return Long.MIN_VALUE;
  }

  private static long longestBlind(LedgerViews history, String member, long from, long to) {
    List<Interval> dark = dark(history, member);
    long seenUntil = from;
    long longest = 0;
    for (Event look : history.looks(member)) {
      if (look.at().startNs() > to) {
        break;
      }
      if (look.at().lengthNs() > LOOK_MAX_NS) {
        continue;
      }
      longest = Math.max(longest, unlit(seenUntil, look.at().startNs(), dark));
      seenUntil = Math.max(seenUntil, look.at().endNs());
    }
    return Math.max(longest, unlit(seenUntil, to, dark));
  }

  /**
   * The longest piece of a gap that lies in no time without power. Somebody saw the host dark
   * between two pieces: they are two gaps, and their lengths say nothing together.
   *
   * @param dark in the order of their starts
   */
  private static long unlit(long from, long to, List<Interval> dark) {
    long longest = 0;
    long since = from;
    for (Interval off : dark) {
      if (off.endNs() <= since || off.startNs() >= to) {
        continue;
      }
      longest = Math.max(longest, off.startNs() - since);
      since = off.endNs();
    }
    return Math.max(longest, to - since);
  }

  private static List<Interval> dark(LedgerViews history, String member) {
    List<Interval> dark = new ArrayList<>();
    for (Event.Injected fault : history.faults().injected()) {
      Event.Healed heal = history.faults().healOf(fault);
      if (!STILL.contains(fault.type()) || !fault.targets().contains(member) || heal == null) {
        continue;
      }
      Interval off = off(history, fault, heal, member);
      if (off != null) {
        dark.add(off);
      }
    }
    dark.sort(Comparator.comparingLong(Interval::startNs));
    return dark;
  }

  /**
   * From the first look that saw it without power until the heal, or until the last such look
   * before one that saw it with power again: what happened since then, nobody knows.
   */
  private static @Nullable Interval off(
      LedgerViews history, Event.Injected fault, Event.Healed heal, String member) {
    Long offNs = null;
    long lastSeenNs = 0;
    long onNs = heal.at().startNs();
    for (Event.Witnessed seen : history.of(Event.Witnessed.class)) {
      if (!seen.fault().equals(fault.fault())
          || seen.at().startNs() < fault.at().startNs()
          || seen.at().endNs() >= onNs
          || !FaultObservations.names(history, seen, fault, member)) {
        continue;
      }
      if (seen.holds()) {
        offNs = offNs == null ? seen.at().endNs() : offNs;
        lastSeenNs = Math.max(lastSeenNs, seen.at().endNs());
      } else if (offNs != null) {
        onNs = lastSeenNs;
        break;
      }
    }
    return offNs == null
        ? null
        : new Interval(offNs, Math.max(offNs, answered(history, member, offNs, onNs)));
  }

  /** Who answers has power: whatever a witness says, from then on it has to be looked at. */
  private static long answered(LedgerViews history, String member, long fromNs, long untilNs) {
    for (Event look : history.looks(member)) {
      if (look.at().startNs() > fromNs
          && look.at().startNs() < untilNs
          && WritabilityLook.of(look).answered()) {
        return look.at().startNs();
      }
    }
    return untilNs;
  }
}
