package io.drillyard.check;

import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.LedgerSlice;
import io.drillyard.ledger.PackedEvents;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A ledger's events with the views that several checks share, each built once and on first use.
 *
 * <p>Every view is sorted by time, so that the order of concurrent events in the file changes
 * nothing. Not for use by several threads at once.
 */
public final class LedgerViews {
  private static final Comparator<Event.Write> BY_CLIENT =
      Comparator.comparing(Event.Write::writer).thenComparingLong(Event.Write::sequence);
  private static final Comparator<Event.LeaderKey> BY_REVISION =
      Comparator.comparing(Event.LeaderKey::cluster).thenComparingLong(Event.LeaderKey::revision);

  private final PackedEvents events;
  private @Nullable Map<Class<?>, LedgerSlice<Event>> byKind;
  private @Nullable LedgerSlice<Event.Write> routed;
  private @Nullable Map<String, LedgerSlice<Event.Write>> routedByWriter;
  private @Nullable LedgerSlice<Event.Write> pinned;
  private @Nullable Map<String, LedgerSlice<Event>> looksByMember;
  private @Nullable Map<String, Event.Member> members;
  private @Nullable TimelineBranches branches;
  private @Nullable List<MemberCommitSpan> spells;
  private @Nullable InjectedFaults faults;
  private @Nullable LedgerSoundness soundness;
  private @Nullable HarnessStalls stalls;
  private @Nullable ServiceExits serviceEnds;
  private final Map<String, SurvivingRows> survivors = new HashMap<>();

  /** Takes the events of one ledger. */
  public LedgerViews(List<Event> events) {
    this.events = PackedEvents.of(events);
  }

  /** An empty slice of this run's events. */
  <E extends Event> LedgerSlice<E> slice() {
    return new LedgerSlice<>(events);
  }

  /** All events, in file order. */
  public List<Event> events() {
    return events;
  }

  /** The events of one kind, by start and end. */
  @SuppressWarnings("unchecked")
  public <E extends Event> LedgerSlice<E> of(Class<E> kind) {
    if (byKind == null) {
      byKind = index();
    }
    return (LedgerSlice<E>) byKind.getOrDefault(kind, slice());
  }

  private Map<Class<?>, LedgerSlice<Event>> index() {
    Map<Class<?>, LedgerSlice<Event>> map = new HashMap<>();
    for (int place = 0; place < events.size(); place++) {
      map.computeIfAbsent(events.kind(place), k -> slice()).take(place);
    }
    map.forEach(LedgerViews::sort);
    return map;
  }

  /** Ties are broken by content, so that the file's order has no say. */
  private static void sort(Class<?> kind, LedgerSlice<Event> slice) {
    if (kind == Event.Write.class) {
      slice.sortByTime(Comparator.comparing(e -> (Event.Write) e, BY_CLIENT));
    } else if (kind == Event.LeaderKey.class) {
      slice.sortByTime(Comparator.comparing(e -> (Event.LeaderKey) e, BY_REVISION));
    } else {
      slice.sortByTime();
    }
  }

  /** The format in which this ledger was written; 0 without a beginning. */
  int format() {
    return of(Event.Opened.class).stream().mapToInt(Event.Opened::format).max().orElse(0);
  }

  /** All client writes, by the time they were sent. */
  public LedgerSlice<Event.Write> writes() {
    return of(Event.Write.class);
  }

  /** The writes that went through the declared route, by the time they were sent. */
  public LedgerSlice<Event.Write> routed() {
    if (routed == null) {
      routed = writes(true);
    }
    return routed;
  }

  private LedgerSlice<Event.Write> writes(boolean routedOnes) {
    LedgerSlice<Event.Write> all = writes();
    LedgerSlice<Event.Write> some = slice();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).routed() == routedOnes) {
        some.take(all.place(i));
      }
    }
    return some;
  }

  /** Who went through the declared route. */
  public Set<String> routedWriters() {
    return byWriter().keySet();
  }

  /** The writes of one of them, by the time they were sent. */
  public LedgerSlice<Event.Write> routedBy(String writer) {
    return byWriter().getOrDefault(writer, slice());
  }

  private Map<String, LedgerSlice<Event.Write>> byWriter() {
    if (routedByWriter == null) {
      Map<String, LedgerSlice<Event.Write>> map = new TreeMap<>();
      LedgerSlice<Event.Write> all = routed();
      for (int i = 0; i < all.size(); i++) {
        map.computeIfAbsent(all.get(i).writer(), k -> slice()).take(all.place(i));
      }
      routedByWriter = map;
    }
    return routedByWriter;
  }

  /** The writes of clients that are pinned to one member, by the time they were sent. */
  public LedgerSlice<Event.Write> pinned() {
    if (pinned == null) {
      pinned = writes(false);
    }
    return pinned;
  }

  /** Declared members by name, over all topologies. */
  public Map<String, Event.Member> members() {
    if (members == null) {
      Map<String, Event.Member> map = new LinkedHashMap<>();
      for (Event.Topology topology : of(Event.Topology.class)) {
        topology.members().forEach(m -> map.putIfAbsent(m.name(), m));
      }
      members = map;
    }
    return members;
  }

  /** The cluster of a member; null when the topology does not name it. */
  public @Nullable String cluster(@Nullable String member) {
    Event.Member known = member == null ? null : members().get(member);
    return known == null ? null : known.cluster();
  }

  /**
   * Every look that proves whether a member let transactions commit ({@link WritabilityLook}), by
   * its time; whatever else was tried there is no look.
   */
  LedgerSlice<Event> looks(String member) {
    if (looksByMember == null) {
      Map<String, LedgerSlice<Event>> map = new HashMap<>();
      look(map, of(Event.Probed.class), Event.Probed::member);
      look(map, pinned(), Event.Write::pinnedTo);
      look(map, of(Event.SyncWait.class), Event.SyncWait::member);
      map.values().forEach(slice -> slice.sortByTime());
      looksByMember = map;
    }
    return looksByMember.getOrDefault(member, slice());
  }

  private <E extends Event> void look(
      Map<String, LedgerSlice<Event>> map,
      LedgerSlice<E> events,
      Function<E, @Nullable String> at) {
    for (int i = 0; i < events.size(); i++) {
      E event = events.get(i);
      String member = at.apply(event);
      if (member != null && WritabilityLook.of(event).proves()) {
        map.computeIfAbsent(member, m -> slice()).take(events.place(i));
      }
    }
  }

  /** Resolves timeline numbers to branches of history. */
  TimelineBranches branches() {
    if (branches == null) {
      branches = new TimelineBranches(this);
    }
    return branches;
  }

  /** Who accepted commits, on which timeline. */
  List<MemberCommitSpan> spells() {
    if (spells == null) {
      spells = MemberCommitSpan.of(this);
    }
    return spells;
  }

  /** The injected faults and their heals. */
  InjectedFaults faults() {
    if (faults == null) {
      faults = new InjectedFaults(this);
    }
    return faults;
  }

  /** Whether the ledger can be believed at all. */
  LedgerSoundness soundness() {
    if (soundness == null) {
      soundness = new LedgerSoundness(this);
    }
    return soundness;
  }

  /** When the harness itself stood still. */
  HarnessStalls stalls() {
    if (stalls == null) {
      stalls = new HarnessStalls(this);
    }
    return stalls;
  }

  /** How services ended while the drill ran. */
  ServiceExits serviceEnds() {
    if (serviceEnds == null) {
      serviceEnds = new ServiceExits(this);
    }
    return serviceEnds;
  }

  /** The rows that the target's surviving cluster holds at the end. */
  SurvivingRows survivors(Target target) {
    SurvivingRows known = survivors.get(target.survivingCluster());
    if (known == null) {
      known = new SurvivingRows(this, target);
      survivors.put(target.survivingCluster(), known);
    }
    return known;
  }

  /** When this phase was entered, in nanoseconds; null when it was not. */
  @Nullable Long entered(String phase) {
    for (Event.Phase entered : of(Event.Phase.class)) {
      if (entered.name().equals(phase)) {
        return entered.at().startNs();
      }
    }
    return null;
  }
}
