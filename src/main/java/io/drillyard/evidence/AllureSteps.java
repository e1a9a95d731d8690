package io.drillyard.evidence;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.evidence.text.FigureWords;
import io.drillyard.ledger.Event;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Stage;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.StepResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a drill, in the order of its ledger, as steps: phases, and what was done in
 * them.
 */
final class AllureSteps {
  private final long startMs;
  private final List<Event> events;

  /**
   * Of a drill.
   *
   * @param startMs when its ledger begins, in milliseconds of the epoch
   * @param events not empty
   */
  AllureSteps(long startMs, List<Event> events) {
    this.startMs = startMs;
    this.events = events;
  }

  /** Its phases; what came before the first is no step. */
  List<StepResult> course() {
    List<StepResult> phases = new ArrayList<>();
    for (Event event : events) {
      if (event instanceof Event.Phase phase) {
        end(phases, at(event.at().startNs()));
        phases.add(step(phase.name(), Status.PASSED, at(event.at().startNs()), 0));
      } else if (!phases.isEmpty()) {
        StepResult inner = inner(event);
        if (inner != null) {
          phases.getLast().getSteps().add(inner);
        }
      }
    }
    end(phases, at(events.getLast().at().endNs()));
    return phases;
  }

  private static void end(List<StepResult> phases, long at) {
    if (!phases.isEmpty()) {
      phases.getLast().setStop(at);
    }
  }

  private @Nullable StepResult inner(Event event) {
    return switch (event) {
      case Event.Injected injected ->
          done("inject '%s': %s".formatted(injected.fault(), injected.description()), event, true);
      case Event.Witnessed seen when seen.expected() ->
          done("look for '%s': %s".formatted(seen.fault(), seen.detail()), event, seen.holds());
      case Event.Healed healed -> done("heal '" + healed.fault() + "'", event, true);
      case Event.Awaited awaited ->
          done(
              "await " + awaited.condition(),
              event,
              awaited.fulfilled() || awaited.mayFail() != null);
      case Event.Action action ->
          done(
              "%s: %s %s %s"
                  .formatted(action.actor(), action.verb(), action.subject(), action.detail()),
              event,
              true);
      default -> null;
    };
  }

  private StepResult done(String name, Event event, boolean good) {
    return step(
        name.strip(),
        good ? Status.PASSED : Status.BROKEN,
        at(event.at().startNs()),
        at(event.at().endNs()));
  }

  private long at(long ns) {
    return startMs + Math.round((ns - events.getFirst().at().startNs()) / 1e6);
  }

  static StepResult step(String name, Status status, long startMs, long stopMs) {
    return new StepResult()
        .setName(name)
        .setStatus(status)
        .setStage(Stage.FINISHED)
        .setStart(startMs)
        .setStop(Math.max(startMs, stopMs));
  }

  /** What a check or a rung found, with its figures as parameters. */
  static void explain(StepResult step, Finding finding) {
    StringBuilder said = new StringBuilder(finding.summary());
    finding.details().forEach(d -> said.append('\n').append(d));
    step.setStatusDetails(new StatusDetails().setMessage(said.toString()));
    List<Parameter> parameters = new ArrayList<>();
    if (finding.verdict() != Verdict.MET || finding.measured() != null) {
      parameters.add(new Parameter().setName("verdict").setValue(finding.verdict().name()));
    }
    if (finding.measured() != null) {
      parameters.add(
          new Parameter().setName("measured").setValue(FigureWords.measured(finding.measured())));
    }
    finding
        .parts()
        .forEach(
            (name, part) ->
                parameters.add(
                    new Parameter()
                        .setName(FigureWords.plain(name))
                        .setValue(FigureWords.measured(part))));
    step.setParameters(parameters);
  }
}
