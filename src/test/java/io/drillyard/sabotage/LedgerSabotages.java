package io.drillyard.sabotage;

import static io.drillyard.check.Verdict.UNDETERMINED;
import static io.drillyard.sabotage.Sabotage.ANY;

import io.drillyard.ledger.Event;
import java.util.List;
import java.util.function.Function;

/** Ledgers that are not whole, or not of this drill. */
final class LedgerSabotages {
  private LedgerSabotages() {}

  static List<Sabotage> all() {
    return List.of(
        sound(
            "ledger cut off",
            "its closing event is missing",
            c -> c.events().subList(0, c.events().size() - 1)),
        sound(
            "run interrupted",
            "it was closed as interrupted",
            c ->
                Edits.each(
                    c.events(),
                    Event.Closed.class,
                    e -> new Event.Closed(e.at(), "interrupted", "by a signal"))),
        sound(
            "two runs in one file",
            "another run was opened in it",
            c -> Edits.with(c.events(), c.events().getFirst())),
        sound(
            "write left out",
            "one line of a write was deleted",
            c -> Edits.without(c.events(), e -> e.equals(c.recovered()))),
        sound(
            "write twice",
            "one line of a write stands twice",
            c -> Edits.with(c.events(), c.recovered())),
        sound(
            "look twice",
            "one line of a probe stands twice",
            c -> Edits.with(c.events(), c.of(Event.Probed.class).get(7))),
        sound(
            "another disruption",
            "the ledger is of another drill than its target",
            c ->
                Edits.each(
                    c.events(),
                    Event.Opened.class,
                    o ->
                        new Event.Opened(
                            o.at(),
                            o.format(),
                            o.runId(),
                            o.scenario(),
                            o.environment(),
                            o.context(),
                            "freeze",
                            o.wallClockAnchor(),
                            o.versions()))),
        sound(
            "another target declared",
            "the ledger tells a stricter target than the one it is judged by",
            c ->
                Edits.each(
                    c.events(),
                    Event.Note.class,
                    n ->
                        new Event.Note(
                            n.at(), n.level(), n.text().replaceFirst("rto=PT\\w+", "rto=PT1S")))));
  }

  private static Sabotage sound(String name, String what, Function<Clean, List<Event>> act) {
    return new Sabotage(name, what, "ledgerIsSound", UNDETERMINED, ANY, act);
  }
}
