package io.drillyard.fault.act;

import io.drillyard.cluster.BoundedWait;
import io.drillyard.fault.ClockFault;
import io.drillyard.fault.ConsensusFault;
import io.drillyard.fault.Fault;
import io.drillyard.fault.HostFault;
import io.drillyard.fault.LoadFault;
import io.drillyard.fault.NetworkFault;
import io.drillyard.fault.OperatorFault;
import io.drillyard.fault.ProcessFault;
import io.drillyard.fault.RepositoryFault;
import io.drillyard.fault.StorageFault;
import io.drillyard.host.HostException;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.Ledger;
import io.drillyard.repository.RepositoryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Applies faults, lets witnesses look, and takes them back. The undo is on the ledger before the
 * first effect; healing everything goes in reverse order, tries every undo and loses no error.
 */
public final class Injector {
  private static final Duration GONE_LIMIT = Duration.ofSeconds(5);

  /** What the ledger calls the record of an undo, before the first effect. */
  public static final String UNDO_RECORDED = "undo-recorded";

  /** What it calls an undo that failed for good. */
  public static final String UNDO_FAILED = "undo-failed";

  private final Ledger ledger;
  private final Duration goneLimit;
  private final Map<String, Injection> live = new LinkedHashMap<>();
  private final List<Injection> over = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  /** Writes to this ledger. */
  public Injector(Ledger ledger) {
    this(ledger, GONE_LIMIT);
  }

  /**
   * One that waits shorter or longer for a healed fault to be seen gone.
   *
   * @param goneLimit after which the look is told as it is
   */
  Injector(Ledger ledger, Duration goneLimit) {
    this.ledger = ledger;
    this.goneLimit = goneLimit;
  }

  /** Applies a fault under a name; on failure what was done half-way is undone at once. */
  public synchronized void inject(String name, Fault fault, FaultTargetHosts parts) {
    inject(name, fault, parts, Set.of());
  }

  /**
   * The same, unless it would act on certain hosts.
   *
   * @param spared names of hosts that another fault holds
   * @return names of the hosts that it acts on
   * @throws HostException also when it would act on one of those; nothing has happened then
   */
  public synchronized List<String> inject(
      String name, Fault fault, FaultTargetHosts parts, Set<String> spared) {
    if (live.containsKey(name)) {
      // Its undo would be forgotten.
      throw new IllegalArgumentException("a fault named '" + name + "' is in force already");
    }
    FaultTargetHosts asked = parts.unasked();
    Injection injection = injection(name, fault, asked);
    for (String target : injection.targets()) {
      if (spared.contains(target)) {
        throw new HostException("another fault holds " + target);
      }
    }
    ledger.append(
        new Event.Action(
            Interval.instant(ledger.now()), "harness", UNDO_RECORDED, name, injection.undo()));
    // From here on a crash of the harness leaves behind what the undo would be.
    ledger.settle();
    boolean momentary = fault.lasting() == Fault.Lasting.MOMENTARY;
    live.put(name, injection);
    AtomicLong inForce = new AtomicLong();
    long start = ledger.now();
    try {
      injection.apply(() -> inForce.set(ledger.now()));
    } catch (RuntimeException e) {
      try {
        heal(name);
      } catch (RuntimeException undo) {
        e.addSuppressed(undo);
      }
      throw e;
    }
    long end = inForce.get() == 0 ? ledger.now() : inForce.get();
    ledger.append(
        new Event.Injected(
            new Interval(start, end),
            name,
            fault.type(),
            fault.group(),
            injection.targets(),
            fault.words(),
            momentary,
            Map.copyOf(asked.aim()),
            injection.signals()));
    if (momentary) {
      if (look(name, injection, true)) {
        seen.add(name);
      }
      live.remove(name);
      over.add(injection);
    }
    return injection.targets();
  }

  private Injection injection(String name, Fault fault, FaultTargetHosts parts) {
    return switch (fault) {
      case NetworkFault network -> NetworkInjections.of(name, network, parts);
      case ProcessFault process -> ProcessInjections.of(process, parts);
      case HostFault host -> HostInjections.of(host, parts);
      case StorageFault storage -> StorageInjections.of(name, storage, parts);
      case ClockFault clock -> ClockInjections.of(clock, parts);
      case ConsensusFault consensus -> ConsensusInjections.of(name, consensus, parts);
      case OperatorFault operator -> OperatorInjections.of(name, operator, parts, ledger);
      case LoadFault load -> LoadInjections.of(name, load, parts);
      case RepositoryFault repository -> RepositoryInjections.of(name, repository, parts);
    };
  }

  /**
   * Lets every witness of a live fault look once.
   *
   * @param expected what the drill needs it to be now
   */
  public void witness(String name, boolean expected) {
    Injection injection = injection(name);
    if (injection != null) {
      look(name, injection, expected);
    }
  }

  /** Lets every witness of a fault look, and tells whether all of them see it in force. */
  public boolean inForce(String name) {
    Injection injection = injection(name);
    return injection != null && look(name, injection, true);
  }

  /** Whether every witness saw a momentary fault of that name take place. */
  public synchronized boolean tookPlace(String name) {
    return seen.contains(name);
  }

  private synchronized @Nullable Injection injection(String name) {
    return live.get(name);
  }

  private boolean look(String name, Injection injection, boolean expected) {
    long start = ledger.now();
    boolean all = true;
    for (Injection.Sight sight : sights(injection, expected)) {
      ledger.append(
          new Event.Witnessed(
              ledger.since(start), name, expected, sight.holds(), sight.witness(), sight.detail()));
      all &= sight.holds() == expected;
    }
    return all;
  }

  /** A look that failed proves neither; it is told as whichever of the two the drill cannot use. */
  private static List<Injection.Sight> sights(Injection injection, boolean expected) {
    try {
      return injection.look(expected);
    } catch (HostException | RepositoryException e) {
      return List.of(new Injection.Sight(!expected, "none", "the look failed: " + e.getMessage()));
    }
  }

  /** Names of the faults that are in force. */
  public synchronized List<String> live() {
    return List.copyOf(live.keySet());
  }

  /** Takes one fault back and lets its witnesses look. */
  public synchronized void heal(String name) {
    Injection injection = live.get(name);
    if (injection == null) {
      return;
    }
    AtomicLong gone = new AtomicLong();
    long start = ledger.now();
    injection.heal(() -> gone.set(ledger.now()));
    long end = gone.get() == 0 ? ledger.now() : gone.get();
    live.remove(name);
    ledger.append(new Event.Healed(new Interval(start, end), name));
    awaitGone(injection);
    look(name, injection, false);
  }

  /** Neighbours may need a moment to find a host again; a look that comes too soon says nothing. */
  private void awaitGone(Injection injection) {
    BoundedWait.quietly(
        goneLimit, () -> sights(injection, false).stream().noneMatch(Injection.Sight::holds));
  }

  /** Takes back whatever is in force, the last first. Every undo is tried. */
  public synchronized void healAll() {
    over.forEach(Injection::end);
    over.clear();
    List<String> names = new ArrayList<>(live.keySet()).reversed();
    RuntimeException failure = null;
    for (String name : names) {
      try {
        heal(name);
      } catch (RuntimeException e) {
        ledger.append(
            new Event.Action(
                Interval.instant(ledger.now()),
                "harness",
                UNDO_FAILED,
                name,
                "could not be undone: " + e.getMessage()));
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
