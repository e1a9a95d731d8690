package io.drillyard.scenario.step;

import io.drillyard.check.Followers;
import io.drillyard.ledger.Event;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The facts that plans wait for. */
public final class Conditions {
  private static final long SERVICE_WINDOW_NS = Duration.ofSeconds(1).toNanos();

  private Conditions() {}

  private record Fact(String words, Predicate<DrillStage> fact) implements Condition {
    @Override
    public boolean holds(DrillStage stage) {
      return fact.test(stage);
    }
  }

  /** The wait may pass in vain, and the drill be MET all the same. */
  public static MayFail mayFail(String reason) {
    return new MayFail(reason);
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

  /** For so long there was no outage, and enough routed writes were acknowledged to judge by. */
  public static Condition adequateLoad(Duration length) {
    return new Fact(
        "the load was adequate for " + length.toSeconds() + " s, without an outage",
        stage -> stage.loadIsAdequate(length));
  }

  /** Every other declared member streams from the leader, or from one that does. */
  public static Condition everyReplicaStreaming() {
    return new Fact(
        "every other member streams from the leader", stage -> allStream(stage, member -> true));
  }

  /** The same of those members that can be reached. */
  public static Condition everyReplicaLeftStreaming() {
    return new Fact(
        "every other member that can be reached streams from the leader",
        stage -> allStream(stage, member -> !stage.unreachable(member)));
  }

  private static boolean allStream(DrillStage stage, Predicate<String> wanted) {
    String leader = stage.writableLeader().orElse("");
    Optional<Event.Standbys> seen = stage.standbys(leader);
    if (seen.isEmpty()) {
      return false;
    }
    Set<String> streaming =
        Followers.of(
            leader,
            seen.get().standbys(),
            stage.position(leader),
            standby -> stage.relayed(standby).map(Event.Relayed::standbys).orElse(List.of()),
            stage.declared());
    return stage.membersOfSurvivor().stream()
        .filter(
            m -> !m.equals(leader) && wanted.test(m) && Followers.streams(stage.declared().get(m)))
        .allMatch(streaming::contains);
  }

  /** Every standby is at least so many bytes behind the primary. */
  public static Condition lagOfAtLeast(long bytes) {
    return new Condition() {
      @Override
      public String words() {
        return "every standby is at least " + bytes + " bytes behind";
      }

      @Override
      public boolean holds(DrillStage stage) {
        return lag(stage) >= bytes;
      }

      @Override
      public String state(DrillStage stage) {
        return "least lag of a standby: " + lag(stage) + " bytes; " + stage.describe();
      }
    };
  }

  /** Bytes between what the primary wrote and what the best standby flushed; 0 when unknown. */
  private static long lag(DrillStage stage) {
    return stage
        .standbys(stage.primaryAtStart())
        .map(
            seen ->
                Followers.own(seen.standbys(), seen.member(), stage.declared()).stream()
                    .mapToLong(s -> seen.lsn() - s.flushLsn())
                    .min()
                    .orElse(0))
        .orElse(0L);
  }
}
