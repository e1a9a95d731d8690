package io.drillyard.sabotage;

import static io.drillyard.check.Verdict.UNDETERMINED;
import static io.drillyard.sabotage.Sabotage.ANY;
import static io.drillyard.sabotage.Sabotage.FAILOVER;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.OrderAnswered;
import io.drillyard.ledger.ServicesSeen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The fault hit somebody else, the plan waited in vain, or somebody lent a hand. */
final class TargetSabotages {
  private static final String HOLD = "faultTookHold";
  private static final long SECOND = 1_000_000_000L;

  private TargetSabotages() {}

  static List<Sabotage> all() {
    return List.of(
        new Sabotage(
            "fault on the primary, at a standby",
            "it was aimed at the primary, and hit a bystander",
            HOLD,
            UNDETERMINED,
            TargetSabotages::heldFailover,
            c -> aimed(c, "PRIMARY", c.bystander())),
        new Sabotage(
            "fault on a standby, at the primary",
            "it was aimed at a replica, and hit the leader",
            HOLD,
            UNDETERMINED,
            TargetSabotages::heldFailover,
            c -> aimed(c, "REPLICA", c.oldLeader())),
        new Sabotage(
            "fault in words on another member",
            "it says the primary, and hit a bystander",
            HOLD,
            UNDETERMINED,
            TargetSabotages::heldFailover,
            c -> injected(c, f -> said(f, c.bystander()))),
        new Sabotage(
            "wait in vain",
            "the plan waited for a new primary, and saw none",
            "planWasCarriedOut",
            UNDETERMINED,
            ANY,
            c -> Edits.with(c.events(), vain(c))),
        new Sabotage(
            "order refused",
            "Patroni answered 412, and the key moved later",
            HOLD,
            UNDETERMINED,
            Clean::ordered,
            c -> answered(c, null, 412, "no good candidates have been found")),
        new Sabotage(
            "order to another one",
            "the order names a bystander, and the key went elsewhere",
            HOLD,
            UNDETERMINED,
            Clean::ordered,
            c -> answered(c, c.bystander(), 0, "no answer")),
        new Sabotage(
            "momentary fault, half looked at",
            "three hosts at once, and one of them was looked at",
            HOLD,
            UNDETERMINED,
            TargetSabotages::heldFailover,
            TargetSabotages::atThree),
        new Sabotage(
            "Patroni killed by hand",
            "somebody kills a bystander's Patroni in mid-drill",
            "recoveryTime",
            UNDETERMINED,
            TargetSabotages::told,
            c -> killed(c, c.bystander())),
        new Sabotage(
            "services nobody asked for",
            "what a bystander's supervisor wrote down was not read",
            "recoveryTime",
            UNDETERMINED,
            TargetSabotages::told,
            c ->
                Edits.without(
                    c.events(),
                    e -> e instanceof ServicesSeen s && s.host().equals(c.bystander()))));
  }

  private static boolean heldFailover(Clean clean) {
    return FAILOVER.test(clean) && !clean.ordered();
  }

  /** Ledgers of older formats hold no supervisors' records. */
  private static boolean told(Clean clean) {
    return !clean.of(ServicesSeen.class).isEmpty();
  }

  private static List<Event> injected(
      Clean clean, java.util.function.UnaryOperator<Event.Injected> change) {
    return Edits.each(
        clean.events(),
        Event.Injected.class,
        f -> f.fault().equals(clean.fault().fault()) ? change.apply(f) : f);
  }

  private static List<Event> aimed(Clean clean, String part, String host) {
    return injected(
        clean,
        f ->
            new Event.Injected(
                f.at(),
                f.fault(),
                f.type(),
                f.plane(),
                List.of(host),
                f.description(),
                f.momentary(),
                Map.of(part, List.of(host)),
                f.signals()));
  }

  private static Event.Injected said(Event.Injected f, String host) {
    return new Event.Injected(
        f.at(),
        f.fault(),
        "power-off",
        f.plane(),
        List.of(host),
        "the primary loses power",
        f.momentary());
  }

  private static Event vain(Clean clean) {
    Interval after = Edits.later(clean.fault().at(), SECOND);
    return new Event.Awaited(
        new Interval(after.startNs(), after.startNs() + SECOND),
        "another member leads and commits",
        false,
        SECOND,
        "nobody",
        null);
  }

  private static List<Event> answered(
      Clean clean, @org.jspecify.annotations.Nullable String candidate, int status, String text) {
    List<Event> events =
        new ArrayList<>(Edits.without(clean.events(), OrderAnswered.class::isInstance));
    Interval at = new Interval(clean.fault().at().startNs(), clean.fault().at().endNs() + SECOND);
    return Edits.with(
        events, new OrderAnswered(at, clean.fault().fault(), candidate, status, text));
  }

  private static List<Event> atThree(Clean clean) {
    List<String> hosts = List.of(clean.oldLeader(), clean.newLeader(), clean.bystander());
    List<Event> events =
        Edits.without(
            clean.events(),
            e ->
                e instanceof Event.Healed
                    || (e instanceof Event.Witnessed w
                        && (!w.holds() || w.detail().contains(clean.bystander()))));
    return Edits.each(
        events,
        Event.Injected.class,
        f -> new Event.Injected(f.at(), f.fault(), "reboot", "host", hosts, f.description(), true));
  }

  private static List<Event> killed(Clean clean, String host) {
    Interval at = Edits.later(clean.fault().at(), SECOND);
    return Edits.each(
        clean.events(),
        ServicesSeen.class,
        s ->
            s.host().equals(host)
                ? new ServicesSeen(
                    s.at(),
                    host,
                    List.of(new ServicesSeen.End(at, "50-patroni", 71, null, 9, false)),
                    null)
                : s);
  }
}
