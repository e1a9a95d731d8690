package io.drillyard.check;

import io.drillyard.ledger.DrillPlan;
import io.drillyard.ledger.EpisodeBegan;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.OrderAnswered;
import io.drillyard.ledger.PackedEvents;
import io.drillyard.ledger.PromotionEvent;
import io.drillyard.ledger.RestoreEvent;
import io.drillyard.ledger.ServicesSeen;
import io.drillyard.ledger.WriteOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A ledger of several episodes, as each of them is judged: by the same checks as a drill of one.
 *
 * <p>An episode is judged over everything up to its end: what came before it is what it found. So
 * the faults of earlier episodes are preparations in it, and a write that an earlier read-back
 * proved lost is no loss of a later one. What belongs to an earlier episode alone (its phases, its
 * waits, its read-back, what an operator did) stands in its own judgement and in no other. The load
 * goes on while an earlier episode is read back: what was not answered by then, and is not in it,
 * belongs to the next one.
 */
public final class PerEpisodeLedger {
  private static final Set<String> OF_ONE_FENCE =
      Set.of(FenceHeld.FENCE, FenceHeld.WITNESSED, FenceHeld.NOT_IN_FORCE);

  /** What the name of a fault of an earlier episode begins with. */
  static final String EARLIER = Event.Injected.PREPARATION + "earlier-";

  private static final String PREFIX = "episode %d: ";
  private static final Pattern OF_ANOTHER = Pattern.compile("episode [0-9]+: ");

  private final List<Event> events;
  private final int number;

  /** Of every episode the start, in nanoseconds; the first has the least there is. */
  private final List<Long> starts = new ArrayList<>();

  /** Sequences by writer that the last read-back before this episode proved lost. */
  private final Map<String, Set<Long>> lost = new HashMap<>();

  /** What an episode ended with, where another one followed; null: it is the last. */
  private Event.@Nullable RowsRead ended;

  private PerEpisodeLedger(List<Event> events, int number) {
    this.events = events;
    this.number = number;
    starts.add(Long.MIN_VALUE);
    began(events).forEach(began -> starts.add(began.at().startNs()));
  }

  /** Asked of every ledger, and most have none: only these are made anew from what is packed. */
  private static List<Event> began(List<Event> events) {
    PackedEvents packed = PackedEvents.of(events);
    List<Event> began = new ArrayList<>();
    for (int place = 0; place < packed.size(); place++) {
      if (packed.kind(place) == EpisodeBegan.class) {
        began.add(packed.get(place));
      }
    }
    return began;
  }

  /** How many episodes a ledger holds: those that began. */
  public static int count(List<Event> events) {
    return 1 + began(events).size();
  }

  /** A note for the ledger that is about one episode alone; of the first it stands as it is. */
  public static String note(int episode, String text) {
    return episode == 1 ? text : PREFIX.formatted(episode) + text;
  }

  /**
   * The ledger as an episode is judged by; a ledger of one episode as it is.
   *
   * @param episode from 1
   */
  public static List<Event> view(List<Event> events, int episode) {
    return episode == 1 && count(events) == 1
        ? events
        : new PerEpisodeLedger(events, episode).view();
  }

  private List<Event> view() {
    if (number > starts.size()) {
      // It was planned and never began: nothing was broken in it, and nothing can be met.
      return List.of();
    }
    lost.putAll(missing(readBack(Long.MIN_VALUE, fromNs())));
    if (number < starts.size()) {
      ended = readBack(fromNs(), untilNs());
    }
    PackedEvents view = new PackedEvents();
    for (Event event : events) {
      Event seen = seen(event);
      if (seen != null) {
        view.add(seen);
      }
    }
    return view;
  }

  private long fromNs() {
    return starts.get(number - 1);
  }

  private long untilNs() {
    return number < starts.size() ? starts.get(number) : Long.MAX_VALUE;
  }

  private static long startOf(Event event) {
    // By its schedule: a writer's sequences are then cut between two of them.
    return event instanceof Event.Write write ? write.scheduledNs() : event.at().startNs();
  }

  private @Nullable Event seen(Event event) {
    return switch (event) {
      case Event.Closed closed -> closed;
      case EpisodeBegan began -> null;
      case Event.Opened opened -> opened(opened);
      case Event.Note note when startOf(note) < untilNs() -> note(note);
      case Event.Facts facts -> facts;
      default -> {
        long at = startOf(event);
        Event.Write write = event instanceof Event.Write w ? w : null;
        yield at >= untilNs() || (write != null && tooLate(write))
            ? null
            : at < fromNs()
                ? earlier(event)
                : write != null && open(write) ? unknown(write) : event;
      }
    };
  }

  private @Nullable DrillPlan plan() {
    return events.size() > 1 && events.get(1) instanceof Event.Planned planned
        ? planned.drill()
        : null;
  }

  /** It tells the disruption of the first episode. */
  private Event opened(Event.Opened opened) {
    DrillPlan plan = plan();
    DrillPlan.Episode own = plan == null ? null : plan.episode(number);
    return own == null
        ? opened
        : new Event.Opened(
            opened.at(),
            opened.format(),
            opened.runId(),
            opened.scenario(),
            opened.environment(),
            opened.context(),
            own.disruption(),
            opened.wallClockAnchor(),
            opened.versions());
  }

  /** What was declared of other episodes is left out, and what of this one told as of a drill. */
  private @Nullable Event note(Event.Note note) {
    String own = PREFIX.formatted(number);
    if (number > 1 && note.text().startsWith(own)) {
      return new Event.Note(note.at(), note.level(), note.text().substring(own.length()));
    }
    boolean others =
        OF_ANOTHER.matcher(note.text()).lookingAt()
            || (number > 1 && LedgerDeclarations.ofOneEpisode(note.text()));
    return others ? null : note;
  }

  private String named(String of) {
    return EARLIER + of;
  }

  /** What an event of an earlier episode is to this one. */
  private @Nullable Event earlier(Event event) {
    return switch (event) {
      case Event.Phase phase ->
          new Event.Phase(
              phase.at(), "earlier %s at %d".formatted(phase.name(), phase.at().startNs()));
      case Event.Awaited awaited -> null;
      case ServicesSeen services -> null;
      case PromotionEvent order -> null;
      case RestoreEvent test -> null;
      case Event.Action action when FenceHeld.TAKEOVERS.contains(action.verb()) ->
          new Event.Action(
              action.at(),
              action.actor(),
              FollowingClusters.EARLIER + action.verb(),
              action.subject(),
              action.detail());
      case Event.Action action when ofOneEpisode(action) -> null;
      case Event.Action action when action.verb().equals(FaultTarget.UNDO_RECORDED) ->
          new Event.Action(
              action.at(), action.actor(), action.verb(), named(action.subject()), action.detail());
      case Event.RowsRead rows when rows.purpose().equals(SurvivingRows.PURPOSE) ->
          new Event.RowsRead(
              rows.at(), "earlier", rows.member(), rows.timeline(), rows.lsn(), rows.rows());
      case Event.Injected f ->
          new Event.Injected(
              f.at(),
              named(f.fault()),
              f.type(),
              f.plane(),
              f.targets(),
              f.description(),
              f.momentary(),
              f.aim(),
              f.signals());
      case Event.Healed healed -> new Event.Healed(healed.at(), named(healed.fault()));
      case Event.Witnessed w ->
          new Event.Witnessed(
              w.at(), named(w.fault()), w.expected(), w.holds(), w.witness(), w.detail());
      case Event.Reachability r ->
          new Event.Reachability(r.at(), r.moment(), named(r.fault()), r.paths());
      case OrderAnswered a ->
          new OrderAnswered(a.at(), named(a.fault()), a.candidate(), a.status(), a.text());
      case Event.Write write when lost(write) -> unknown(write);
      default -> event;
    };
  }

  /** What an operator approved and did, and whether a fence held, says nothing of what follows. */
  private static boolean ofOneEpisode(Event.Action action) {
    return action.actor().equals(PromotionApproval.OPERATOR)
        || OF_ONE_FENCE.contains(action.verb());
  }

  /** The same write, of which this episode does not say what came of it. */
  private static Event unknown(Event.Write write) {
    return new Event.Write(
        write.at(),
        write.scheduledNs(),
        write.writer(),
        write.site(),
        write.pinnedTo(),
        write.sequence(),
        WriteOutcome.UNKNOWN,
        write.member(),
        write.timeline(),
        write.lsn(),
        write.xid(),
        write.sqlState(),
        write.warning());
  }

  /** Due after this episode had been read back: it cannot be in that. */
  private boolean tooLate(Event.Write write) {
    return ended != null && write.scheduledNs() >= ended.at().endNs();
  }

  /** Not answered when this episode was read back, and not in it. */
  private boolean open(Event.Write write) {
    return ended != null
        && !write.at().endsBefore(ended.at())
        && !holds(rows(ended, write.writer()), write.sequence());
  }

  private boolean lost(Event.Write write) {
    Set<Long> sequences = lost.get(write.writer());
    return sequences != null && sequences.contains(write.sequence());
  }

  /** The last read-back of survivors in a stretch of time; null when there is none. */
  private Event.@Nullable RowsRead readBack(long from, long until) {
    Event.RowsRead last = null;
    for (Event event : events) {
      if (event instanceof Event.RowsRead rows
          && rows.purpose().equals(SurvivingRows.PURPOSE)
          && rows.at().startNs() >= from
          && rows.at().startNs() < until) {
        last = rows;
      }
    }
    return last;
  }

  private static Event.@Nullable Rows rows(Event.RowsRead read, String writer) {
    return read.rows().stream().filter(r -> r.writer().equals(writer)).findFirst().orElse(null);
  }

  /** Sequences by writer that were acknowledged before a read-back, and are not in it. */
  private Map<String, Set<Long>> missing(Event.@Nullable RowsRead read) {
    Map<String, Set<Long>> missing = new HashMap<>();
    if (read == null) {
      return missing;
    }
    Map<String, Event.Rows> held = new HashMap<>();
    read.rows().forEach(rows -> held.put(rows.writer(), rows));
    for (Event event : events) {
      if (event instanceof Event.Write write
          && write.acknowledged()
          && write.at().endsBefore(read.at())
          && !holds(held.get(write.writer()), write.sequence())) {
        missing.computeIfAbsent(write.writer(), w -> new HashSet<>()).add(write.sequence());
      }
    }
    return missing;
  }

  private static boolean holds(Event.@Nullable Rows rows, long sequence) {
    return rows != null
        && rows.present().stream().anyMatch(s -> s.from() <= sequence && sequence <= s.to());
  }
}
