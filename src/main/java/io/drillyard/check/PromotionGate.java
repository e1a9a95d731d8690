package io.drillyard.check;

import io.drillyard.ledger.GateAsked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Is a promotion that a person orders safe now? A pure function of what the surviving side can
 * read. The other side is seen to accept writes: no. It is proved unable to: yes, if the rest
 * holds. Neither: only on somebody's attestation. What would be lost has an upper end, or there is
 * no answer: nobody can consent to what nobody knows.
 *
 * <p>A link that is cut looks the same as a site that is lost: silence proves nothing.
 */
public final class PromotionGate {
  /** A look that is older proves nothing. */
  public static final Duration LOOK_AGE_MAX = Duration.ofSeconds(15);

  /** An upper end of more than so many times the declared loss is no answer. */
  static final double RPO_TIMES_MAX = 2;

  /** By so much the clocks of both sides may differ. */
  static final double SKEW_MS = 1_000;

  /** State of a member that accepts writes. */
  public static final String PRIMARY = "primary";

  /** State of a member that is in recovery. */
  public static final String RECOVERY = "recovery";

  /** State of a member from which nothing came back. */
  public static final String SILENT = "silent";

  /** State of a member whose Patroni runs and says that PostgreSQL does not. */
  public static final String STOPPED = "stopped";

  private PromotionGate() {}

  private static final String FENCED =
      "the other side is fenced: its hosts have no power, no boot starts services, and its account is denied";

  private static final String HANDED_OVER =
      "the other side was shut down and follows when it starts, its account is denied, and the candidate holds all that its token tells";

  /** What it answers. */
  public enum Answer {
    /** The other side cannot write, and the loss is bounded. */
    SAFE,
    /** Nobody knows of the other side: a person has to attest that it is fenced. */
    OPERATOR_GATED,
    /** The other side accepts writes: nothing opens this. */
    BLOCKED,
    /** What would be lost is not known, or too much: nothing opens this either. */
    NO_ANSWER;

    /** The word in ledgers and reports. */
    public String word() {
      return this == OPERATOR_GATED ? "OPERATOR-GATED" : name().replace('_', ' ');
    }
  }

  /**
   * The answer.
   *
   * @param lossUpperMs how much would be lost at most, milliseconds; null: nobody can say
   * @param reasons in words, the one that decides first
   */
  public record Result(Answer answer, @Nullable Double lossUpperMs, List<String> reasons) {}

  /**
   * Asks it.
   *
   * @param rpoMs how much may be lost, milliseconds; null: not declared as a time
   */
  public static Result ask(GateAsked.Look look, @Nullable Double rpoMs) {
    List<String> reasons = new ArrayList<>();
    for (GateAsked.MemberSeen member : look.members()) {
      // However old: whoever wrote then may write now.
      if (member.state().equals(PRIMARY)) {
        reasons.add("%s was seen to be a primary".formatted(member.name()));
      }
    }
    List<String> doubts = new ArrayList<>();
    Double upper = lossUpperMs(look, doubts);
    if (!reasons.isEmpty()) {
      return new Result(Answer.BLOCKED, upper, reasons);
    }
    if (upper == null) {
      return new Result(Answer.NO_ANSWER, null, doubts);
    }
    if (rpoMs != null && upper > RPO_TIMES_MAX * rpoMs) {
      reasons.add(
          "up to %s would be lost, more than twice the declared %s"
              .formatted(seconds(upper), seconds(rpoMs)));
      reasons.addAll(doubts);
      return new Result(Answer.NO_ANSWER, upper, reasons);
    }
    List<String> unproved = unproved(look);
    boolean handover = look.handover() != null;
    if (rpoMs == null && !handover) {
      unproved.add("the declared loss is no time: nothing that is read can keep it");
    }
    Answer answer = unproved.isEmpty() ? Answer.SAFE : Answer.OPERATOR_GATED;
    reasons.add(unproved.isEmpty() ? handover ? HANDED_OVER : FENCED : unproved.getFirst());
    reasons.add("up to %s would be lost".formatted(seconds(upper)));
    reasons.addAll(doubts);
    return new Result(answer, upper, List.copyOf(reasons));
  }

  /** Why it is not proved that the other side cannot write; empty: it is. */
  private static List<String> unproved(GateAsked.Look look) {
    GateAsked.HandoverSeen handover = look.handover();
    return handover == null ? unfenced(look) : ableAfter(look, handover);
  }

  /** After a hand-over: PostgreSQL is down everywhere, and nobody there leads when it comes up. */
  private static List<String> ableAfter(GateAsked.Look look, GateAsked.HandoverSeen handover) {
    List<String> why = new ArrayList<>();
    if (!handover.running().isEmpty()) {
      why.add(
          "PostgreSQL runs on these members of the other side: "
              + String.join(", ", handover.running()));
    }
    why.addAll(handover.able());
    GateAsked.FenceSeen fence = look.fence();
    if (fence == null || !fence.accountDenied()) {
      why.add("the repository admits the other side's account, or was not asked");
    }
    if (stale(handover.ageMs()) || (fence != null && stale(fence.ageMs()))) {
      why.add("the other side was looked at %s ago".formatted(seconds(handover.ageMs())));
    }
    if (look.members().isEmpty()) {
      why.add("no member of the other side is known");
    }
    for (GateAsked.MemberSeen member : look.members()) {
      if (!Set.of(SILENT, STOPPED).contains(member.state())) {
        why.add("%s answers: %s".formatted(member.name(), member.state()));
      }
      if (stale(member.ageMs())) {
        why.add("%s was looked at %s ago".formatted(member.name(), seconds(member.ageMs())));
      }
      Double witnessed = handover.witnessedMs();
      if (member.state().equals(SILENT) && (witnessed == null || stale(witnessed))) {
        // What it was seen to be before the mark it may be no more: a person can start it.
        why.add(
            member.name()
                + " is silent, and nobody saw just before that it is down and cannot lead");
      }
    }
    return why;
  }

  private static List<String> unfenced(GateAsked.Look look) {
    List<String> why = new ArrayList<>();
    GateAsked.FenceSeen fence = look.fence();
    if (fence == null) {
      why.add("nobody knows whether the other side can write: it is not seen, and not fenced");
      return why;
    }
    if (!fence.powered().isEmpty()) {
      why.add("these hosts of the other side have power: " + String.join(", ", fence.powered()));
    }
    if (!fence.bootsOpen().isEmpty()) {
      why.add(
          "the next boot of these hosts of the other side starts services: "
              + String.join(", ", fence.bootsOpen()));
    }
    if (!fence.accountDenied()) {
      why.add("the repository admits the other side's account");
    }
    if (stale(fence.ageMs())) {
      why.add("the fence was looked at %s ago".formatted(seconds(fence.ageMs())));
    }
    if (look.members().isEmpty()) {
      why.add("no member of the other side is known");
    }
    for (GateAsked.MemberSeen member : look.members()) {
      // Whoever answers runs, whatever the controllers say.
      if (!member.state().equals(SILENT)) {
        why.add("%s answers: %s".formatted(member.name(), member.state()));
      }
      if (stale(member.ageMs())) {
        why.add("%s was looked at %s ago".formatted(member.name(), seconds(member.ageMs())));
      }
    }
    return why;
  }

  /**
   * The upper end that what was read gives. A candidate that followed lost nothing that is older
   * than the newest commit it replayed; what is restored nothing that is older than the last
   * segment of the way, which holds at most what the declared time-out lets it, where archiving
   * kept up.
   */
  private static @Nullable Double lossUpperMs(GateAsked.Look look, List<String> doubts) {
    GateAsked.HandoverSeen handover = look.handover();
    if (handover != null) {
      doubts.addAll(handover.unproved());
      // Who proves that he holds all that was ever acknowledged loses nothing.
      return handover.unproved().isEmpty() ? 0.0 : null;
    }
    Double age = look.follows() ? followedMs(look.standby(), doubts) : archivedMs(look, doubts);
    if (age != null && age < -SKEW_MS) {
      doubts.add("what was read is of the future: the clocks of both sides differ");
      return null;
    }
    return age == null ? null : Math.max(0, age) + SKEW_MS + Math.max(0, look.tookMs());
  }

  private static @Nullable Double followedMs(
      GateAsked.@Nullable StandbySeen standby, List<String> doubts) {
    if (standby == null) {
      doubts.add("the candidate's position was not read");
    } else if (standby.lsn() < standby.furthestLsn()) {
      doubts.add(standby.name() + " has not received what another member of its cluster has");
    } else if (standby.lastCommitAgeMs() == null) {
      doubts.add(standby.name() + " replayed no commit: nobody knows how old it is");
    } else {
      return standby.lastCommitAgeMs();
    }
    return null;
  }

  private static @Nullable Double archivedMs(GateAsked.Look look, List<String> doubts) {
    GateAsked.ArchiveSeen archive = look.archive();
    if (archive == null) {
      doubts.add("the archive was not read");
      return null;
    }
    Double age = archive.newestAgeMs();
    Double timeout = archive.timeoutMs();
    if (!archive.problems().isEmpty()) {
      doubts.add(
          "what was archived cannot be restored to its end: "
              + String.join(", ", archive.problems()));
    } else if (archive.newest() == null || age == null) {
      doubts.add("nothing was archived");
    } else if (timeout == null || timeout <= 0) {
      doubts.add("no archive_timeout is declared: a segment may stay unarchived for any time");
    } else {
      return age < -SKEW_MS ? age : Math.max(0, age) + timeout;
    }
    return null;
  }

  private static boolean stale(double ageMs) {
    return !(ageMs <= LOOK_AGE_MAX.toMillis());
  }

  private static String seconds(double ms) {
    return String.format(Locale.ROOT, "%.1f s", ms / 1e3);
  }
}
