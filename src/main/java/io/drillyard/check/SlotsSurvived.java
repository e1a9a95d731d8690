package io.drillyard.check;

import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Lsn;
import io.drillyard.ledger.SlotConsumed;
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

  /** A slot that was not looked at for so long before the last commit is not known to be there. */
  private static final long STALE_NS = 15_000_000_000L;

  @Override
  public String name() {
    return NAME;
  }

  /** True where slots are declared for a cluster in which one member followed on another. */
  static boolean applies(LedgerViews history) {
    return !changed(history).isEmpty();
  }

  /** Those clusters, each with its slots. */
  private static Map<String, Set<String>> changed(LedgerViews history) {
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
  private static List<String> leaders(LedgerViews history, String cluster) {
    return history.spells().stream()
        .sorted(Comparator.comparingLong(MemberCommitSpan::lastSentNs).reversed())
        .map(MemberCommitSpan::member)
        .filter(m -> cluster.equals(history.cluster(m)))
        .distinct()
        .toList();
  }

  /** Slots that were asked for, by what was recorded of each cluster's configuration. */
  private static Map<String, Set<String>> declared(LedgerViews history) {
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
  public Finding judge(LedgerViews history, Target target) {
    return CheckGuard.judge(NAME, history, target, SlotsSurvived::assess);
  }

  private static Finding assess(LedgerViews history, Target target) {
    FindingBuilder draft =
        new FindingBuilder(NAME, "every declared slot goes on where its consumer had come to");
    Finding worst = null;
    List<String> good = new ArrayList<>();
    for (Map.Entry<String, Set<String>> cluster : changed(history).entrySet()) {
      for (String slot : cluster.getValue()) {
        for (Finding finding : judge(draft, history, cluster.getKey(), slot)) {
          if (finding.verdict() == Verdict.MET) {
            good.add(finding.summary());
          } else if (worst == null || finding.verdict() == Verdict.MISSED) {
            worst = finding;
          }
        }
      }
    }
    return worst != null ? worst : draft.met("slots-survived", String.join("; ", good));
  }

  /** What became of a slot at each change of the leader, and how it was last seen. */
  private static List<Finding> judge(
      FindingBuilder draft, LedgerViews history, String cluster, String slot) {
    String leader = leaders(history, cluster).getFirst();
    List<Finding> findings = new ArrayList<>();
    SlotConsumed before = null;
    SlotConsumed last = null;
    boolean unanswered = false;
    for (SlotConsumed each : history.of(SlotConsumed.class)) {
      if (!each.slot().equals(slot) || !cluster.equals(history.cluster(each.member()))) {
        continue;
      }
      last = each;
      String problem = each.problem();
      if (problem != null) {
        unanswered |= !isBad(problem);
        continue;
      }
      if (before != null && !before.member().equals(each.member())) {
        findings.add(goesOn(draft, history, before, each, unanswered));
      }
      before = each;
      unanswered = false;
    }
    Finding end = atTheEnd(draft, history, slot, leader, last);
    // What was never there was not lost, and what was never there before did not go on.
    if (before == null || (findings.isEmpty() && end.verdict() == Verdict.MET)) {
      return List.of(
          draft.undetermined(
              "slot-never-seen", "slot %s was not seen on any leader before".formatted(slot)));
    }
    findings.add(end);
    return findings;
  }

  private static Finding atTheEnd(
      FindingBuilder draft,
      LedgerViews history,
      String slot,
      String leader,
      @Nullable SlotConsumed last) {
    if (last == null || !last.member().equals(leader)) {
      return draft.undetermined(
          "slot-not-looked-at", "nobody looked for slot %s on %s".formatted(slot, leader));
    }
    String problem = last.problem();
    if (problem == null) {
      return lastServed(history, leader) - last.at().endNs() > STALE_NS
          ? draft.undetermined(
              "slot-not-looked-at",
              "slot %s was not looked at on %s until the end".formatted(slot, leader))
          : draft.met("slot-there", "slot %s is on %s".formatted(slot, leader));
    }
    String summary = "slot %s on %s: %s".formatted(slot, leader, problem);
    return isBad(problem)
        ? draft.missed("slot-gone", summary)
        : draft.undetermined("slot-not-moved", summary);
  }

  /** What the member itself says of the slot; anything else is an order that was not answered. */
  private static boolean isBad(String problem) {
    return problem.equals(SlotConsumed.GONE) || problem.equals(SlotConsumed.LOST);
  }

  private static long lastServed(LedgerViews history, String member) {
    return history.spells().stream()
        .filter(spell -> spell.member().equals(member))
        .mapToLong(MemberCommitSpan::lastSentNs)
        .max()
        .orElse(0);
  }

  /**
   * What was confirmed behind the place where the branches part is nothing on the new one.
   *
   * @param unanswered an order to move it was sent after {@code before}, and may have been carried
   *     out: then more was confirmed than is known
   */
  private static Finding goesOn(
      FindingBuilder draft,
      LedgerViews history,
      SlotConsumed before,
      SlotConsumed first,
      boolean unanswered) {
    String slot = first.slot();
    MemberCommitSpan old = at(history, before);
    MemberCommitSpan now = at(history, first);
    TimelineBranch branch = now == null ? null : now.branch();
    if (first.fromLsn() == 0 || old == null || now == null || branch == null) {
      return draft.undetermined(
          "position-not-known",
          "where slot %s went on at %s is not known".formatted(slot, first.member()));
    }
    long confirmed = before.toLsn();
    for (Event.Fork fork : branch.forks()) {
      if (fork.parentTimeline() == old.timeline()
          && Long.compareUnsigned(fork.lsn(), confirmed) < 0) {
        confirmed = fork.lsn();
      }
    }
    long skipped = first.fromLsn() - confirmed;
    if (unanswered && Long.compareUnsigned(first.fromLsn(), confirmed) > 0) {
      return draft.undetermined(
          "confirmed-in-doubt",
          "slot %s goes on at %s on %s, and what its consumer confirmed last was not answered"
              .formatted(slot, Lsn.format(first.fromLsn()), first.member()));
    }
    if (Long.compareUnsigned(first.fromLsn(), confirmed) > 0) {
      return draft.missed(
          "slot-skips",
          "slot %s goes on at %s on %s, %d bytes behind %s, which its consumer had come to: it was made anew"
              .formatted(
                  slot,
                  Lsn.format(first.fromLsn()),
                  first.member(),
                  skipped,
                  Lsn.format(confirmed)));
    }
    return draft.met(
        "slot-survived",
        "slot %s goes on at %s on %s; its consumer had come to %s: %d bytes are sent again"
            .formatted(
                slot,
                Lsn.format(first.fromLsn()),
                first.member(),
                Lsn.format(confirmed),
                -skipped));
  }

  /** As what a member served when its slot was looked at: its spell of then, or the next one. */
  private static @Nullable MemberCommitSpan at(LedgerViews history, SlotConsumed look) {
    MemberCommitSpan found = null;
    for (MemberCommitSpan spell : history.spells()) {
      if (spell.member().equals(look.member())
          && (found == null || spell.firstSentNs() <= look.at().endNs())) {
        found = spell;
      }
    }
    return found;
  }
}
