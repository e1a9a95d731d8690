package io.drillyard.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gate before a promotion that a person orders was asked: is it safe now? It answers by what
 * the surviving side could read, never by what the harness sees besides.
 *
 * @param at from the first look to the answer
 * @param cluster scope of the cluster that is to be promoted
 * @param other scope of the one that it takes over from
 * @param rpoMs how much may be lost at most, milliseconds, as declared; null: not declared as a
 *     time
 * @param answer one of {@code SAFE}, {@code OPERATOR-GATED}, {@code BLOCKED}, {@code NO ANSWER}
 * @param lossUpperMs how much would be lost at most, milliseconds; null: nobody can say
 * @param reasons in words, the one that decides first
 * @param attested who attested that the other side cannot write, where that was asked for; null:
 *     nobody
 * @param leftOut why the promotion went on against the answer, in a control; null: it did not
 */
public record GateAsked(
    Interval at,
    String cluster,
    String other,
    Look look,
    @Nullable Double rpoMs,
    String answer,
    @Nullable Double lossUpperMs,
    List<String> reasons,
    @Nullable String attested,
    @Nullable String leftOut)
    implements PromotionEvent {

  /**
   * What the surviving side read.
   *
   * @param members each member of every other cluster, by a look of its own
   * @param fence what the out-of-band controllers and the repository say of the other side; null:
   *     they were not asked
   * @param follows the candidate follows the other side by itself: what it has not received is not
   *     restored from anywhere
   * @param standby the candidate's position, where it follows; null: it was not read
   * @param archive what the other side archived, where the candidate is restored from there; null:
   *     it was not read
   * @param tookMs how long reading took: what was read first is so old
   * @param handover what is known of the other side in a planned hand-over; null: it is none
   */
  public record Look(
      List<MemberSeen> members,
      @Nullable FenceSeen fence,
      boolean follows,
      @Nullable StandbySeen standby,
      @Nullable ArchiveSeen archive,
      double tookMs,
      @Nullable HandoverSeen handover) {
    /** Where nobody handed over. */
    public Look(
        List<MemberSeen> members,
        @Nullable FenceSeen fence,
        boolean follows,
        @Nullable StandbySeen standby,
        @Nullable ArchiveSeen archive,
        double tookMs) {
      this(members, fence, follows, standby, archive, tookMs, null);
    }

    /** The same, when so many more milliseconds have passed. */
    public Look aged(double ms) {
      return new Look(
          members.stream().map(m -> new MemberSeen(m.name(), m.state(), m.ageMs() + ms)).toList(),
          fence == null
              ? null
              : new FenceSeen(
                  fence.accountDenied(), fence.powered(), fence.bootsOpen(), fence.ageMs() + ms),
          follows,
          standby,
          archive,
          tookMs + ms,
          handover == null ? null : handover.aged(ms));
    }
  }

  /**
   * The other side was shut down for a hand-over, and left a token.
   *
   * @param token its id
   * @param unproved why the candidate does not hold the token's history, in words; empty: it does
   * @param running names of the other side's members whose Patroni says that PostgreSQL runs
   * @param able why the other side could lead, in words, of members that answer; empty: it cannot
   * @param ageMs of the oldest of these looks
   * @param witnessedMs since somebody saw all of it shut down and unable to lead, before the token
   *     was spent; null: nobody did
   */
  public record HandoverSeen(
      String token,
      List<String> unproved,
      List<String> running,
      List<String> able,
      double ageMs,
      @Nullable Double witnessedMs) {
    private HandoverSeen aged(double ms) {
      return new HandoverSeen(
          token,
          unproved,
          running,
          able,
          ageMs + ms,
          witnessedMs == null ? null : (Double) (witnessedMs + ms));
    }
  }

  /**
   * A member of the other side.
   *
   * @param state {@code primary}, {@code recovery}, {@code silent} (nothing came back) or another
   *     word, which proves nothing
   * @param ageMs of the look, when the gate answered
   */
  public record MemberSeen(String name, String state, double ageMs) {}

  /**
   * Whether the other side can write.
   *
   * @param accountDenied the repository denies its account
   * @param powered names of its hosts that have power
   * @param bootsOpen names of its hosts whose next boot would start services
   * @param ageMs of the oldest of these looks
   */
  public record FenceSeen(
      boolean accountDenied, List<String> powered, List<String> bootsOpen, double ageMs) {}

  /**
   * A candidate that followed.
   *
   * @param name of the member that would lead
   * @param lsn that it received
   * @param furthestLsn the furthest that any member of its cluster received
   * @param lastCommitAgeMs time since the newest commit that it replayed was made, by the clocks of
   *     both sides; null: it replayed none
   */
  public record StandbySeen(
      String name, long lsn, long furthestLsn, @Nullable Double lastCommitAgeMs) {}

  /**
   * What was archived.
   *
   * @param newest name of the last WAL segment that a restore would reach; null: there is none
   * @param newestAgeMs since it arrived
   * @param problems why the way from the newest backup to there is not whole, in words
   * @param timeoutMs after which a segment is archived that is not full, as declared; null: never
   */
  public record ArchiveSeen(
      @Nullable String newest,
      @Nullable Double newestAgeMs,
      List<String> problems,
      @Nullable Double timeoutMs) {}
}
