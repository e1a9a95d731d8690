package io.drillyard.sabotage;

import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static io.drillyard.sabotage.Edits.SECOND;
import static io.drillyard.sabotage.Sabotage.ANY;

import io.drillyard.declaration.Rpo;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What looks like service, like a look or like no loss, and is none. */
final class ServiceSabotages {
  private static final String SERVICE = "recoveryTime";
  private static final String BRAIN = "noSplitBrain";

  private ServiceSabotages() {}

  private static boolean forged(Clean clean) {
    return clean.name().contains("seed");
  }

  private static boolean nothingLost(Clean clean) {
    return clean.target().objective().rpo() instanceof Rpo.Transactions;
  }

  static List<Sabotage> all() {
    return List.of(
        new Sabotage(
            "looks that were never sent",
            "every probe of a bystander is gone, and its pinned writes were given up unsent: DY001",
            BRAIN,
            UNDETERMINED,
            ANY,
            c -> unsent(c, c.bystander())),
        new Sabotage(
            "read-only by default",
            "each look at the old leader after the fault was refused with 25006, not in recovery",
            BRAIN,
            UNDETERMINED,
            c -> !c.fault().type().equals("power-off") && !c.fault().type().equals("site-loss"),
            c -> looked(c, c.oldLeader(), Event.ProbeResult.READ_ONLY, "25006: ERROR: read-only")),
        new Sabotage(
            "sessions that were ended",
            "each look at a bystander after the fault ended with 57P01",
            BRAIN,
            UNDETERMINED,
            ANY,
            c -> looked(c, c.bystander(), Event.ProbeResult.ERROR, "57P01: FATAL: terminating")),
        new Sabotage(
            "looks that were cancelled",
            "each look at a bystander after the fault ran into a statement time-out",
            BRAIN,
            UNDETERMINED,
            ANY,
            c -> looked(c, c.bystander(), Event.ProbeResult.ERROR, "57014: ERROR: canceling")),
        new Sabotage(
            "login refused",
            "each look at a bystander after the fault was refused its login",
            BRAIN,
            UNDETERMINED,
            ANY,
            c -> looked(c, c.bystander(), Event.ProbeResult.ERROR, "28P01: FATAL: password")),
        new Sabotage(
            "two primaries, and a clock that moved",
            "the old leader commits beyond the fork, and the wall clock was set",
            BRAIN,
            MISSED,
            BranchSabotages.CHANGED,
            ServiceSabotages::clockAndTwo),
        new Sabotage(
            "one write in ten",
            "after the recovery 90 % of the writes are refused until the load ends",
            SERVICE,
            MISSED,
            ServiceSabotages::forged,
            c -> thinned(c, c.recovered().at().startNs(), Long.MAX_VALUE, 10)),
        new Sabotage(
            "every other write",
            "after the recovery half of the writes are refused until the load ends",
            SERVICE,
            MISSED,
            ServiceSabotages::forged,
            c -> thinned(c, c.recovered().at().startNs(), Long.MAX_VALUE, 2)),
        new Sabotage(
            "outage while it settles",
            "service is back, and goes again for seconds before it has settled",
            SERVICE,
            MISSED,
            ServiceSabotages::forged,
            c ->
                thinned(
                    c,
                    c.recovered().at().startNs() + 3 * SECOND / 2,
                    c.fault().at().startNs() + 14 * SECOND,
                    0)),
        new Sabotage(
            "loss that only a pinned client saw",
            "a write that the only primary acknowledged to a pinned client is absent",
            "dataLoss",
            MISSED,
            ServiceSabotages::nothingLost,
            ServiceSabotages::pinnedLost));
  }

  private static List<Event> unsent(Clean clean, String member) {
    List<Event> left =
        Edits.without(
            clean.events(), e -> e instanceof Event.Probed p && p.member().equals(member));
    return Edits.each(
        left,
        Event.Write.class,
        w -> member.equals(w.pinnedTo()) && !w.acknowledged() ? Edits.refused(w, "DY001") : w);
  }

  private static List<Event> looked(
      Clean clean, String member, Event.ProbeResult result, String error) {
    long from = clean.fault().at().startNs();
    List<Event> events =
        Edits.each(
            clean.events(),
            Event.Probed.class,
            p ->
                p.member().equals(member) && p.at().startNs() >= from
                    ? new Event.Probed(p.at(), member, result, false, 0, 0, 0, error)
                    : p);
    return Edits.neverSent(
        events, w -> member.equals(w.pinnedTo()) && w.at().endNs() >= from && w.acknowledged());
  }

  private static List<Event> clockAndTwo(Clean clean) {
    List<Event> two =
        BranchSabotages.all().stream()
            .filter(s -> s.name().equals("two primaries, by hand"))
            .findFirst()
            .orElseThrow()
            .act()
            .apply(clean);
    long after = clean.fault().at().endNs();
    return Edits.each(
        two,
        Event.WallClock.class,
        w ->
            new Event.WallClock(
                w.at(), w.epochNs() + (w.at().startNs() > after ? 10 * SECOND : 0)));
  }

  /** Of the routed writes sent in a stretch only one of so many is served; none where that is 0. */
  private static List<Event> thinned(Clean clean, long fromNs, long toNs, int oneOf) {
    Map<String, Integer> seen = new HashMap<>();
    Map<String, List<Long>> gone = new HashMap<>();
    List<Event> events =
        Edits.each(
            clean.events(),
            Event.Write.class,
            w -> {
              Interval at = w.at();
              if (!w.routed()
                  || !w.acknowledged()
                  || at.startNs() < fromNs
                  || at.startNs() >= toNs) {
                return w;
              }
              int n = seen.merge(w.writer(), 1, Integer::sum);
              if (oneOf > 0 && n % oneOf == 1) {
                return w;
              }
              gone.computeIfAbsent(w.writer(), k -> new ArrayList<>()).add(w.sequence());
              return Edits.refused(w, "08006");
            });
    Event.RowsRead read = clean.readBack();
    for (Map.Entry<String, List<Long>> of : gone.entrySet()) {
      read = Edits.reread(read, of.getKey(), of.getValue(), List.of());
    }
    return Edits.swap(events, clean.readBack(), read);
  }

  private static List<Event> pinnedLost(Clean clean) {
    Event.Write one =
        clean.of(Event.Write.class).stream()
            .filter(w -> !w.routed() && w.acknowledged())
            .filter(w -> clean.oldLeader().equals(w.member()))
            .filter(w -> w.at().endNs() < clean.fault().at().startNs())
            .findFirst()
            .orElseThrow();
    return Edits.swap(
        clean.events(),
        clean.readBack(),
        Edits.reread(clean.readBack(), one.writer(), List.of(one.sequence()), List.of()));
  }
}
