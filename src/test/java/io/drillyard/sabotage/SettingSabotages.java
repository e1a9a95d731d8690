package io.drillyard.sabotage;

import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static io.drillyard.sabotage.DataSabotages.SYNCHRONOUS;
import static io.drillyard.sabotage.Edits.SECOND;
import static io.drillyard.sabotage.Sabotage.ANY;

import io.drillyard.check.DataLoss;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Settings that were not what they seemed, and standbys that are none. */
final class SettingSabotages {
  private static final String LOSS = "dataLoss";
  private static final String CLIENTS = DataLoss.SYNCHRONOUS_COMMIT_OF_CLIENTS;

  /** Settings are read until the end since format 6. */
  static final Predicate<Clean> READ_AGAIN = c -> c.of(Event.Opened.class).getFirst().format() >= 6;

  private SettingSabotages() {}

  static List<Sabotage> all() {
    return List.of(
        loss(
            "fsync switched off meanwhile",
            "a member that led neither before nor after reads off under the fault",
            ANY,
            c -> seen(c, c.bystander(), "fsync", "off", c.fault().at().endNs() + SECOND)),
        loss(
            "survivor's fsync not read",
            "nobody read the settings of the last leader after the heal",
            READ_AGAIN,
            c -> unread(c, "fsync")),
        loss(
            "clients wait for nobody",
            "a role's own synchronous_commit is off, and the member's is on",
            SYNCHRONOUS,
            c -> seen(c, c.oldLeader(), CLIENTS, "off", c.fault().at().startNs() - SECOND)),
        loss(
            "what clients wait for not read",
            "nobody read synchronous_commit in a session of the clients' role",
            SYNCHRONOUS.and(READ_AGAIN),
            c ->
                Edits.without(
                    c.events(), e -> e instanceof Event.SettingSeen s && s.name().equals(CLIENTS))),
        loss(
            "synchronous mode off before the fault",
            "the topology says that it is on, and Patroni's configuration that it is off",
            SYNCHRONOUS,
            c -> mode(c, c.fault().at().startNs() - SECOND)),
        loss(
            "synchronous mode off under the fault",
            "on when it was injected, and off a moment later",
            SYNCHRONOUS.and(c -> !c.ordered()),
            c -> mode(c, c.fault().at().endNs() + 1)),
        loss(
            "stranger for a standby",
            "the only one that the leader waits for is a pg_receivewal",
            SYNCHRONOUS,
            c -> renamed(c, "pg_receivewal", s -> !s.syncState().equals("async"))),
        new Sabotage(
            "stranger by a member's name",
            "after the heal a bystander's rows come from another host",
            "redundancyRestored",
            MISSED,
            // The kept runs watched for less than they had declared.
            SYNCHRONOUS.and(Sabotage.HELD).and(READ_AGAIN),
            SettingSabotages::foreign));
  }

  private static Sabotage loss(String name, String what, Predicate<Clean> fits, UnaryClean act) {
    return new Sabotage(name, what, LOSS, UNDETERMINED, fits, act::events);
  }

  private interface UnaryClean {
    List<Event> events(Clean clean);
  }

  private static List<Event> seen(Clean clean, String subject, String name, String value, long ns) {
    return Edits.with(
        clean.events(),
        new Event.SettingSeen(new Interval(ns, ns + 1), subject, name, null, value));
  }

  private static List<Event> mode(Clean clean, long ns) {
    String cluster =
        clean.of(Event.Topology.class).getFirst().members().stream()
            .filter(m -> m.name().equals(clean.oldLeader()))
            .findFirst()
            .orElseThrow()
            .cluster();
    return seen(clean, cluster, "synchronous_mode", "false", ns);
  }

  private static List<Event> unread(Clean clean, String name) {
    Event.Healed heal = clean.heal();
    long from = heal == null ? clean.fault().at().endNs() : heal.at().endNs();
    return Edits.without(
        clean.events(),
        e -> e instanceof Event.SettingSeen s && s.name().equals(name) && s.at().startNs() >= from);
  }

  private static List<Event> renamed(Clean clean, String name, Predicate<Event.Standby> whom) {
    return rows(
        clean,
        0,
        s ->
            whom.test(s)
                ? new Event.Standby(name, s.state(), s.syncState(), s.flushLsn(), s.replayLsn())
                : s);
  }

  private static List<Event> foreign(Clean clean) {
    return rows(
        clean,
        Objects.requireNonNull(clean.heal()).at().endNs(),
        s ->
            s.member().equals(clean.bystander())
                ? new Event.Standby(
                    s.member(),
                    s.state(),
                    s.syncState(),
                    s.flushLsn(),
                    s.replayLsn(),
                    "198.19.255.254")
                : s);
  }

  private static List<Event> rows(Clean clean, long fromNs, UnaryOperator<Event.Standby> change) {
    return Edits.each(
        clean.events(),
        Event.Standbys.class,
        s ->
            s.at().startNs() < fromNs
                ? s
                : new Event.Standbys(
                    s.at(), s.member(), s.lsn(), s.standbys().stream().map(change).toList()));
  }
}
