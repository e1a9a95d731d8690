package io.drillyard.storm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a smaller schedule that still violates: delta debugging over the entries (Zeller and
 * Hildebrandt, 2002), then shorter lengths, then the smallest one again for confirmation.
 *
 * <p>A candidate is kept only if its replay violated. A replay that held, or that says nothing,
 * rules the candidate out, so that with a violation that comes and goes the result may be larger
 * than it could be, never wrong about having violated.
 */
public final class ScheduleShrinker {
  /** What a replay came to. */
  public enum Outcome {
    /** The same check was missed again. */
    VIOLATED,
    /** Every check was met. */
    HELD,
    /** Neither. */
    UNRESOLVED
  }

  /** Plays a schedule in a fresh lab. */
  public interface Oracle {
    /** What came of it. */
    Outcome play(StormSchedule candidate, String purpose);
  }

  /** One replay. */
  public record Trial(StormSchedule schedule, String purpose, Outcome outcome) {}

  /**
   * What was found.
   *
   * @param smallest that violated: the given one where nothing smaller did
   * @param trials in order
   * @param minimal true: every entry was tried without, and was needed; false: the bound came first
   */
  public record Result(StormSchedule smallest, List<Trial> trials, boolean minimal) {
    /** How many replays of the smallest there were. */
    public long replays() {
      return of(smallest).size();
    }

    /** How many of them violated. */
    public long violated() {
      return of(smallest).stream().filter(t -> t.outcome() == Outcome.VIOLATED).count();
    }

    private List<Trial> of(StormSchedule schedule) {
      return trials.stream().filter(t -> t.schedule().equals(schedule)).toList();
    }
  }

  private final Oracle oracle;
  private final int most;
  private final BooleanSupplier mayGoOn;
  private final long shortestMs;
  private final long idleMs;
  private final int confirmations;
  private final List<Trial> trials = new ArrayList<>();
  private final Map<StormSchedule, Outcome> known = new LinkedHashMap<>();
  private boolean bounded;

  /**
   * One search.
   *
   * @param most replays, the confirming ones among them
   * @param mayGoOn false once no further replay may begin, for example when time is up
   * @param shortestMs no fault becomes shorter, milliseconds
   * @param idleMs longest time between faults that a candidate keeps, milliseconds
   * @param confirmations replays that the smallest one should have
   */
  public ScheduleShrinker(
      Oracle oracle,
      int most,
      BooleanSupplier mayGoOn,
      long shortestMs,
      long idleMs,
      int confirmations) {
    this.oracle = oracle;
    this.most = most;
    this.mayGoOn = mayGoOn;
    this.shortestMs = shortestMs;
    this.idleMs = idleMs;
    this.confirmations = confirmations;
  }

  /** Shrinks a schedule that violated once; to be asked once. */
  public Result shrink(StormSchedule violating) {
    StormSchedule smallest = fewer(violating);
    boolean minimal = !bounded;
    smallest = shorter(smallest);
    while (count(smallest) < confirmations && mayPlay()) {
      play(smallest, "again");
    }
    return new Result(smallest, List.copyOf(trials), minimal);
  }

  private long count(StormSchedule schedule) {
    return trials.stream().filter(t -> t.schedule().equals(schedule)).count();
  }

  private boolean mayPlay() {
    boolean may = trials.size() < most && mayGoOn.getAsBoolean();
    bounded |= !may;
    return may;
  }

  private Outcome play(StormSchedule candidate, String purpose) {
    Outcome outcome = oracle.play(candidate, purpose);
    trials.add(new Trial(candidate, purpose, outcome));
    known.putIfAbsent(candidate, outcome);
    return outcome;
  }

  /** True when that candidate violated; what was played already is not played again. */
  private boolean violates(StormSchedule candidate, String purpose) {
    Outcome before = known.get(candidate);
    if (before != null) {
      return before == Outcome.VIOLATED;
    }
    return mayPlay() && play(candidate, purpose) == Outcome.VIOLATED;
  }

  private StormSchedule fewer(StormSchedule violating) {
    StormSchedule current = violating;
    int parts = 2;
    while (current.entries().size() > 1) {
      StormSchedule found = reduced(current, parts);
      if (found != null) {
        parts = Math.max(2, Math.min(parts - 1, found.entries().size()));
        current = found;
      } else if (bounded || parts >= current.entries().size()) {
        return current;
      } else {
        parts = Math.min(current.entries().size(), parts * 2);
      }
    }
    return current;
  }

  /** A part, or what is left without one, that violates; the later entries are the likelier. */
  private @Nullable StormSchedule reduced(StormSchedule current, int parts) {
    List<List<ScheduledFault>> chunks = chunks(current.entries(), parts);
    for (List<ScheduledFault> chunk : chunks.reversed()) {
      StormSchedule part = current.with(chunk).closedUp(idleMs);
      if (violates(part, "only " + part.numbers())) {
        return part;
      }
    }
    for (List<ScheduledFault> chunk : parts == 2 ? List.<List<ScheduledFault>>of() : chunks) {
      List<ScheduledFault> rest = new ArrayList<>(current.entries());
      rest.removeAll(chunk);
      StormSchedule part = current.with(rest).closedUp(idleMs);
      if (violates(part, "without " + current.with(chunk).numbers())) {
        return part;
      }
    }
    return null;
  }

  private static List<List<ScheduledFault>> chunks(List<ScheduledFault> entries, int parts) {
    List<List<ScheduledFault>> chunks = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < parts; i++) {
      int to = from + (entries.size() - from) / (parts - i);
      if (to > from) {
        chunks.add(entries.subList(from, to));
      }
      from = to;
    }
    return chunks;
  }

  /** Halves the length of each held fault for as long as that still violates. */
  private StormSchedule shorter(StormSchedule violating) {
    StormSchedule current = violating;
    for (ScheduledFault entry : violating.entries()) {
      long length = entry.lengthMs();
      while (!entry.choice().momentary() && length / 2 >= shortestMs) {
        length /= 2;
        List<ScheduledFault> changed = new ArrayList<>();
        for (ScheduledFault one : current.entries()) {
          changed.add(one.number() == entry.number() ? one.lasting(length) : one);
        }
        StormSchedule part = current.with(changed).closedUp(idleMs);
        if (!violates(part, "%d for %.1f s".formatted(entry.number(), length / 1000.0))) {
          break;
        }
        current = part;
      }
    }
    return current;
  }
}
