package io.drillyard.sabotage;

import static io.drillyard.check.Verdict.UNDETERMINED;
import static io.drillyard.sabotage.Edits.SECOND;
import static io.drillyard.sabotage.Sabotage.ANY;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import java.util.List;
import java.util.function.Predicate;

/** Observers and clocks that did not look, or looked at something else. */
final class WatchSabotages {
  private static final String BRAIN = "noSplitBrain";
  private static final String CLOCK = "clockWasSteady";
  private static final String SOUND = "ledgerIsSound";

  private WatchSabotages() {}

  static List<Sabotage> all() {
    return List.of(
        new Sabotage(
            "probes silent all the time",
            "nobody looked at any member",
            BRAIN,
            UNDETERMINED,
            ANY,
            c -> Edits.neverSent(unprobed(c, m -> true, 0), w -> !w.routed())),
        new Sabotage(
            "one member unwatched",
            "nobody looked at a bystander after the fault",
            BRAIN,
            UNDETERMINED,
            ANY,
            c -> unwatched(c, c.bystander())),
        new Sabotage(
            "probe that hangs",
            "the only look at a bystander after the fault hung until the end",
            BRAIN,
            UNDETERMINED,
            ANY,
            WatchSabotages::hanging),
        new Sabotage(
            "probe of a wrong address",
            "a bystander never once answered anybody",
            BRAIN,
            UNDETERMINED,
            ANY,
            WatchSabotages::wrongAddress),
        new Sabotage(
            "probe turned away",
            "the old leader had no connection left for the probe: 53300",
            BRAIN,
            UNDETERMINED,
            c -> !c.fault().type().equals("power-off"),
            WatchSabotages::turnedAway),
        new Sabotage(
            "pinned client of another member",
            "a client that should watch a bystander was served by the leader",
            SOUND,
            UNDETERMINED,
            ANY,
            WatchSabotages::mispinned),
        new Sabotage(
            "member left out",
            "the topology does not name a bystander",
            SOUND,
            UNDETERMINED,
            ANY,
            c -> Edits.each(c.events(), Event.Topology.class, t -> smaller(t, c.bystander()))),
        new Sabotage(
            "observer that broke",
            "the harness noted an error of its own",
            SOUND,
            UNDETERMINED,
            ANY,
            c ->
                Edits.with(
                    c.events(),
                    new Event.Note(c.readBack().at(), "error", "probe of pg1 stopped: defect"))),
        new Sabotage(
            "clock moved",
            "the wall clock was set ten seconds ahead",
            CLOCK,
            UNDETERMINED,
            ANY,
            c -> clock(c, ns -> ns > c.fault().at().endNs() ? 10 * SECOND : 0)),
        new Sabotage(
            "clock drawn along",
            "the wall clock ran a tenth too fast, without any jump",
            CLOCK,
            UNDETERMINED,
            ANY,
            c -> clock(c, ns -> ns / 10)),
        new Sabotage(
            "clock looked at twice",
            "one sample at the beginning, one at the end",
            CLOCK,
            UNDETERMINED,
            ANY,
            WatchSabotages::twoSamples),
        new Sabotage(
            "clock unwatched from the fault",
            "no sample afterwards",
            CLOCK,
            UNDETERMINED,
            ANY,
            c -> Edits.without(c.events(), e -> e instanceof Event.WallClock && late(c, e))));
  }

  private static boolean late(Clean clean, Event event) {
    return event.at().startNs() > clean.fault().at().startNs();
  }

  private static List<Event> unprobed(Clean clean, Predicate<String> member, long fromNs) {
    return Edits.without(
        clean.events(),
        e -> e instanceof Event.Probed p && member.test(p.member()) && p.at().endNs() >= fromNs);
  }

  private static List<Event> unwatched(Clean clean, String member) {
    long from = clean.fault().at().startNs();
    return Edits.neverSent(
        unprobed(clean, member::equals, from),
        w -> member.equals(w.pinnedTo()) && w.at().endNs() >= from);
  }

  private static List<Event> hanging(Clean clean) {
    long from = clean.fault().at().startNs();
    Interval at = new Interval(from - 1, clean.phaseNs("collect") + 1);
    return Edits.with(
        unwatched(clean, clean.bystander()),
        new Event.Probed(
            at, clean.bystander(), Event.ProbeResult.HUNG, false, 0, 0, 0, "no answer yet"));
  }

  private static List<Event> wrongAddress(Clean clean) {
    List<Event> events =
        Edits.each(
            clean.events(),
            Event.Probed.class,
            p ->
                p.member().equals(clean.bystander())
                    ? Edits.probe(p, p.at(), Event.ProbeResult.UNREACHABLE, "08001: refused")
                    : p);
    return Edits.neverSent(events, w -> clean.bystander().equals(w.pinnedTo()));
  }

  private static List<Event> turnedAway(Clean clean) {
    List<Event> events =
        Edits.each(
            clean.events(),
            Event.Probed.class,
            p ->
                p.member().equals(clean.oldLeader()) && late(clean, p)
                    ? Edits.probe(
                        p, p.at(), Event.ProbeResult.ERROR, "53300: FATAL: too many clients")
                    : p);
    return Edits.neverSent(
        events,
        w ->
            clean.oldLeader().equals(w.pinnedTo())
                && w.at().endNs() > clean.fault().at().startNs());
  }

  private static List<Event> mispinned(Clean clean) {
    Event.Write one =
        clean.of(Event.Write.class).stream()
            .filter(w -> !w.routed() && w.acknowledged())
            .findFirst()
            .orElseThrow();
    Event.Write other =
        new Event.Write(
            one.at(),
            one.scheduledNs(),
            one.writer(),
            one.site(),
            clean.bystander(),
            one.sequence(),
            one.outcome(),
            one.member(),
            one.timeline(),
            one.lsn(),
            one.xid(),
            null,
            null);
    return Edits.swap(clean.events(), one, other);
  }

  private static Event.Topology smaller(Event.Topology t, String member) {
    return new Event.Topology(
        t.at(),
        t.members().stream().filter(m -> !m.name().equals(member)).toList(),
        t.leader(),
        t.etcdLeader(),
        t.synchronous(),
        t.storage());
  }

  private static List<Event> clock(Clean clean, java.util.function.LongUnaryOperator ahead) {
    return Edits.each(
        clean.events(),
        Event.WallClock.class,
        w -> new Event.WallClock(w.at(), w.epochNs() + ahead.applyAsLong(w.at().startNs())));
  }

  private static List<Event> twoSamples(Clean clean) {
    List<Event.WallClock> all = clean.of(Event.WallClock.class);
    return Edits.without(
        clean.events(),
        e -> e instanceof Event.WallClock && !e.equals(all.getFirst()) && !e.equals(all.getLast()));
  }
}
