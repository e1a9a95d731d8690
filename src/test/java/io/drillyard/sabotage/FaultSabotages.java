package io.drillyard.sabotage;

import static io.drillyard.check.Verdict.UNDETERMINED;
import static io.drillyard.sabotage.Edits.SECOND;
import static io.drillyard.sabotage.Sabotage.ANY;
import static io.drillyard.sabotage.Sabotage.HELD;

import io.drillyard.ledger.Event;
import java.util.List;
import java.util.function.Predicate;

/** The fault was not what the drill says it was. */
final class FaultSabotages {
  private static final String HOLD = "faultTookHold";
  private static final String HEALED = "faultHealed";

  private FaultSabotages() {}

  static List<Sabotage> all() {
    return List.of(
        new Sabotage(
            "fault not applied",
            "no fault, no witness, and everything else as if there had been one",
            HOLD,
            UNDETERMINED,
            ANY,
            c ->
                Edits.without(
                    c.events(),
                    e ->
                        e instanceof Event.Injected
                            || e instanceof Event.Healed
                            || e instanceof Event.Witnessed)),
        new Sabotage(
            "fault without effect",
            "its commands ran; every witness saw it not in force",
            HOLD,
            UNDETERMINED,
            HELD,
            c -> witnesses(c, e -> e.holds(), false)),
        new Sabotage(
            "half a cut",
            "every second look saw it not in force",
            HOLD,
            UNDETERMINED,
            HELD,
            FaultSabotages::halfHeld),
        new Sabotage(
            "half a fault, half looked at",
            "one of the hosts it acts on was never looked at",
            HOLD,
            UNDETERMINED,
            c -> HELD.test(c) && c.fault().targets().size() > 1,
            c ->
                Edits.without(
                    c.events(),
                    e ->
                        e instanceof Event.Witnessed w
                            && w.detail().contains(c.fault().targets().getLast()))),
        new Sabotage(
            "fault ended early",
            "nobody saw it in force shortly before the heal",
            HOLD,
            UNDETERMINED,
            c -> HELD.test(c) && heldNs(c) > 12 * SECOND,
            c ->
                Edits.without(
                    c.events(),
                    e ->
                        e instanceof Event.Witnessed w
                            && w.holds()
                            && w.at().startNs() > c.fault().at().endNs() + SECOND)),
        new Sabotage(
            "order not obeyed",
            "the leader key never left the old leader",
            HOLD,
            UNDETERMINED,
            Clean::ordered,
            c -> Edits.without(c.events(), e -> e instanceof Event.LeaderKey && late(c, e))),
        new Sabotage(
            "heal not done",
            "the undo never ran",
            HEALED,
            UNDETERMINED,
            HELD,
            c -> Edits.without(c.events(), Event.Healed.class::isInstance)),
        new Sabotage(
            "heal without effect",
            "its commands ran; every witness still saw the fault",
            HEALED,
            UNDETERMINED,
            HELD,
            c -> witnesses(c, e -> !e.holds(), true)),
        new Sabotage(
            "heal that nobody saw",
            "no witness looked afterwards",
            HEALED,
            UNDETERMINED,
            HELD,
            c -> Edits.without(c.events(), e -> e instanceof Event.Witnessed w && !w.holds())),
        new Sabotage(
            "fault before the load",
            "the steady phase began after the injection",
            "ledgerIsSound",
            UNDETERMINED,
            ANY,
            c ->
                Edits.each(
                    c.events(),
                    Event.Phase.class,
                    p ->
                        p.name().equals("steady")
                            ? new Event.Phase(Edits.later(c.fault().at(), SECOND), "steady")
                            : p)),
        new Sabotage(
            "one fault under two injections",
            "the same fault was injected again after the heal",
            "ledgerIsSound",
            UNDETERMINED,
            ANY,
            c -> Edits.with(c.events(), again(c.fault()))));
  }

  private static Event.Injected again(Event.Injected f) {
    return new Event.Injected(
        Edits.later(f.at(), SECOND), f.fault(), f.type(), f.plane(), f.targets(), f.description());
  }

  private static long heldNs(Clean clean) {
    Event.Healed heal = clean.heal();
    return heal == null ? 0 : heal.at().startNs() - clean.fault().at().endNs();
  }

  private static boolean late(Clean clean, Event event) {
    return event.at().startNs() > clean.fault().at().startNs();
  }

  private static List<Event> halfHeld(Clean clean) {
    int[] count = {0};
    return witnesses(clean, w -> w.holds() && count[0]++ % 2 == 1, false);
  }

  private static List<Event> witnesses(
      Clean clean, Predicate<Event.Witnessed> which, boolean holds) {
    return Edits.each(
        clean.events(),
        Event.Witnessed.class,
        w ->
            which.test(w)
                ? new Event.Witnessed(
                    w.at(), w.fault(), w.expected(), holds, w.witness(), w.detail())
                : w);
  }
}
