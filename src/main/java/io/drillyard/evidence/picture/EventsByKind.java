package io.drillyard.evidence.picture;

import io.drillyard.ledger.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A drill's events by kind, read once, with the moments that pictures and tables refer to. */
public final class EventsByKind {
  private final Map<Class<?>, List<Event>> byKind = new HashMap<>();
  private final long lastNs;

  /** Sorts the events of one ledger by kind; their order within a kind stays. */
  public EventsByKind(List<Event> events) {
    long last = 0;
    for (Event event : events) {
      byKind.computeIfAbsent(event.getClass(), k -> new ArrayList<>()).add(event);
      last = Math.max(last, event.at().endNs());
    }
    lastNs = last;
  }

  /** All events of a kind, in file order. */
  public <T extends Event> List<T> all(Class<T> kind) {
    return byKind.getOrDefault(kind, List.of()).stream().map(kind::cast).toList();
  }

  /** The first event of a kind, or null. */
  public <T extends Event> @Nullable T first(Class<T> kind) {
    List<T> all = all(kind);
    return all.isEmpty() ? null : all.getFirst();
  }

  /** True when a fault was injected: only then do seconds count from an injection. */
  public boolean injected() {
    return byKind.containsKey(Event.Injected.class);
  }

  /** The fault that is judged: the first that does not only prepare; null when there is none. */
  private Event.@Nullable Injected disruption() {
    return all(Event.Injected.class).stream()
        .filter(fault -> !fault.prepares())
        .findFirst()
        .orElse(first(Event.Injected.class));
  }

  /** Start of the injection that is judged; without one, the start of the load. */
  public long zeroNs() {
    Event.Injected judged = disruption();
    return judged == null ? loadNs() : judged.at().startNs();
  }

  /** End of that injection's commands; without one, the start of the load. */
  public long zeroEndNs() {
    Event.Injected judged = disruption();
    return judged == null ? loadNs() : judged.at().endNs();
  }

  /** The heal of the fault that is judged, or null. */
  public Event.@Nullable Healed healed() {
    Event.Injected judged = disruption();
    return all(Event.Healed.class).stream()
        .filter(heal -> judged != null && heal.fault().equals(judged.fault()))
        .findFirst()
        .orElse(null);
  }

  /** Start of the load: what lies before is building, and is not drawn. */
  public long loadNs() {
    for (Event.Phase phase : all(Event.Phase.class)) {
      if (phase.name().equals("steady")) {
        return phase.at().startNs();
      }
    }
    Event.Write write = first(Event.Write.class);
    return write == null ? 0 : write.at().startNs();
  }

  /** The end of the last event. */
  public long lastNs() {
    return lastNs;
  }

  /** The end of the last phase worth drawing: collecting files afterwards is not. */
  public long drawnToNs() {
    for (Event.Phase phase : all(Event.Phase.class)) {
      if (phase.name().equals("collect")) {
        return phase.at().startNs();
      }
    }
    return lastNs;
  }

  /** The members in declared order; empty when the topology was never recorded. */
  public List<Event.Member> members() {
    Event.Topology topology = first(Event.Topology.class);
    return topology == null ? List.of() : topology.members();
  }
}
