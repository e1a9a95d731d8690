package io.drillyard.sabotage;

import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static io.drillyard.sabotage.Edits.SECOND;
import static io.drillyard.sabotage.Sabotage.ANY;
import static io.drillyard.sabotage.Sabotage.FAILOVER;
import static io.drillyard.sabotage.Sabotage.TAKEOVER;

import io.drillyard.declaration.FailoverMode;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import java.util.List;
import java.util.function.Predicate;

/** Promotions that nobody permitted, standbys that are none, fences that do not hold. */
final class RoleSabotages {
  private static final String PROMOTION = "promotionWasPermitted";
  private static final String REDUNDANCY = "redundancyRestored";
  private static final String FENCE = "fenceHeld";
  static final Predicate<Clean> APPROVED =
      c -> c.target().objective().failover() == FailoverMode.OPERATOR_APPROVED;

  /** The standbys were watched for longer than the target allows. */
  static final Predicate<Clean> LONG =
      c ->
          c.of(Event.Standbys.class).getLast().at().startNs() - releaseNs(c)
              > c.target().objective().redundancy().toNanos() + SECOND / 2;

  private RoleSabotages() {}

  static List<Sabotage> all() {
    return List.of(
        new Sabotage(
            "promotion by a stranger",
            "the new leader never held the leader key",
            PROMOTION,
            MISSED,
            FAILOVER,
            c -> Edits.without(c.events(), e -> e instanceof Event.LeaderKey && late(c, e))),
        new Sabotage(
            "promotion unwatched",
            "nobody watched the leader key",
            PROMOTION,
            UNDETERMINED,
            FAILOVER,
            c -> Edits.without(c.events(), Event.LeaderKey.class::isInstance)),
        new Sabotage(
            "a second promotion",
            "a bystander is promoted after all had converged",
            PROMOTION,
            MISSED,
            FAILOVER,
            RoleSabotages::second),
        new Sabotage(
            "promotion without approval",
            "no operator approved or ordered it",
            PROMOTION,
            MISSED,
            APPROVED,
            c -> Edits.without(c.events(), e -> verb(e, "approve-promotion", "restore"))),
        new Sabotage(
            "approved before the disaster",
            "the approval is older than the fault, and the order came from nobody",
            PROMOTION,
            MISSED,
            APPROVED,
            RoleSabotages::standing),
        new Sabotage(
            "replica never back",
            "the last leader never lists one of its standbys",
            REDUNDANCY,
            MISSED,
            LONG,
            RoleSabotages::neverBack),
        new Sabotage(
            "replica that stopped following",
            "it streams, and its position stands still soon after the heal",
            REDUNDANCY,
            MISSED,
            LONG,
            RoleSabotages::standingStill),
        new Sabotage(
            "synchronous standby gone",
            "all stream, and the leader waits for none",
            REDUNDANCY,
            MISSED,
            c -> LONG.test(c) && c.target().declaredSynchronous(),
            c ->
                standbys(
                    c,
                    releaseNs(c),
                    s ->
                        new Event.Standby(
                            s.member(), s.state(), "async", s.flushLsn(), s.replayLsn()))),
        new Sabotage(
            "standbys not looked at",
            "nobody asked the leader for them after the heal",
            REDUNDANCY,
            UNDETERMINED,
            ANY,
            c ->
                Edits.without(
                    c.events(), e -> e instanceof Event.Standbys && e.at().endNs() > releaseNs(c))),
        fence(
            "fence witnessed by nobody",
            "nobody saw it in force",
            UNDETERMINED,
            c -> Edits.without(c.events(), e -> verb(e, "witness-fence"))),
        fence(
            "fence not laid",
            "planned, and no action laid it",
            UNDETERMINED,
            c -> Edits.without(c.events(), e -> verb(e, "fence"))),
        fence(
            "fence after the takeover",
            "it was laid when the new leader already served",
            UNDETERMINED,
            c ->
                Edits.each(
                    c.events(),
                    Event.Action.class,
                    a -> verb(a, "fence") ? at(a, Edits.later(c.recovered().at(), SECOND)) : a)),
        fence(
            "fence that leaks",
            "a member of the fenced site commits after its return",
            MISSED,
            c ->
                Edits.with(
                    c.events(),
                    new Event.Probed(
                        Edits.later(c.recovered().at(), SECOND),
                        c.oldLeader(),
                        Event.ProbeResult.COMMITTED,
                        false,
                        1,
                        1L << 40,
                        0,
                        null))));
  }

  private static Sabotage fence(
      String name,
      String what,
      io.drillyard.check.Verdict expected,
      java.util.function.Function<Clean, List<Event>> act) {
    return new Sabotage(name, what, FENCE, expected, TAKEOVER, act);
  }

  private static boolean late(Clean clean, Event event) {
    return event.at().startNs() > clean.fault().at().startNs();
  }

  private static boolean verb(Event event, String... verbs) {
    return event instanceof Event.Action a && List.of(verbs).contains(a.verb());
  }

  private static Event.Action at(Event.Action a, Interval at) {
    return new Event.Action(at, a.actor(), a.verb(), a.subject(), a.detail());
  }

  /** When nothing was broken any more. */
  private static long releaseNs(Clean clean) {
    Event.Healed heal = clean.heal();
    return heal == null ? clean.fault().at().endNs() : heal.at().endNs();
  }

  private static List<Event> second(Clean clean) {
    Interval at = Edits.later(clean.of(Event.Standbys.class).getLast().at(), -SECOND);
    return Edits.with(
        clean.events(),
        new Event.Probed(
            at, clean.bystander(), Event.ProbeResult.COMMITTED, false, 3, 1L << 40, 0, null));
  }

  private static List<Event> standing(Clean clean) {
    return Edits.each(
        clean.events(),
        Event.Action.class,
        a -> {
          if (verb(a, "approve-promotion")) {
            return at(a, Edits.later(clean.fault().at(), -2 * SECOND));
          }
          return verb(a, "restore")
              ? new Event.Action(a.at(), "harness", a.verb(), a.subject(), a.detail())
              : a;
        });
  }

  private static List<Event> neverBack(Clean clean) {
    String gone = listed(clean);
    return standbys(clean, releaseNs(clean), s -> s.member().equals(gone) ? null : s);
  }

  private static String listed(Clean clean) {
    return clean.of(Event.Standbys.class).getLast().standbys().getFirst().member();
  }

  private static List<Event> standingStill(Clean clean) {
    long from = releaseNs(clean);
    long first =
        clean.of(Event.Standbys.class).stream()
            .filter(s -> s.at().startNs() >= from)
            .mapToLong(Event.Standbys::lsn)
            .findFirst()
            .orElseThrow();
    String still = listed(clean);
    return standbys(
        clean,
        from,
        s ->
            s.member().equals(still)
                ? new Event.Standby(s.member(), s.state(), s.syncState(), first, first)
                : s);
  }

  /** What the leader says of its standbys from a moment on; null leaves one out. */
  static List<Event> standbys(Clean clean, long fromNs, StandbyChange change) {
    return Edits.each(
        clean.events(),
        Event.Standbys.class,
        look ->
            look.at().endNs() < fromNs
                ? look
                : new Event.Standbys(
                    look.at(),
                    look.member(),
                    look.lsn(),
                    look.standbys().stream()
                        .flatMap(s -> java.util.stream.Stream.ofNullable(change.of(s)))
                        .toList()));
  }

  /** What becomes of one standby's row. */
  interface StandbyChange {
    Event.@org.jspecify.annotations.Nullable Standby of(Event.Standby standby);
  }
}
