package io.drillyard.ledger;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was done or seen during a drill.
 *
 * <p>The kinds are few and closed, so that a check can be read against this one file. All times are
 * nanoseconds since the run's origin ({@link Interval}); LSNs are unsigned 64-bit byte positions
 * (as {@link Lsn} prints them); a member is named as Patroni names it.
 */
public sealed interface Event {
  /** When it happened. */
  Interval at();

  /** Kinds that have a file of their own. */
  sealed interface Apart extends Event
      permits ArchiverSeen,
          BackupsSeen,
          ClusterRebuilt,
          EpisodeBegan,
          EtcdLeaderSeen,
          HistoryUnread,
          OrderAnswered,
          OrphanedWal,
          PatroniSeen,
          PromotionEvent,
          RepositoryListed,
          RestoreEvent,
          ServicesSeen,
          SlotConsumed,
          WalSwitched {}

  /**
   * First event of every ledger.
   *
   * @param format the ledger's format version ({@link LedgerFormat#VERSION})
   * @param wallClockAnchor the wall clock, ISO-8601 UTC, read at {@code at}; the only bridge from
   *     the monotonic clock to a calendar
   */
  record Opened(
      Interval at,
      int format,
      String runId,
      String scenario,
      String environment,
      String context,
      String disruption,
      String wallClockAnchor,
      Map<String, String> versions)
      implements Event {}

  /** Second event of every ledger since format 6: what the whole run and this drill are to be. */
  record Planned(Interval at, RunPlan run, DrillPlan drill) implements Event {}

  /** Phases: build, steady, fault, recovered, healed, converged, collect. */
  record Phase(Interval at, String name) implements Event {}

  /** A declared PostgreSQL member of a Patroni cluster; one that is told not to stream says so. */
  record Member(
      String name, String cluster, String site, String dataAddress, @Nullable Boolean archiveOnly) {
    /** One that streams. */
    public Member(String name, String cluster, String site, String dataAddress) {
      this(name, cluster, site, dataAddress, null);
    }
  }

  /**
   * Who takes part, and where the leaders stood when the load began.
   *
   * @param leader Patroni leader at the start
   * @param etcdLeader host of the etcd leader at the start
   * @param synchronous Patroni's effective {@code synchronous_mode} is on or quorum
   */
  record Topology(
      Interval at,
      List<Member> members,
      @Nullable String leader,
      @Nullable String etcdLeader,
      boolean synchronous,
      String storage)
      implements Event {}

  /**
   * One client transaction that inserts (writer, sequence).
   *
   * @param at from sent to returned
   * @param scheduledNs when the open-loop schedule wanted it; latency counts from here
   * @param writer client name, unique in the run, e.g. {@code routed@onprem}
   * @param pinnedTo the one member a pinned writer talks to; null for a routed one
   * @param sequence of this writer, from 1, never reused
   * @param member who served it, when it answered
   * @param timeline from the current WAL file name, read in the write's own transaction; 0 unknown
   * @param lsn WAL insert position read in that transaction, before its commit record; 0 unknown
   * @param xid transaction id; 0 unknown
   * @param sqlState of the error, when there was one
   * @param warning SQLSTATE and text of a server warning beside an acknowledgement (for example a
   *     cancelled synchronous wait)
   */
  record Write(
      Interval at,
      long scheduledNs,
      String writer,
      String site,
      @Nullable String pinnedTo,
      long sequence,
      WriteOutcome outcome,
      @Nullable String member,
      int timeline,
      long lsn,
      long xid,
      @Nullable String sqlState,
      @Nullable String warning)
      implements Event {
    /** True for a client that goes through the declared route. */
    public boolean routed() {
      return pinnedTo == null;
    }

    /** True when the server acknowledged the commit. */
    public boolean acknowledged() {
      return outcome == WriteOutcome.ACKNOWLEDGED;
    }
  }

  /** What one probe of one member came to. */
  enum ProbeResult {
    /** A transaction committed here. */
    COMMITTED,
    /** The member answered and did not let it commit (standby, read-only). */
    READ_ONLY,
    /** No connection. */
    UNREACHABLE,
    /** Sent, and no answer within the probe's limit. */
    HUNG,
    /** Any other error. */
    ERROR
  }

  /**
   * One look at one member over the management network, independent of Patroni and of the workload.
   *
   * @param inRecovery what {@code pg_is_in_recovery()} said in this very look, where the result is
   *     READ_ONLY; elsewhere what was known before
   * @param lsn current WAL position (primary) or last received position (standby); 0 unknown
   * @param replayLsn last replayed position on a standby; 0 unknown or primary
   * @param error SQLSTATE and the beginning of the text, where there was one
   */
  record Probed(
      Interval at,
      String member,
      ProbeResult result,
      boolean inRecovery,
      int timeline,
      long lsn,
      long replayLsn,
      @Nullable String error)
      implements Event {
    /** Application name of the sessions that probe. */
    public static final String SESSION = "drillyard probe";

    /** SQLSTATE of a server that starts, recovers or shuts down, and takes no connection. */
    public static final String CANNOT_CONNECT_NOW = "57P03";

    /** In the error of a look whose connection was refused: no server listens. */
    public static final String REFUSED = "refused";
  }

  /**
   * A read-only session of its own saw the backends of these sessions wait for synchronous
   * replication ({@code pg_stat_activity.wait_event} is {@code SyncRep}): what they had sent was
   * not acknowledged then.
   *
   * @param sessions application names, each once
   */
  record SyncWait(Interval at, String member, List<String> sessions) implements Event {}

  /**
   * One row of a member's pg_stat_replication.
   *
   * @param member its application_name, which anybody can choose
   * @param address where it comes from; null in older ledgers, and for a local socket
   */
  record Standby(
      String member,
      String state,
      String syncState,
      long flushLsn,
      long replayLsn,
      @Nullable String address) {
    /** As an older ledger tells it. */
    public Standby(String member, String state, String syncState, long flushLsn, long replayLsn) {
      this(member, state, syncState, flushLsn, replayLsn, null);
    }
  }

  /** What a primary says of its standbys; {@code lsn} is its current WAL position. */
  record Standbys(Interval at, String member, long lsn, List<Standby> standbys) implements Event {}

  /** The same said by a standby of those that stream from it; {@code lsn} is what it received. */
  record Relayed(Interval at, String member, long lsn, List<Standby> standbys) implements Event {}

  /**
   * The leader key of one Patroni cluster changed, or was read for the first time.
   *
   * @param cluster Patroni scope
   * @param holder null: the key is gone
   * @param revision etcd's revision of the change
   */
  record LeaderKey(Interval at, String cluster, @Nullable String holder, long revision)
      implements Event {}

  /** One line of a timeline history file: that timeline ended at that LSN. */
  record Fork(int parentTimeline, long lsn) {}

  /**
   * A timeline's history as one source tells it.
   *
   * @param source {@code member}, {@code dcs} or {@code repository}
   * @param name the member, the cluster or the repository path it was read from
   * @param systemIdentifier of pg_controldata or the archive's information; empty when unknown
   * @param timeline whose history it is; of the DCS 0, since it does not say (in older ledgers a
   *     guess)
   * @param forks oldest first; of the DCS perhaps only the last ones
   */
  record HistorySeen(
      Interval at,
      String source,
      String name,
      String systemIdentifier,
      int timeline,
      List<Fork> forks)
      implements Event {}

  /** A setting of a member, or of a cluster (Patroni's dynamic one), as asked and in effect. */
  record SettingSeen(
      Interval at, String subject, String name, @Nullable String asked, String effective)
      implements Event {}

  /**
   * A fault was applied (its commands ran; whether it took hold, witnesses say).
   *
   * @param at start: before the first command of it; end: once it was fully in force as seen from
   *     outside (for a power-off: the last link silent; else after the last command returned)
   * @param fault the name the scenario gave it
   * @param type of the fault, e.g. {@code power-off}, {@code cut}, {@code freeze}, {@code
   *     switchover}
   * @param plane its group: network, process, host, storage, clock, consensus, operator, load;
   *     older ledgers say order for a switchover
   * @param targets hosts it acts on
   * @param momentary true: done at once and never healed by the harness; absent in older ledgers
   * @param aim the parts that it was aimed at, and the hosts that the harness took for them; absent
   *     in older ledgers
   * @param signals what it ends, from its start until its heal; absent in older ledgers
   */
  record Injected(
      Interval at,
      String fault,
      String type,
      String plane,
      List<String> targets,
      String description,
      @Nullable Boolean momentary,
      @Nullable Map<String, List<String>> aim,
      @Nullable List<SentSignal> signals)
      implements Event {
    /** Faults that only prepare the ground (such as making a standby lag) are named so. */
    public static final String PREPARATION = "prepare-";

    /** As an older ledger tells it: held, unless it is an order. */
    public Injected(
        Interval at,
        String fault,
        String type,
        String plane,
        List<String> targets,
        String description) {
      this(at, fault, type, plane, targets, description, null);
    }

    /** The same, held or not. */
    public Injected(
        Interval at,
        String fault,
        String type,
        String plane,
        List<String> targets,
        String description,
        @Nullable Boolean momentary) {
      this(at, fault, type, plane, targets, description, momentary, null, null);
    }

    /** True for one that only prepares the ground for the fault that is judged. */
    public boolean prepares() {
      return fault.startsWith(PREPARATION);
    }

    /** True for one that holds nothing: it is never healed by the harness. */
    public boolean holdsNothing() {
      return momentary == null ? plane.equals("order") : momentary;
    }
  }

  /** Whether one end reaches another's server on a plane: CONNECTED, REFUSED, SILENT, UNKNOWN. */
  record Reached(String from, String to, String plane, String result) {
    /** True when packets pass both ways; false also when it is not known. */
    public boolean passes() {
      return result.equals("CONNECTED") || result.equals("REFUSED");
    }
  }

  /**
   * Who reaches whom, on every plane, tried for real over the data network.
   *
   * @param moment {@code before}, {@code during} or {@code after}
   * @param fault the name of the fault that it is about
   */
  record Reachability(Interval at, String moment, String fault, List<Reached> paths)
      implements Event {}

  /** The undo of a fault ran: from before its first command until its cause was gone. */
  record Healed(Interval at, String fault) implements Event {}

  /**
   * An independent look at whether a fault is in force.
   *
   * @param holds true: seen in force; false: seen not in force
   * @param expected what the drill needs it to be now: true while held, false after healing
   */
  record Witnessed(
      Interval at, String fault, boolean expected, boolean holds, String witness, String detail)
      implements Event {}

  /**
   * Somebody did something on purpose that is not a fault.
   *
   * @param actor {@code operator}, {@code harness} or a name
   * @param verb {@code approve-promotion}, {@code promote}, {@code switchover}, {@code fence},
   *     {@code restore}, {@code redirect-clients}, {@code backup} …
   * @param subject cluster, member or site it concerns
   */
  record Action(Interval at, String actor, String verb, String subject, String detail)
      implements Event {}

  /**
   * A bounded wait of the scenario ended. {@code fulfilled} false: its limit passed first.
   *
   * @param mayFail why the plan lets it pass in vain; absent: it does not
   */
  record Awaited(
      Interval at,
      String condition,
      boolean fulfilled,
      long limitNs,
      String detail,
      @Nullable String mayFail)
      implements Event {}

  /** A run of consecutive sequences, both ends included. */
  record Span(long from, long to) {}

  /** The rows of one writer that a database holds. */
  record Rows(String writer, List<Span> present, List<Long> duplicated) {}

  /**
   * Rows read back from one member.
   *
   * @param purpose {@code survivors}: the final read from the surviving leader after convergence;
   *     {@code diverged}: read from an old primary before healing
   * @param timeline it served at that time
   * @param lsn its WAL position when read
   */
  record RowsRead(
      Interval at, String purpose, String member, int timeline, long lsn, List<Rows> rows)
      implements Event {}

  /** The wall clock against the monotonic one, about ten times a second. */
  record WallClock(Interval at, long epochNs) implements Event {}

  /** The harness itself did not run for a while: it was blind and slow for up to that time. */
  record Stalled(Interval at, long lateNs) implements Event {}

  /** Anything a reader should know. {@code level}: info, warning, error. */
  record Note(Interval at, String level, String text) implements Event {}

  /** What was collected when everything was over; before {@code closed}, since format 6. */
  record Facts(Interval at, DrillFacts facts) implements Event {}

  /**
   * Last event of a complete ledger. A ledger without it was cut off.
   *
   * @param end {@code complete}, {@code interrupted} or {@code failed}
   * @param reason for an end that is not complete
   */
  record Closed(Interval at, String end, @Nullable String reason) implements Event {}
}
