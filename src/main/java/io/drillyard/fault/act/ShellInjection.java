package io.drillyard.fault.act;

import io.drillyard.cluster.BoundedWait;
import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.HostException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Shell lines at hosts, in order; taken back in reverse. Most faults are that. */
final class ShellInjection implements Injection {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration TAKES_HOLD = Duration.ofSeconds(2);
  private static final int NOT_IN_FORCE = 1;

  private final List<HostScript> acts;

  ShellInjection(List<HostScript> acts) {
    if (acts.isEmpty()) {
      throw new HostException("the fault has no host to act on in this environment");
    }
    this.acts = List.copyOf(acts);
  }

  static ShellInjection of(HostScript... acts) {
    return new ShellInjection(List.of(acts));
  }

  @Override
  public List<String> targets() {
    return acts.stream().map(a -> a.host().name()).distinct().toList();
  }

  @Override
  public String undo() {
    return acts.reversed().stream().map(HostScript::undoWords).collect(Collectors.joining("; "));
  }

  @Override
  public void apply(Runnable inForce) {
    for (HostScript act : acts) {
      act.host().run(Command.sh("set -e\n" + act.apply()).within(LIMIT));
    }
    // An effect may follow its command by a moment; a look that comes too soon would deny it.
    BoundedWait.quietly(TAKES_HOLD, this::allInForce);
  }

  private boolean allInForce() {
    try {
      return look(true).stream().allMatch(Sight::holds);
    } catch (HostException e) {
      return false;
    }
  }

  @Override
  public void heal(Runnable gone) {
    UndoFailures failures = new UndoFailures();
    for (HostScript act : acts.reversed()) {
      failures.attempt(() -> undo(act));
    }
    failures.rethrow();
  }

  private static void undo(HostScript act) {
    if (act.undo().isEmpty()) {
      return;
    }
    if (!act.host().power().isOn()) {
      if (act.volatileEffect()) {
        return;
      }
      throw new HostException(act.host().name() + " is off: its disk cannot be put right");
    }
    act.host().run(Command.sh(act.undo()).within(LIMIT));
  }

  @Override
  public List<Sight> look(boolean expected) {
    return acts.parallelStream()
        .filter(act -> !act.look().isEmpty())
        .map(act -> look(act, expected))
        .toList();
  }

  private static Sight look(HostScript act, boolean expected) {
    if (!act.host().power().isOn()) {
      return new Sight(
          act.volatileEffect() ? false : !expected,
          "power switch",
          act.host().name() + " is off: what a power cut takes away is gone");
    }
    CommandResult seen = act.host().attempt(Command.sh(act.look()).within(LIMIT));
    if (!seen.ok() && seen.exit() != NOT_IN_FORCE) {
      throw new HostException(act.host().name() + ": " + act.witness() + ": " + seen.tail());
    }
    return new Sight(seen.ok(), act.witness() + " on " + act.host().name(), seen.stdout().strip());
  }
}
