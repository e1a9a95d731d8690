package io.drillyard.check;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Lsn;
import io.drillyard.ledger.SlotConsumed;
import io.drillyard.target.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * After a failover every declared replication slot is on the leader that serves, and goes on from
 * where its consumer had come to, or from before that: what is sent twice costs time, what is
 * skipped is lost to the consumer, who is not told.
 *
 * <p>Patroni promises it for the slots of its configuration ({@code slots}); it makes a slot anew
 * where there is none, and one that was made anew begins behind what nobody will send any more.
 */
public final class SlotsSurvived implements Check {
  /** Its name in plans and reports. */
  public static final String NAME = "slotsSurvived";

  private static final String DECLARED = "slots.";

  @Override
  public String name() {
    return NAME;
  }

  /** True where slots are declared for a cluster in which one member followed on another. */
  static boolean applies(History history) {
    return !changed(history).isEmpty();
  }

  /** Those clusters, each with its slots. */
  private static Map<String, Set<String>> changed(History history) {
    Map<String, Set<String>> slots = declared(history);
    try {
      slots.keySet().removeIf(cluster -> leaders(history, cluster).size() < 2);
    } catch (RuntimeException e) {
      // A forged ledger can hold anything; whoever judges it says so.
      return slots;
    }
    return slots;
  }

  /** Members of a cluster that accepted commits, in the order of their last ones. */
  private static List<String> leaders(History history, String cluster) {
    return history.spells().stream()
        .sorted(Comparator.comparingLong(Spell::lastSentNs).reversed())
        .map(Spell::member)
        .filter(m -> cluster.equals(history.cluster(m)))
        .distinct()
        .toList();
  }

  /** Slots that were asked for, by what was recorded of each cluster's configuration. */
  private static Map<String, Set<String>> declared(History history) {
    Map<String, Set<String>> slots = new TreeMap<>();
    for (Event.SettingSeen seen : history.of(Event.SettingSeen.class)) {
      if (seen.name().startsWith(DECLARED) && seen.asked() != null) {
        slots
            .computeIfAbsent(seen.subject(), s -> new TreeSet<>())
            .add(seen.name().substring(DECLARED.length()));
      }
    }
    return slots;
  }

  @Override
  public Finding judge(History history, Target target) {
    return Guard.judge(NAME, history, target, SlotsSurvived::assess);
  }

  private static Finding assess(History history, Target target) {
    Draft draft = new Draft(NAME, "every declared slot goes on where its consumer had come to");
    Finding worst = null;
    List<String> good = new ArrayList<>();
    for (Map.Entry<String, Set<String>> cluster : changed(history).entrySet()) {
      String leader = leaders(history, cluster.getKey()).getFirst();
      for (String slot : cluster.getValue()) {
        Finding finding = judge(draft, history, leader, slot);
        if (finding.verdict() == Verdict.MET) {
          good.add(finding.summary());
        } else if (worst == null || finding.verdict() == Verdict.MISSED) {
          worst = finding;
        }
      }
    }
    return worst != null ? worst : draft.met("slots-survived", String.join("; ", good));
  }

  private static Finding judge(Draft draft, History history, String leader, String slot) {
    SlotConsumed before = null;
    SlotConsumed first = null;
    SlotConsumed last = null;
    for (SlotConsumed each : history.of(SlotConsumed.class)) {
      if (!each.slot().equals(slot)) {
        continue;
      }
      if (!each.member().equals(leader)) {
        // A leader that came and went in between begins the comparison anew.
        before = each.problem() == null ? each : before;
        first = null;
        last = null;
      } else {
        first = first == null && each.problem() == null ? each : first;
        last = each;
      }
    }
    return verdict(draft, slot, leader, before, first, last);
  }

  private static Finding verdict(
      Draft draft,
      String slot,
      String leader,
      @Nullable SlotConsumed before,
      @Nullable SlotConsumed first,
      @Nullable SlotConsumed last) {
    if (before == null) {
      return draft.undetermined(
          "slot-never-seen", "slot %s was not seen on any leader before".formatted(slot));
    }
    if (last == null) {
      return draft.undetermined(
          "slot-not-looked-at", "nobody looked for slot %s on %s".formatted(slot, leader));
    }
    if (last.problem() != null) {
      return draft.missed("slot-gone", "slot %s on %s: %s".formatted(slot, leader, last.problem()));
    }
    if (first == null || first.fromLsn() == 0) {
      return draft.undetermined(
          "position-not-known", "where slot %s went on at %s is not known".formatted(slot, leader));
    }
    long skipped = first.fromLsn() - before.toLsn();
    if (Long.compareUnsigned(first.fromLsn(), before.toLsn()) > 0) {
      return draft.missed(
          "slot-skips",
          "slot %s goes on at %s on %s, %d bytes behind %s, which its consumer had come to: it was made anew"
              .formatted(
                  slot, Lsn.format(first.fromLsn()), leader, skipped, Lsn.format(before.toLsn())));
    }
    return draft.met(
        "slot-survived",
        "slot %s goes on at %s on %s; its consumer had come to %s: %d bytes are sent again"
            .formatted(
                slot, Lsn.format(first.fromLsn()), leader, Lsn.format(before.toLsn()), -skipped));
  }
}
