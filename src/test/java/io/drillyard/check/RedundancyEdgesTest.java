package io.drillyard.check;

import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Finding.Measured;
import io.drillyard.declaration.Objective;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Event.Standby;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a standby follows, from which look on, and why that may not be known. */
final class RedundancyEdgesTest {
  private static Finding judge(Forge forge) {
    return Drills.judge("redundancyRestored", forge, Drills.target());
  }

  private static String why(Forge forge) {
    return Drills.why("redundancyRestored", forge, Drills.target());
  }

  private static Target within(Duration redundancy) {
    Objective o = Drills.target().objective();
    return Drills.target(
        new Objective(
            o.disruption(), o.failover(), o.rto(), o.rpo(), redundancy, o.servesWhileHeld()));
  }

  /** Both stream, and pg1's flush is so many bytes from where the leader was five seconds ago. */
  private static Forge lagging(long bytes) {
    return Drills.powerOff()
        .each(
            Event.Standbys.class,
            s -> {
              long flushed = Forge.lsn(s.at().startNs() / 1e6 - 5_000) + bytes;
              return new Event.Standbys(
                  s.at(),
                  s.member(),
                  s.lsn(),
                  List.of(
                      new Standby("pg1", "streaming", "async", flushed, flushed),
                      new Standby("pg3", "streaming", "sync", s.lsn(), s.lsn())));
            });
  }

  @Test
  void aStandbyFollowsIfItHasComeToWhereTheLeaderWasFiveSecondsAgo() {
    // It must also have come to where the leader was at the first look, at 30 200 ms.
    assertThat(judge(lagging(0)).measured()).isEqualTo(new Measured(4_990, 5_201, 10_000.0, "ms"));
    assertThat(judge(lagging(0)).verdict()).isEqualTo(MET);
    assertThat(judge(lagging(-1)).verdict()).isEqualTo(MISSED);
  }

  @Test
  void whoIsToldNotToStreamIsNotMissed() {
    Forge forge =
        lagging(-1)
            .each(
                Event.Topology.class,
                t ->
                    new Event.Topology(
                        t.at(),
                        t.members().stream()
                            .map(
                                m ->
                                    new Event.Member(
                                        m.name(),
                                        m.cluster(),
                                        m.site(),
                                        m.dataAddress(),
                                        m.name().equals("pg1") ? true : null))
                            .toList(),
                        t.leader(),
                        t.etcdLeader(),
                        t.synchronous(),
                        t.storage()));
    assertThat(judge(forge).verdict()).isEqualTo(MET);
  }

  @Test
  void aStandbyThatStreamsAndStandsStillDoesNotFollow() {
    Forge forge =
        Drills.powerOff()
            .each(
                Event.Standbys.class,
                s ->
                    new Event.Standbys(
                        s.at(),
                        s.member(),
                        s.lsn(),
                        List.of(
                            new Standby("pg1", "streaming", "async", Forge.lsn(34_000), 0),
                            new Standby("pg3", "streaming", "sync", s.lsn(), s.lsn()))));
    assertThat(judge(forge).summary())
        .isEqualTo("at the end, 14.790 s after the heal, these did not stream: pg1");
  }

  @Test
  void whoStreamsAtTheFirstLookStreamedAtOnce() {
    Forge forge = Drills.powerOff().without(Event.Standbys.class);
    for (double ms = 30_010; ms < Drills.END; ms += 200) {
      forge.standbys(ms, "pg2", "pg1", "pg3");
    }
    // The first look begins at the instant at which the heal ended.
    assertThat(judge(forge).measured()).isEqualTo(new Measured(0, 11, 10_000.0, "ms"));
  }

  @Test
  void notRestoredIsMissedOnceMoreThanTheTimeHasPassed() {
    Forge forge = Drills.powerOff().without(e -> from(e, 33_000));
    for (double ms = 33_000; ms <= 44_800; ms += 200) {
      forge.standbys(ms, "pg2", "pg3");
    }
    String check = "redundancyRestored";
    assertThat(Drills.judge(check, forge, within(Duration.ofMillis(14_790))).verdict())
        .isEqualTo(UNDETERMINED);
    Finding missed = Drills.judge(check, forge, within(Duration.ofMillis(14_789)));
    assertThat(missed.verdict()).isEqualTo(MISSED);
    assertThat(missed.parts())
        .containsEntry("unrestored-for", new Measured(14_790, 14_790, 14_789.0, "ms"));
  }

  private static boolean from(Event event, double ms) {
    return event instanceof Event.Standbys && event.at().startNs() >= ms * Forge.MS;
  }

  @Test
  void onlyTheLastLeaderIsAsked() {
    Forge forge = Drills.powerOff().standbys(38_100, "pg3");
    assertThat(judge(forge).measured()).isEqualTo(new Measured(2_790, 3_001, 10_000.0, "ms"));
  }

  @Test
  void theStandbysAreLookedAtUntilFiveSecondsBeforeTheEnd() {
    // The last client's write returned at 44 984 ms; a look takes one.
    Forge at =
        Drills.powerOff().without(e -> from(e, 39_900)).standbys(39_983, "pg2", "pg1", "pg3");
    assertThat(judge(at).verdict()).isEqualTo(MET);
    Forge early = Drills.powerOff().without(e -> from(e, 39_900));
    assertThat(why(early.standbys(39_982.999, "pg2", "pg1", "pg3")))
        .isEqualTo("the standbys were not looked at until the end of the run");
  }

  @Test
  void whyNothingIsDecided() {
    assertThat(why(Drills.powerOff().without(Event.Healed.class)))
        .isEqualTo("a fault was never healed, or none was injected");
    assertThat(why(Drills.powerOff().without(e -> from(e, 30_000))))
        .isEqualTo("no leader of the surviving cluster listed its standbys after the heal");
    assertThat(why(Drills.powerOff().key(44_000, "pg3", 9)))
        .isEqualTo("pg2 listed standbys although pg3 held the leader key");
    Forge nowhere =
        Drills.powerOff()
            .each(
                Event.Standbys.class, s -> new Event.Standbys(s.at(), s.member(), 0, s.standbys()));
    assertThat(why(nowhere)).isEqualTo("the leader's WAL position is not known");
  }

  @Test
  void aLedgerWithoutStandbysSaysSo() {
    Forge forge =
        Drills.powerOff()
            .each(
                Event.Topology.class,
                t ->
                    new Event.Topology(
                        t.at(),
                        t.members().stream().filter(m -> m.name().equals("pg2")).toList(),
                        t.leader(),
                        t.etcdLeader(),
                        false,
                        t.storage()));
    assertThat(why(forge)).isEqualTo("the ledger declares no standby of the surviving cluster");
  }
}
