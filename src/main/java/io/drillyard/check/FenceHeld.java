package io.drillyard.check;

import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A fenced site was seen fenced before anybody was promoted elsewhere, and again once it had
 * returned, and accepted nothing in between or afterwards.
 *
 * <p>Judged only where a fence was planned or laid ({@link #applies}): for a drill without one
 * there is nothing to hold, and a vacuous MET would say more than was seen.
 */
public final class FenceHeld implements Check {
  /** Its name in plans and reports. */
  public static final String NAME = "fenceHeld";

  /** How a plan's step that lays a fence begins. */
  public static final String PLANNED = "an operator fences";

  /** Verb of the action that lays a fence; its subject is the site. */
  public static final String FENCE = "fence";

  /**
   * Verb of a look that saw the fence in force. Its subject is the site, looked at from outside, or
   * a member of it, looked at on its own host.
   */
  public static final String WITNESSED = "witness-fence";

  /** Verb of a look that saw it not in force; subjects as for {@link #WITNESSED}. */
  public static final String NOT_IN_FORCE = "fence-not-in-force";

  /** Verbs of the orders by which one cluster takes over from another. */
  static final Set<String> TAKEOVERS = Set.of("restore", "promote");

  @Override
  public String name() {
    return NAME;
  }

  /** True when a fence was planned, laid or looked at. */
  static boolean applies(LedgerViews history) {
    return LedgerDeclarations.planned(history, PLANNED)
        || history.of(Event.Action.class).stream()
            .anyMatch(a -> Set.of(FENCE, WITNESSED, NOT_IN_FORCE).contains(a.verb()));
  }

  @Override
  public Finding judge(LedgerViews history, Target target) {
    return CheckGuard.judge(NAME, history, target, FenceHeld::assess);
  }

  private static Finding assess(LedgerViews history, Target target) {
    FindingBuilder draft =
        new FindingBuilder(NAME, "every fence witnessed before the takeover and after the return");
    List<Event.Action> fences =
        history.of(Event.Action.class).stream().filter(a -> a.verb().equals(FENCE)).toList();
    if (fences.isEmpty()) {
      return draft.undetermined(
          "no-fence", "the ledger holds no fence, although one was planned or looked at");
    }
    List<String> breaches = new ArrayList<>();
    List<String> doubts = new ArrayList<>();
    for (Event.Action fence : fences) {
      Set<String> inside = membersAt(history, fence.subject());
      breached(history, fence, inside, breaches);
      accepted(history, fence, inside, breaches, doubts);
      beforeTakeover(history, fence, doubts);
      afterReturn(history, fence, inside, doubts);
    }
    draft.details(breaches);
    if (!breaches.isEmpty()) {
      return draft.missed("fence-breached", breaches.get(0));
    }
    doubts.addAll(ProbeCoverage.gaps(history));
    draft.details(doubts);
    return doubts.isEmpty()
        ? draft.met(
            "fence-held", "the fenced site was seen fenced before and after, and accepted nothing")
        : draft.undetermined("fence-in-doubt", doubts.get(0));
  }

  private static Set<String> membersAt(LedgerViews history, String site) {
    Set<String> members = new LinkedHashSet<>();
    for (Event.Member member : history.members().values()) {
      if (member.site().equals(site)) {
        members.add(member.name());
      }
    }
    return members;
  }

  private static void breached(
      LedgerViews history, Event.Action fence, Set<String> inside, List<String> breaches) {
    for (Event.Action look : history.of(Event.Action.class)) {
      if (look.verb().equals(NOT_IN_FORCE)
          && (look.subject().equals(fence.subject()) || inside.contains(look.subject()))) {
        breaches.add("the fence was not in force: " + look.detail());
      }
    }
  }

  private static void accepted(
      LedgerViews history,
      Event.Action fence,
      Set<String> inside,
      List<String> breaches,
      List<String> doubts) {
    for (MemberCommitSpan spell : history.spells()) {
      if (!inside.contains(spell.member())) {
        continue;
      }
      if (spell.lastSentNs() > fence.at().endNs()) {
        breaches.add(spell.words() + " accepted commits after its site had been fenced");
      } else if (spell.lastReturnedNs() >= fence.at().startNs()) {
        doubts.add(spell.words() + " accepted commits while its site was being fenced");
      }
    }
  }

  private static void beforeTakeover(LedgerViews history, Event.Action fence, List<String> doubts) {
    Long takeover = takeover(history, fence);
    if (takeover != null && fence.at().endNs() > takeover) {
      doubts.add("the fence at " + fence.subject() + " came after the takeover had begun");
    }
    boolean seen = false;
    for (Event.Action look : history.of(Event.Action.class)) {
      seen |=
          look.verb().equals(WITNESSED)
              && look.subject().equals(fence.subject())
              && look.at().endNs() >= fence.at().endNs()
              && (takeover == null || look.at().endNs() <= takeover);
    }
    if (!seen) {
      doubts.add("nobody saw the fence at " + fence.subject() + " in force before the takeover");
    }
  }

  /** When somebody outside the fence began to take over; null when nobody did. */
  private static @Nullable Long takeover(LedgerViews history, Event.Action fence) {
    Long first = null;
    for (Event.Action action : history.of(Event.Action.class)) {
      if (TAKEOVERS.contains(action.verb())) {
        first = first == null ? action.at().startNs() : Math.min(first, action.at().startNs());
      }
    }
    Event.Injected disruption = history.faults().disruption();
    for (ObservedPromotion promotion :
        disruption == null
            ? List.<ObservedPromotion>of()
            : ObservedPromotion.of(history, disruption)) {
      Event.Member member = history.members().get(promotion.member());
      if (member != null && !member.site().equals(fence.subject())) {
        first = first == null ? promotion.seenNs() : Math.min(first, promotion.seenNs());
      }
    }
    return first;
  }

  private static void afterReturn(
      LedgerViews history, Event.Action fence, Set<String> inside, List<String> doubts) {
    Interval release = history.faults().release();
    if (release == null || inside.isEmpty()) {
      doubts.add("the fenced site was not seen to return: " + fence.subject());
      return;
    }
    Set<String> unseen = new LinkedHashSet<>(inside);
    for (Event.Action look : history.of(Event.Action.class)) {
      if (look.verb().equals(WITNESSED) && look.at().startNs() >= release.endNs()) {
        unseen.remove(look.subject());
      }
    }
    if (!unseen.isEmpty()) {
      doubts.add("after their return nobody saw the fence hold on " + String.join(", ", unseen));
    }
  }
}
