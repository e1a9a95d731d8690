package io.drillyard.scenario.step;

import io.drillyard.fault.Fault;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.Ledger;
import io.drillyard.storm.FaultTraits;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How a storm that is being played stands: when it began, what it holds, and whether a violation is
 * certain already. For the thread that plays the drill.
 */
public final class StormState {
  /** What the ledger calls a violation that ended a storm early. */
  public static final String CERTAIN = "violation-certain";

  /** Between two looks at the ledger. */
  static final Duration JUDGE_EVERY = Duration.ofSeconds(5);

  private record Held(Fault fault, List<String> targets) {}

  private final Ledger ledger;
  private final Supplier<Optional<String>> judge;
  private final Map<String, Held> held = new LinkedHashMap<>();
  private long beganNs = Long.MIN_VALUE;
  private long judgedNs = Long.MIN_VALUE;
  private Optional<String> violation = Optional.empty();

  /**
   * One storm.
   *
   * @param judge says of the ledger as it is now what is certain
   */
  public StormState(Ledger ledger, Supplier<Optional<String>> judge) {
    this.ledger = ledger;
    this.judge = judge;
  }

  /** Milliseconds since the storm began; it begins when this is first asked. */
  long elapsedMs() {
    if (beganNs == Long.MIN_VALUE) {
      beganNs = ledger.now();
      judgedNs = beganNs;
    }
    return Duration.ofNanos(ledger.now() - beganNs).toMillis();
  }

  /** True before the first fault of the storm. */
  boolean calm() {
    return beganNs == Long.MIN_VALUE;
  }

  /**
   * What is certain; looked at no more often than {@link #JUDGE_EVERY}, and written down when it is
   * found.
   */
  Optional<String> violation() {
    if (violation.isEmpty()
        && beganNs != Long.MIN_VALUE
        && ledger.now() - judgedNs >= JUDGE_EVERY.toNanos()) {
      judgedNs = ledger.now();
      violation = judge.get();
      violation.ifPresent(
          what ->
              ledger.append(
                  new Event.Action(
                      Interval.instant(ledger.now()),
                      "harness",
                      CERTAIN,
                      "storm",
                      what + "; the storm ends here, everything is healed")));
    }
    return violation;
  }

  /** Remembers what a fault acts on, for as long as it is in force. */
  void holds(String name, Fault fault, List<String> targets) {
    held.put(name, new Held(fault, targets));
  }

  /** It is in force no more. */
  void released(String name) {
    held.remove(name);
  }

  /** Hosts on which a fault would undo or hide one that is in force. */
  Set<String> spared(Fault fault) {
    Set<String> hosts = new HashSet<>();
    held.values().stream()
        .filter(h -> FaultTraits.clash(h.fault(), fault))
        .forEach(h -> hosts.addAll(h.targets()));
    return hosts;
  }
}
