package io.drillyard.launch;

import io.drillyard.check.Verdict;
import io.drillyard.evidence.Evidence;
import io.drillyard.ledger.DrillFacts;
import io.drillyard.ledger.DrillPlan;
import io.drillyard.ledger.Event;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenarios;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The record of a drill as its ledger tells it, not yet judged. A fresh run and whoever reads it
 * later make it in the same way, so that what stands in a record can be compared with it.
 */
final class DrillRecord {
  /** The first format of ledgers that tell what was planned, and what was collected. */
  static final int TOLD_SINCE = 6;

  /** Of a drill that did not reach its end. */
  static final DrillFacts NO_FACTS =
      new DrillFacts(
          Map.of(),
          Map.of(),
          "Not recorded: the drill did not reach its end.",
          Map.of(),
          List.of());

  /** How the remark begins that only the launcher can make: the ledger knows nothing of it. */
  private static final String FAILURE = "The harness failed around this drill: ";

  private DrillRecord() {}

  /** The remark on a failure around a drill. */
  static String failure(Exception e) {
    return FAILURE + e;
  }

  /** What the launcher knew beside the ledger; empty nearly always. */
  static Optional<String> failure(Evidence.Drill drill) {
    return drill.observations().stream().filter(o -> o.startsWith(FAILURE)).findFirst();
  }

  /** What the ledger tells of plans; null when nothing. */
  static Event.@Nullable Planned planned(List<Event> events) {
    // It is the second line or it is not there: what comes later was not told beforehand.
    return events.size() > 1 && events.get(1) instanceof Event.Planned planned ? planned : null;
  }

  /**
   * A drill whose ledger does not tell its title and claim has those of its scenario as it is
   * today: a sentence that stands in the record alone is not believed.
   */
  static Evidence.Drill retold(Evidence.Drill drill) {
    Optional<Drill> plan =
        Scenarios.names().stream()
            .filter(name -> Scenarios.simple(name).equals(drill.scenario()))
            .findFirst()
            .map(name -> Scenarios.named(name).plan());
    Evidence.Control control = drill.control();
    Drill.Control today = plan.map(Drill::control).orElse(null);
    return new Evidence.Drill(
        drill.scenario(),
        plan.map(Drill::title).orElse(drill.scenario()),
        plan.map(Drill::claim).orElse("This ledger does not tell its claim."),
        drill.context(),
        drill.disruption(),
        drill.environment(),
        drill.verdict(),
        control == null
            ? null
            : new Evidence.Control(
                control.check(), control.result(), today == null ? "" : today.why()),
        drill.target(),
        drill.checks(),
        drill.folder(),
        drill.ledgerSha256(),
        drill.started(),
        drill.durationMs(),
        drill.end(),
        drill.versions(),
        drill.configuration(),
        drill.settings(),
        drill.storage(),
        drill.backup(),
        drill.notChecked(),
        drill.observations(),
        drill.exercises(),
        drill.episode(),
        drill.contracts());
  }

  /**
   * The record.
   *
   * @param drill what the ledger cannot tell: target, folder, digest; and all the rest, where the
   *     ledger is of an older format or was not begun
   * @param whole false when a line of the ledger cannot be read
   * @param failure remark of the launcher, or null
   */
  static Evidence.Drill of(
      Evidence.Drill drill, List<Event> events, boolean whole, @Nullable String failure) {
    Event.Planned planned = planned(events);
    if (planned == null || !(events.getFirst() instanceof Event.Opened opened)) {
      return drill;
    }
    Event.Closed closed = events.getLast() instanceof Event.Closed c ? c : null;
    DrillPlan plan = planned.drill();
    DrillFacts facts = facts(events);
    String control = plan.control();
    String why = plan.why();
    long lengthNs = events.getLast().at().endNs() - opened.at().startNs();
    int number = drill.episodeNumber();
    DrillPlan.Episode further = plan.episode(number);
    Evidence.Episode episode = episode(plan, number);
    return new Evidence.Drill(
        plan.scenario(),
        title(plan, episode),
        plan.claim(),
        plan.context(),
        further == null ? plan.disruption() : further.disruption(),
        plan.environment(),
        Verdict.UNDETERMINED,
        control == null ? null : new Evidence.Control(control, "", why == null ? "" : why),
        drill.target(),
        List.of(),
        drill.folder(),
        drill.ledgerSha256(),
        opened.wallClockAnchor(),
        lengthNs / 1e6,
        end(closed, whole, failure),
        facts.versions(),
        facts.configuration(),
        plan.settings(),
        facts.storage(),
        facts.backup(),
        plan.notChecked(),
        observations(closed, whole, facts, plan, failure),
        drill.exercises(),
        episode,
        plan.contracts());
  }

  /** Which of a plan's episodes that is; null where it has one. The first is called by its end. */
  static Evidence.@Nullable Episode episode(DrillPlan plan, int number) {
    if (plan.length() == 1) {
      return null;
    }
    DrillPlan.Episode further = plan.episode(number);
    return new Evidence.Episode(number, further == null ? plan.disruption() : further.name());
  }

  /** The title of a drill, or of one of its episodes. */
  static String title(DrillPlan plan, Evidence.@Nullable Episode episode) {
    return episode == null
        ? plan.title()
        : "%s (episode %d: %s)".formatted(plan.title(), episode.number(), episode.name());
  }

  private static DrillFacts facts(List<Event> events) {
    return events.stream()
        .flatMap(e -> e instanceof Event.Facts f ? Stream.of(f.facts()) : Stream.empty())
        .findFirst()
        .orElse(NO_FACTS);
  }

  /** A ledger with a line that cannot be read is not whole, whatever its last line says. */
  static String end(Event.@Nullable Closed closed, boolean whole, @Nullable String failure) {
    if (failure != null || closed == null || (!whole && closed.end().equals("complete"))) {
      return "failed";
    }
    return closed.end();
  }

  private static List<String> observations(
      Event.@Nullable Closed closed,
      boolean whole,
      DrillFacts facts,
      DrillPlan plan,
      @Nullable String failure) {
    List<String> said = new ArrayList<>();
    String reason = closed == null ? null : closed.reason();
    if (reason != null) {
      said.add("The drill ended early: " + reason);
    }
    if (!whole) {
      said.add("The ledger is not whole: `drillyard judge` says where.");
    }
    said.addAll(facts.observations());
    plan.warnings().forEach(w -> said.add("Declaration: " + w));
    if (failure != null) {
      said.add(failure);
    }
    return List.copyOf(said);
  }
}
