package io.drillyard.probe;

import io.drillyard.ledger.Ledger;
import io.drillyard.ledger.SlotConsumed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Consumes the declared replication slots of a cluster: once a second each is moved, on the member
 * that leads, up to what was flushed there. So a slot has a position that somebody depends on, as
 * one has at home, and where a new leader goes on can be compared with it.
 */
final class SlotConsumer implements AutoCloseable {
  private static final Duration PACE = Duration.ofSeconds(1);
  private static final Duration SILENCE = Duration.ofSeconds(2);
  private static final String STANDS =
      "SELECT pg_is_in_recovery(), s.slot_name, coalesce(confirmed_flush_lsn, restart_lsn)::text,"
          + " wal_status FROM (SELECT 1) AS one"
          + " LEFT JOIN pg_replication_slots s ON s.slot_name = ?";
  private static final String MOVE =
      "SELECT end_lsn::text FROM pg_replication_slot_advance(?, pg_current_wal_flush_lsn())";

  private final Ledger ledger;
  private final Map<String, String> slots;
  private final SuperuserLogin login;
  private final Supplier<@Nullable MemberAddress> leader;
  private final ProbeLoop loop;

  /**
   * Starts to consume.
   *
   * @param slots by name, the database of a logical one; empty for a physical one
   * @param leader who leads now; null: nobody is known to
   */
  @SuppressWarnings("this-escape")
  SlotConsumer(
      Ledger ledger,
      String scope,
      Map<String, String> slots,
      SuperuserLogin login,
      Supplier<@Nullable MemberAddress> leader) {
    this.ledger = ledger;
    this.slots = Map.copyOf(slots);
    this.login = login;
    this.leader = leader;
    this.loop = new ProbeLoop("slots of " + scope, ledger, PACE, this::look);
  }

  private void look() {
    MemberAddress member = leader.get();
    if (member != null) {
      slots.forEach((slot, database) -> consume(member, slot, database));
    }
  }

  private void consume(MemberAddress member, String slot, String database) {
    SuperuserLogin own =
        database.isEmpty() ? login : new SuperuserLogin(login.user(), login.password(), database);
    long start = ledger.now();
    try (Connection connection = own.connect(member, "drillyard slot", SILENCE)) {
      SlotConsumed seen = consumed(connection, member.name(), slot, start);
      if (seen != null) {
        ledger.append(seen);
      }
    } catch (SQLException e) {
      // Nobody answered, or it is in recovery: others say what the member is like.
    }
  }

  /** Null while the member is in recovery: what it has then is another's copy. */
  private @Nullable SlotConsumed consumed(
      Connection connection, String member, String slot, long start) throws SQLException {
    long from = 0;
    String problem = null;
    try (PreparedStatement stands = connection.prepareStatement(STANDS)) {
      stands.setString(1, slot);
      try (ResultSet row = stands.executeQuery()) {
        row.next();
        if (row.getBoolean(1)) {
          return null;
        }
        if (row.getString(2) == null) {
          problem = SlotConsumed.GONE;
        } else {
          from = WalPosition.lsn(row.getString(3));
          problem = "lost".equals(row.getString(4)) ? SlotConsumed.LOST : null;
        }
      }
    }
    long to = 0;
    if (problem == null) {
      try (PreparedStatement move = connection.prepareStatement(MOVE)) {
        move.setString(1, slot);
        try (ResultSet row = move.executeQuery()) {
          row.next();
          to = WalPosition.lsn(row.getString(1));
        }
      } catch (SQLException e) {
        problem = "not moved, SQLSTATE " + e.getSQLState();
      }
    }
    return new SlotConsumed(ledger.since(start), member, slot, from, to, problem);
  }

  @Override
  public void close() {
    loop.close();
  }
}
