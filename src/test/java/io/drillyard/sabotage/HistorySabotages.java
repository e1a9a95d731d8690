package io.drillyard.sabotage;

import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static io.drillyard.sabotage.BranchSabotages.CHANGED;
import static io.drillyard.sabotage.Sabotage.ANY;

import io.drillyard.check.Verdict;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.HistoryUnread;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Histories that only files tell, and commits that only their positions betray. */
final class HistorySabotages {
  private static final String CHECK = "noSplitBrain";
  private static final long MS = 1_000_000L;

  private HistorySabotages() {}

  static List<Sabotage> all() {
    return List.of(
        branch(
            "the archive tells otherwise",
            "an archived history of the surviving timeline names another fork, and no system",
            MISSED,
            CHANGED,
            c -> Edits.with(c.events(), archived(c))),
        branch(
            "history that cannot be read",
            "a member's file is cut off in its last line",
            UNDETERMINED,
            ANY,
            c ->
                Edits.with(
                    c.events(),
                    new HistoryUnread(
                        c.events().getLast().at(),
                        "member",
                        c.bystander(),
                        2,
                        "timeline history: its last line is cut off"))),
        branch(
            "history that leads nowhere",
            "a member's file of timeline 9 has no line",
            UNDETERMINED,
            ANY,
            c ->
                Edits.with(
                    c.events(),
                    new Event.HistorySeen(
                        c.readBack().at(),
                        "member",
                        c.bystander(),
                        real(c).systemIdentifier(),
                        9,
                        List.of()))),
        branch(
            "the DCS knows another branch",
            "Patroni's history tells of a fork that no member and no archive knows",
            UNDETERMINED,
            CHANGED,
            c -> Edits.with(c.events(), dcs(c))),
        branch(
            "commit exactly at the fork",
            "a probe of the old leader commits there after the new one served",
            UNDETERMINED,
            CHANGED,
            c -> Edits.with(c.events(), atTheFork(c))),
        branch(
            "one number served in turn",
            "after the new leader's last commit a bystander goes on from before its first",
            MISSED,
            CHANGED,
            c -> Edits.with(c.events(), inTurn(c))));
  }

  private static Sabotage branch(
      String name,
      String what,
      Verdict expected,
      Predicate<Clean> fits,
      Function<Clean, List<Event>> act) {
    return new Sabotage(name, what, CHECK, expected, fits, act);
  }

  /** The new leader's own history. */
  private static Event.HistorySeen real(Clean clean) {
    return clean.of(Event.HistorySeen.class).stream()
        .filter(h -> h.name().equals(clean.newLeader()) && h.source().equals("member"))
        .filter(h -> h.timeline() == clean.readBack().timeline())
        .findFirst()
        .orElseThrow();
  }

  private static Event.Fork moved(Clean clean) {
    Event.Fork fork = real(clean).forks().getLast();
    return new Event.Fork(fork.parentTimeline(), fork.lsn() - 4096);
  }

  private static String cluster(Clean clean) {
    return clean.of(Event.Topology.class).getFirst().members().stream()
        .filter(m -> m.name().equals(clean.newLeader()))
        .findFirst()
        .orElseThrow()
        .cluster();
  }

  private static Event.HistorySeen archived(Clean clean) {
    String cluster = cluster(clean);
    return new Event.HistorySeen(
        clean.readBack().at(),
        "repository",
        "pgbackrest/%s/archive/%s/17-1/00000002.history".formatted(cluster, cluster),
        "",
        real(clean).timeline(),
        List.of(moved(clean)));
  }

  private static Event.HistorySeen dcs(Clean clean) {
    return new Event.HistorySeen(
        clean.readBack().at(), "dcs", cluster(clean), "", 0, List.of(moved(clean)));
  }

  private static Event.Probed atTheFork(Clean clean) {
    Event.Fork fork = real(clean).forks().getLast();
    long from = clean.recovered().at().endNs() + Edits.SECOND;
    return new Event.Probed(
        new Interval(from, from + 3 * MS),
        clean.oldLeader(),
        Event.ProbeResult.COMMITTED,
        false,
        fork.parentTimeline(),
        fork.lsn(),
        0,
        null);
  }

  private static List<Event> inTurn(Clean clean) {
    long last = 0;
    for (Event event : clean.events()) {
      boolean commit = event instanceof Event.Write || event instanceof Event.Probed;
      last = commit ? Math.max(last, event.at().endNs()) : last;
    }
    List<Event> writes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Interval at = new Interval(last + (2 * i + 1) * MS, last + (2 * i + 2) * MS);
      writes.add(
          new Event.Write(
              at,
              at.startNs(),
              "pinned:" + clean.bystander() + "@hand",
              "a",
              clean.bystander(),
              i + 1L,
              WriteOutcome.ACKNOWLEDGED,
              clean.bystander(),
              clean.readBack().timeline(),
              clean.recovered().lsn() + i,
              i + 1L,
              null,
              null));
    }
    return writes;
  }
}
