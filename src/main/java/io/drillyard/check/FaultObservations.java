package io.drillyard.check;

import io.drillyard.ledger.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What independent witnesses said of one fault within one stretch of time. */
final class FaultObservations {
  /** So soon after the injection, and so shortly before the heal, somebody must have looked. */
  static final long SOON_NS = 10_000_000_000L;

  private FaultObservations() {}

  /**
   * Why the witnesses do not prove the wanted state; null when they do.
   *
   * <p>Needed: one witness that saw it, nobody who saw the contrary afterwards, and no witness who
   * only ever saw the contrary. A contrary look before the first proof is a fault still taking hold
   * (or still going away).
   *
   * @param wanted true: in force; false: gone
   */
  static @Nullable String doubt(
      LedgerViews history, String fault, boolean wanted, long fromNs, long untilNs) {
    List<Event.Witnessed> looks = new ArrayList<>();
    for (Event.Witnessed seen : history.of(Event.Witnessed.class)) {
      // Whatever it was expected to see: a look is a look.
      if (seen.fault().equals(fault)
          && seen.at().startNs() >= fromNs
          && seen.at().endNs() <= untilNs) {
        looks.add(seen);
      }
    }
    long provedNs = Long.MAX_VALUE;
    Set<String> agreeing = new HashSet<>();
    for (Event.Witnessed seen : looks) {
      if (seen.holds() == wanted && about(history, seen)) {
        provedNs = Math.min(provedNs, seen.at().startNs());
        agreeing.add(seen.witness());
      }
    }
    String state = wanted ? "in force" : "gone";
    if (agreeing.isEmpty()) {
      return "no witness saw fault '" + fault + "' " + state;
    }
    for (Event.Witnessed seen : looks) {
      if (seen.holds() != wanted
          && (seen.at().endNs() >= provedNs || !agreeing.contains(seen.witness()))) {
        return "witness %s contradicts that fault '%s' was %s: %s"
            .formatted(seen.witness(), fault, state, seen.detail());
      }
    }
    return null;
  }

  /** A look that names members, and none of those that its fault acts on, is about another host. */
  private static boolean about(LedgerViews history, Event.Witnessed look) {
    for (Event.Injected fault : history.faults().injected()) {
      if (fault.fault().equals(look.fault()) && fault.targets().size() == 1) {
        return names(history, look, fault, fault.targets().getFirst());
      }
    }
    return true;
  }

  /**
   * True when a look is about that host: it names it, or the fault acts on that one alone and the
   * look names no other member.
   */
  static boolean names(
      LedgerViews history, Event.Witnessed look, Event.Injected fault, String host) {
    String words = look.witness() + " " + look.detail();
    if (named(words, host)) {
      return true;
    }
    return fault.targets().size() < 2
        && (!history.members().containsKey(host)
            || history.members().keySet().stream().noneMatch(m -> named(words, m)));
  }

  private static boolean named(String words, String host) {
    return Pattern.compile("(?<![\\w-])" + Pattern.quote(host) + "(?![\\w-])")
        .matcher(words)
        .find();
  }

  /**
   * Which host of a fault that acts on several no agreeing look names; null when each was seen. One
   * half of a fault that nobody looked at may never have been there, or may be there still.
   *
   * @param wanted true: in force; false: gone
   */
  static @Nullable String unseen(
      LedgerViews history, Event.Injected fault, boolean wanted, long fromNs, long untilNs) {
    if (fault.targets().size() < 2) {
      return null;
    }
    for (String host : fault.targets()) {
      boolean seen = false;
      for (Event.Witnessed look : history.of(Event.Witnessed.class)) {
        seen |=
            look.fault().equals(fault.fault())
                && look.holds() == wanted
                && look.at().startNs() >= fromNs
                && look.at().endNs() <= untilNs
                && named(look.witness() + " " + look.detail(), host);
      }
      if (!seen) {
        return "nobody saw fault '%s' %s on %s"
            .formatted(fault.fault(), wanted ? "in force" : "gone", host);
      }
    }
    return null;
  }

  /**
   * Why the looks that saw a fault in force do not span the time it was held; null when they do. A
   * fault that was seen once, early, may have ended long before anybody took it back.
   */
  static @Nullable String unspanned(LedgerViews history, Event.Injected fault, long untilNs) {
    long firstNs = Long.MAX_VALUE;
    long lastNs = Long.MIN_VALUE;
    for (Event.Witnessed seen : history.of(Event.Witnessed.class)) {
      if (seen.fault().equals(fault.fault())
          && seen.holds()
          && seen.at().startNs() >= fault.at().startNs()
          && seen.at().endNs() <= untilNs) {
        firstNs = Math.min(firstNs, seen.at().startNs());
        lastNs = Math.max(lastNs, seen.at().endNs());
      }
    }
    if (firstNs - fault.at().endNs() > SOON_NS) {
      return "fault '" + fault.fault() + "' was first seen in force long after it was injected";
    }
    return untilNs - lastNs > SOON_NS
        ? "fault '" + fault.fault() + "' was not seen in force shortly before it was healed"
        : null;
  }
}
