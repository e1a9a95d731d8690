package io.drillyard.bench;

import io.drillyard.ledger.PacedWait;
import io.drillyard.play.BenchSystem;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A client that has been trying to insert since before the hosts began to start, and notes when its
 * first commit was acknowledged.
 */
final class FirstWrite implements AutoCloseable {
  private static final Duration PACE = Duration.ofMillis(20);
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Thread thread;
  private volatile long acknowledgedNanoTime;

  private FirstWrite(BenchSystem system) {
    thread = Thread.ofVirtual().name("first write").start(() -> run(system));
  }

  static FirstWrite await(BenchSystem system) {
    return new FirstWrite(system);
  }

  private void run(BenchSystem system) {
    long startNs = System.nanoTime();
    try {
      while (System.nanoTime() - startNs < LIMIT.toNanos()) {
        if (inserted(system)) {
          acknowledgedNanoTime = System.nanoTime();
          return;
        }
        PacedWait.pause(PACE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean inserted(BenchSystem system) {
    try (Connection connection = system.connectToFirstMember();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS first_write (at timestamptz)");
      statement.execute("INSERT INTO first_write VALUES (now())");
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  double secondsSince(long startNanoTime) throws InterruptedException {
    if (!thread.join(LIMIT) || acknowledgedNanoTime == 0) {
      throw new IllegalStateException("no write was acknowledged within " + LIMIT);
    }
    return (acknowledgedNanoTime - startNanoTime) / 1e9;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
