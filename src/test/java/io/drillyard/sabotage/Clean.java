package io.drillyard.sabotage;

import io.drillyard.check.Finding;
import io.drillyard.declaration.Target;
import io.drillyard.launch.DrillJudging;
import io.drillyard.ledger.Event;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A truthful drill: its ledger, {@code opened} first and {@code closed} last, and its target. */
final class Clean {
  private final String name;
  private final List<Event> events;
  private final Target target;
  private final Map<Class<?>, List<Event>> byKind;
  private final Event.Injected fault;
  private final Event.RowsRead readBack;
  private final String oldLeader;
  private final Event.Write recovered;
  private final String lastClient;

  Clean(String name, List<Event> events, Target target) {
    this.name = name;
    this.events = List.copyOf(events);
    this.target = target;
    this.byKind = events.stream().collect(Collectors.groupingBy(Event::getClass));
    fault = of(Event.Injected.class).getFirst();
    readBack =
        of(Event.RowsRead.class).stream()
            .filter(r -> r.purpose().equals("survivors"))
            .toList()
            .getLast();
    oldLeader = Objects.requireNonNull(of(Event.Topology.class).getFirst().leader());
    recovered =
        of(Event.Write.class).stream()
            .filter(w -> w.routed() && w.acknowledged() && newLeader().equals(w.member()))
            .filter(w -> w.at().startNs() > fault.at().startNs())
            .findFirst()
            .orElseThrow();
    lastClient =
        of(Event.Write.class).stream()
            .filter(Event.Write::routed)
            .map(Event.Write::writer)
            .max(java.util.Comparator.naturalOrder())
            .orElseThrow();
  }

  /** For a person. */
  String name() {
    return name;
  }

  List<Event> events() {
    return events;
  }

  Target target() {
    return target;
  }

  List<Finding> findings() {
    return DrillJudging.findings(events, target);
  }

  @SuppressWarnings("unchecked")
  <E extends Event> List<E> of(Class<E> kind) {
    return (List<E>) byKind.getOrDefault(kind, List.of());
  }

  /** The disruption. */
  Event.Injected fault() {
    return fault;
  }

  /** True when the disruption is an order, which holds nothing. */
  boolean ordered() {
    return fault.plane().equals("order");
  }

  /** The heal of the disruption; null for an order. */
  Event.@Nullable Healed heal() {
    return ordered() ? null : of(Event.Healed.class).getFirst();
  }

  /** The final read-back. */
  Event.RowsRead readBack() {
    return readBack;
  }

  /** Who led before the disruption. */
  String oldLeader() {
    return oldLeader;
  }

  /** Who led at the end. */
  String newLeader() {
    return readBack.member();
  }

  /** A member that led neither before nor after. */
  String bystander() {
    return of(Event.Topology.class).getFirst().members().stream()
        .map(Event.Member::name)
        .filter(m -> !m.equals(oldLeader()) && !m.equals(newLeader()))
        .toList()
        .getLast();
  }

  /** The first acknowledged routed write of the new leader. */
  Event.Write recovered() {
    return recovered;
  }

  /** The routed client that comes last by name. */
  String lastClient() {
    return lastClient;
  }

  /** When the phase began. */
  long phaseNs(String phase) {
    return of(Event.Phase.class).stream()
        .filter(p -> p.name().equals(phase))
        .findFirst()
        .orElseThrow()
        .at()
        .startNs();
  }
}
