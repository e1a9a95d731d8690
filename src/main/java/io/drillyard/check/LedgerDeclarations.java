package io.drillyard.check;

import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was declared before the drill began, as the ledger itself tells it: the ledger's digest
 * covers it, and a target that was made easier afterwards is noticed.
 */
public final class LedgerDeclarations {
  private static final String TARGET = "declared target: ";
  private static final String PLAN = "declared plan: ";

  private static final Pattern FAULT = Pattern.compile("inject '([^']+)'");
  private static final Pattern WAIT = Pattern.compile("(?:: |; )wait until ");
  private static final String REPOSITORIES = "declared repositories: ";

  private static final String EXERCISES = "declared to exercise: ";
  private static final int EXERCISES_SINCE = 6;
  private static final String BESIDE = "declared beside: ";

  private LedgerDeclarations() {}

  /** The target, as a note for the ledger. */
  public static String target(Target target) {
    return TARGET + target;
  }

  /**
   * Whether what breaks is the disruption whose targets are declared, as a note for the ledger: a
   * drill that is only judged beside them fills no cell.
   */
  public static String exercise(boolean exercises, Target target) {
    return (exercises ? EXERCISES : BESIDE) + target.objective().disruption().word();
  }

  /** True where a ledger of this format must tell what its drill exercises, and does not. */
  public static boolean exerciseUntold(LedgerViews history) {
    return exercises(history) == null
        && history.of(Event.Opened.class).stream().anyMatch(o -> o.format() >= EXERCISES_SINCE);
  }

  /** What the ledger tells of that; null where it tells nothing. A ledger that tells both: no. */
  public static @Nullable Boolean exercises(LedgerViews history) {
    Boolean told = null;
    for (Event.Note note : history.of(Event.Note.class)) {
      if (note.text().startsWith(BESIDE)) {
        return false;
      }
      told = note.text().startsWith(EXERCISES) ? Boolean.TRUE : told;
    }
    return told;
  }

  /** The plan's steps, as a note for the ledger. */
  public static String plan(List<String> steps) {
    return PLAN + String.join("; ", steps);
  }

  /** The repositories' names, as a note for the ledger. */
  public static String repositories(List<String> names) {
    return REPOSITORIES + String.join("; ", names);
  }

  /** Names of all repositories that the ledger tells; empty when it tells of none. */
  static Set<String> repositories(LedgerViews history) {
    Set<String> names = new TreeSet<>();
    for (Event.Note note : history.of(Event.Note.class)) {
      if (note.text().startsWith(REPOSITORIES)) {
        names.addAll(List.of(note.text().substring(REPOSITORIES.length()).split("; ")));
      }
    }
    return names;
  }

  /** True of a note that declares something of one episode, or of a drill that is one. */
  static boolean ofOneEpisode(String note) {
    return note.startsWith(TARGET)
        || note.startsWith(PLAN)
        || note.startsWith(EXERCISES)
        || note.startsWith(BESIDE);
  }

  /** True when the ledger tells its target. */
  public static boolean told(LedgerViews history) {
    return history.of(Event.Note.class).stream().anyMatch(n -> n.text().startsWith(TARGET));
  }

  /** True when the ledger tells its plan. */
  static boolean planTold(LedgerViews history) {
    return !plans(history).isEmpty();
  }

  /** True when no ledger's note tells another target than this one. */
  public static boolean agrees(LedgerViews history, Target target) {
    return history.of(Event.Note.class).stream()
        .filter(n -> n.text().startsWith(TARGET))
        .allMatch(n -> n.text().equals(target(target)));
  }

  /** True when a step with these words belongs to the plan that the ledger tells. */
  static boolean planned(LedgerViews history, String words) {
    return plans(history).stream().anyMatch(text -> text.contains(words));
  }

  /** So often these words stand in the plan that the ledger tells. */
  static long plannedTimes(LedgerViews history, String words) {
    return plans(history).stream()
        .mapToLong(text -> text.split(Pattern.quote(words), -1).length - 1L)
        .max()
        .orElse(0);
  }

  /** What was told of the plan before anything was broken: what is told later was not planned. */
  static List<String> plans(LedgerViews history) {
    List<Event.Injected> injected = history.faults().injected();
    long before = injected.isEmpty() ? Long.MAX_VALUE : injected.get(0).at().startNs();
    return history.of(Event.Note.class).stream()
        .filter(n -> n.text().startsWith(PLAN) && n.at().startNs() <= before)
        .map(Event.Note::text)
        .toList();
  }

  /** Names of the faults that the plan injects. */
  static Set<String> plannedFaults(LedgerViews history) {
    Set<String> names = new TreeSet<>();
    for (String text : plans(history)) {
      FAULT.matcher(text).results().forEach(m -> names.add(m.group(1)));
    }
    return names;
  }

  /** So many waits stand in the plan. */
  static long plannedWaits(LedgerViews history) {
    return plans(history).stream()
        .mapToLong(t -> WAIT.matcher(t).results().count())
        .max()
        .orElse(0);
  }

  /** False where a ledger tells what was planned, and no episode of that has this target. */
  static boolean targetPlanned(LedgerViews history, Target target) {
    return history.of(Event.Planned.class).stream()
        .map(Event.Planned::drill)
        .allMatch(
            plan ->
                plan.target().equals(target.toString())
                    || (plan.episodes() != null
                        && plan.episodes().stream()
                            .anyMatch(e -> e.target().equals(target.toString()))));
  }

  /** Where the ledger contradicts the target that it is judged by. */
  static List<String> doubts(LedgerViews history, Target target) {
    List<String> doubts = new ArrayList<>();
    if (!targetPlanned(history, target)) {
      doubts.add("this is not the target that the drill was planned with");
    }
    for (Event.Note note : history.of(Event.Note.class)) {
      if (note.text().startsWith(TARGET) && !note.text().equals(target(target))) {
        doubts.add("this is not the target that was declared before the drill began");
      }
    }
    for (Event.Opened opened : history.of(Event.Opened.class)) {
      if (!opened.context().equals(target.context())) {
        doubts.add("the ledger is of context '" + opened.context() + "', not " + target.context());
      }
      if (!opened.disruption().equals(target.objective().disruption().word())) {
        doubts.add("the ledger is of another disruption: " + opened.disruption());
      }
    }
    return doubts;
  }
}
