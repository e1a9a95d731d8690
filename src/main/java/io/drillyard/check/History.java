package io.drillyard.check;

import io.drillyard.ledger.Event;
import io.drillyard.target.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A ledger's events with the views that several checks share, each built once and on first use.
 *
 * <p>Every view is sorted by time, so that the order of concurrent events in the file changes
 * nothing. Not for use by several threads at once.
 */
public final class History {
  private static final Comparator<Event> BY_TIME =
      Comparator.<Event>comparingLong(e -> e.at().startNs()).thenComparingLong(e -> e.at().endNs());
  private static final Comparator<Event.Write> BY_CLIENT =
      Comparator.comparing(Event.Write::writer).thenComparingLong(Event.Write::sequence);
  private static final Comparator<Event.LeaderKey> BY_REVISION =
      Comparator.comparing(Event.LeaderKey::cluster).thenComparingLong(Event.LeaderKey::revision);

  private final List<Event> events;
  private @Nullable Map<Class<?>, List<Event>> byKind;
  private @Nullable List<Event.Write> routed;
  private @Nullable Map<String, List<Event.Write>> routedByWriter;
  private @Nullable List<Event.Write> pinned;
  private @Nullable Map<String, List<Event>> looksByMember;
  private @Nullable Map<String, Event.Member> members;
  private @Nullable Branches branches;
  private @Nullable List<Spell> spells;
  private @Nullable Faults faults;
  private @Nullable Soundness soundness;
  private final Map<String, Survivors> survivors = new HashMap<>();

  /** Takes the events of one ledger. */
  public History(List<Event> events) {
    this.events = List.copyOf(events);
  }

  /** All events, in file order. */
  public List<Event> events() {
    return events;
  }

  /** The events of one kind, by start and end. */
  @SuppressWarnings("unchecked")
  public <E extends Event> List<E> of(Class<E> kind) {
    if (byKind == null) {
      byKind = index();
    }
    return (List<E>) byKind.getOrDefault(kind, List.of());
  }

  private Map<Class<?>, List<Event>> index() {
    Map<Class<?>, List<Event>> map = new HashMap<>();
    for (Event event : events) {
      map.computeIfAbsent(event.getClass(), k -> new ArrayList<>()).add(event);
    }
    map.forEach((kind, list) -> list.sort(order(kind)));
    return map;
  }

  /** Ties are broken by content, so that the file's order has no say. */
  private static Comparator<Event> order(Class<?> kind) {
    if (kind == Event.Write.class) {
      return BY_TIME.thenComparing(e -> (Event.Write) e, BY_CLIENT);
    }
    if (kind == Event.LeaderKey.class) {
      return BY_TIME.thenComparing(e -> (Event.LeaderKey) e, BY_REVISION);
    }
    return BY_TIME;
  }

  /** All client writes, by the time they were sent. */
  public List<Event.Write> writes() {
    return of(Event.Write.class);
  }

  /** The writes that went through the declared route, by the time they were sent. */
  public List<Event.Write> routed() {
    if (routed == null) {
      routed = writes().stream().filter(Event.Write::routed).toList();
    }
    return routed;
  }

  /** Who went through the declared route. */
  public Set<String> routedWriters() {
    return byWriter().keySet();
  }

  /** The writes of one of them, by the time they were sent. */
  public List<Event.Write> routedBy(String writer) {
    return byWriter().getOrDefault(writer, List.of());
  }

  private Map<String, List<Event.Write>> byWriter() {
    if (routedByWriter == null) {
      Map<String, List<Event.Write>> map = new TreeMap<>();
      routed().forEach(w -> map.computeIfAbsent(w.writer(), k -> new ArrayList<>()).add(w));
      routedByWriter = map;
    }
    return routedByWriter;
  }

  /** The writes of clients that are pinned to one member, by the time they were sent. */
  public List<Event.Write> pinned() {
    if (pinned == null) {
      pinned = writes().stream().filter(w -> !w.routed()).toList();
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

  /** Every look at whether a member lets a transaction commit: probes and pinned writes. */
  List<Event> looks(String member) {
    if (looksByMember == null) {
      Map<String, List<Event>> map = new HashMap<>();
      for (Event.Probed probe : of(Event.Probed.class)) {
        map.computeIfAbsent(probe.member(), m -> new ArrayList<>()).add(probe);
      }
      for (Event.Write write : pinned()) {
        String to = write.pinnedTo();
        if (to != null) {
          map.computeIfAbsent(to, m -> new ArrayList<>()).add(write);
        }
      }
      map.values().forEach(list -> list.sort(BY_TIME));
      looksByMember = map;
    }
    return looksByMember.getOrDefault(member, List.of());
  }

  /** Resolves timeline numbers to branches of history. */
  Branches branches() {
    if (branches == null) {
      branches = new Branches(this);
    }
    return branches;
  }

  /** Who accepted commits, on which timeline. */
  List<Spell> spells() {
    if (spells == null) {
      spells = Spell.of(this);
    }
    return spells;
  }

  /** The injected faults and their heals. */
  Faults faults() {
    if (faults == null) {
      faults = new Faults(this);
    }
    return faults;
  }

  /** Whether the ledger can be believed at all. */
  Soundness soundness() {
    if (soundness == null) {
      soundness = new Soundness(this);
    }
    return soundness;
  }

  /** The rows that the target's surviving cluster holds at the end. */
  Survivors survivors(Target target) {
    Survivors known = survivors.get(target.survivingCluster());
    if (known == null) {
      known = new Survivors(this, target);
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
