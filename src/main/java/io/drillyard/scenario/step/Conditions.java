package io.drillyard.scenario.step;

import io.drillyard.ledger.Event;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** The facts that plans wait for. */
public final class Conditions {
  private static final long SERVICE_WINDOW_NS = Duration.ofSeconds(1).toNanos();

  private Conditions() {}

  private record Fact(String words, Predicate<Stage> fact) implements Condition {
    @Override
    public boolean holds(Stage stage) {
      return fact.test(stage);
    }
  }

  /** Another member than at the start of the fault holds the leader key and commits. */
  public static Condition newPrimary() {
    return new Fact(
        "another member leads and commits",
        stage -> stage.writableLeader().filter(l -> !l.equals(stage.primaryAtStart())).isPresent());
  }

  /** Some member holds the leader key and commits. */
  public static Condition primary() {
    return new Fact("a member leads and commits", stage -> stage.writableLeader().isPresent());
  }

  /** No routed write was acknowledged for a second. */
  public static Condition serviceStopped() {
    return new Fact(
        "no routed write is acknowledged for 1 s",
        stage -> stage.sinceLastRoutedAcknowledgement() > SERVICE_WINDOW_NS);
  }

  /** Routed writes are acknowledged again. */
  public static Condition service() {
    return new Fact(
        "routed writes are acknowledged again",
        stage -> stage.sinceLastRoutedAcknowledgement() < SERVICE_WINDOW_NS / 4);
  }

  /** Every other declared member streams from the leader. */
  public static Condition everyReplicaStreaming() {
    return new Fact("every other member streams from the leader", Conditions::allStream);
  }

  private static boolean allStream(Stage stage) {
    List<String> others = stage.membersOfSurvivor();
    String leader = stage.writableLeader().orElse("");
    return stage
        .standbys(leader)
        .filter(
            seen -> others.stream().filter(m -> !m.equals(leader)).allMatch(m -> streams(seen, m)))
        .isPresent();
  }

  private static boolean streams(Event.Standbys seen, String member) {
    return seen.standbys().stream()
        .anyMatch(s -> s.member().equals(member) && s.state().equals("streaming"));
  }

  /** Every standby is at least so many bytes behind the primary. */
  public static Condition lagOfAtLeast(long bytes) {
    return new Condition() {
      @Override
      public String words() {
        return "every standby is at least " + bytes + " bytes behind";
      }

      @Override
      public boolean holds(Stage stage) {
        return lag(stage) >= bytes;
      }

      @Override
      public String state(Stage stage) {
        return "least lag of a standby: " + lag(stage) + " bytes; " + stage.describe();
      }
    };
  }

  /** Bytes between what the primary wrote and what the best standby flushed; 0 when unknown. */
  private static long lag(Stage stage) {
    return stage
        .standbys(stage.primaryAtStart())
        .map(
            seen ->
                seen.standbys().stream().mapToLong(s -> seen.lsn() - s.flushLsn()).min().orElse(0))
        .orElse(0L);
  }
}
