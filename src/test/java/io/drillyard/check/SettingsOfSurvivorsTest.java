package io.drillyard.check;

import static io.drillyard.check.Drills.END;
import static io.drillyard.check.Drills.FAULT;
import static io.drillyard.check.Drills.HEAL;
import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What must be known of the settings of every member that holds or held the data. */
final class SettingsOfSurvivorsTest {
  private static final String CLIENTS = DataLoss.SYNCHRONOUS_COMMIT_OF_CLIENTS;

  private static Verdict verdict(Forge forge) {
    return Drills.judge("dataLoss", forge, Drills.target()).verdict();
  }

  private static String why(Forge forge) {
    return Drills.why("dataLoss", forge, Drills.target());
  }

  private static Forge seen(double ms, String subject, String name, String effective) {
    return Drills.powerOff()
        .add(new Event.SettingSeen(Forge.at(ms, ms + 1), subject, name, null, effective));
  }

  private static Forge without(Predicate<Event.SettingSeen> doomed) {
    return Drills.powerOff().without(e -> e instanceof Event.SettingSeen s && doomed.test(s));
  }

  private static boolean late(Event.SettingSeen seen) {
    return seen.at().startNs() >= HEAL * Forge.MS;
  }

  @Test
  void aStoreThatDidNotKeepWhatItWroteAtAnyTimeProvesNothing() {
    for (double ms : new double[] {5_000, 20_000, END}) {
      for (String member : new String[] {"pg2", "dr1"}) {
        assertThat(why(seen(ms, member, "fsync", "off"))).startsWith("fsync is off on " + member);
      }
    }
  }

  @Test
  void whatIsLostIsLostWhateverTheSettings() {
    Forge forge = Drills.readBack(Drills.lostPrimary(), w -> w.sequence() > 1);
    forge.add(new Event.SettingSeen(Forge.at(1, 2), "pg1", "fsync", null, "off"));
    assertThat(verdict(forge)).isEqualTo(MISSED);
  }

  @Test
  void whoServesAtTheEndIsReadAgainAfterTheHeal() {
    assertThat(why(without(s -> late(s) && s.name().equals("fsync"))))
        .isEqualTo("nobody read fsync again on pg2, which served at the end");
    assertThat(why(without(s -> late(s) && s.name().equals("full_page_writes"))))
        .isEqualTo("nobody read full_page_writes again on pg2, which served at the end");
    assertThat(why(without(s -> late(s) && s.name().equals(CLIENTS))))
        .isEqualTo(
            "nobody read synchronous_commit (clients) again on pg2, which served at the end");
    Forge another = without(SettingsOfSurvivorsTest::late).durable(45_100, "pg3");
    assertThat(why(another)).contains("again on pg2");
    assertThat(verdict(without(SettingsOfSurvivorsTest::late).durable(HEAL + 10, "pg2")))
        .isEqualTo(MET);
    assertThat(why(without(SettingsOfSurvivorsTest::late).durable(HEAL, "pg2")))
        .contains("again on pg2");
  }

  @Test
  void olderLedgersCouldNotHoldIt() {
    Forge old = without(s -> late(s) || s.name().equals(CLIENTS)).format(5);
    assertThat(verdict(old)).isEqualTo(MET);
    assertThat(why(old.add(new Event.SettingSeen(Forge.at(20, 21), "pg3", "fsync", null, "off"))))
        .startsWith("fsync is off on pg3");
  }

  @Test
  void theClientsOwnSessionsDecideWhetherAnybodyWaits() {
    assertThat(why(seen(2, "pg1", CLIENTS, "local")))
        .isEqualTo("synchronous_commit (clients) is local on pg1: nobody waits for a standby");
    assertThat(why(without(s -> s.name().equals(CLIENTS) && s.subject().equals("pg1"))))
        .isEqualTo(
            "nobody read synchronous_commit (clients) on pg1, which led when the fault was"
                + " injected");
    Forge after = without(s -> s.name().equals(CLIENTS) && s.subject().equals("pg1"));
    after.add(new Event.SettingSeen(Forge.at(FAULT, FAULT + 1), "pg1", CLIENTS, null, "on"));
    assertThat(why(after)).contains("on pg1");
  }

  @Test
  void theModeInEffectAtTheInjectionCounts() {
    assertThat(why(seen(5_000, "alpha", "synchronous_mode", "false")))
        .isEqualTo(
            "synchronous replication is declared, and the drilled cluster is not synchronous");
    Forge again = seen(5_000, "alpha", "synchronous_mode", "false");
    again.add(
        new Event.SettingSeen(Forge.at(6_000, 6_001), "alpha", "synchronous_mode", null, "quorum"));
    assertThat(verdict(again)).isEqualTo(MET);
    assertThat(why(seen(20_000, "alpha", "synchronous_mode", "absent")))
        .isEqualTo(
            "synchronous_mode was absent on alpha while the fault was in force: nobody waits for a"
                + " standby");
    assertThat(verdict(seen(HEAL + 11, "alpha", "synchronous_mode", "off"))).isEqualTo(MET);
    assertThat(verdict(seen(5_000, "beta", "synchronous_mode", "off"))).isEqualTo(MET);
  }

  /** The leader before the fault, or the one after the heal, lists this in place of standbys. */
  private static Forge listing(boolean before, Event.Standby... rows) {
    return Drills.powerOff()
        .each(
            Event.Standbys.class,
            s ->
                s.at().startNs() < FAULT * Forge.MS == before
                    ? new Event.Standbys(s.at(), s.member(), s.lsn(), java.util.List.of(rows))
                    : s);
  }

  private static Event.Standby row(
      String name, String state, @org.jspecify.annotations.Nullable String address) {
    return new Event.Standby(name, "streaming", state, 1L << 40, 1L << 40, address);
  }

  @Test
  void aStrangerIsNoSynchronousStandby() {
    String none =
        "synchronous replication is declared, and no standby was synchronous at the injection";
    assertThat(why(listing(true, row("pg_receivewal", "sync", "198.18.1.10")))).isEqualTo(none);
    assertThat(why(listing(true, row("pg1", "sync", null)))).isEqualTo(none);
    assertThat(why(listing(true, row("pg2", "quorum", "198.18.9.9")))).isEqualTo(none);
    assertThat(verdict(listing(true, row("pg2", "quorum", "198.18.1.10")))).isEqualTo(MET);
    assertThat(verdict(listing(true, row("pg2", "sync", null)))).isEqualTo(MET);
  }

  @Test
  void aReceiverUnderAMembersNameReplaysNothing() {
    for (String from : new String[] {null, "198.18.1.10"}) {
      Event.Standby receiver = new Event.Standby("pg2", "streaming", "sync", 1L << 40, 0, from);
      assertThat(why(listing(true, receiver))).contains("no standby was synchronous");
    }
  }

  @Test
  void aStrangerIsNoStandbyThatCameBack() {
    assertThat(redundancy(row("pg3", "async", null))).isEqualTo(MET);
    assertThat(redundancy(row("pg3", "async", "198.18.1.10"))).isEqualTo(MET);
    assertThat(redundancy(row("pg3", "async", "198.18.9.9"))).isEqualTo(MISSED);
    assertThat(redundancy(row("pg4", "async", null))).isEqualTo(MISSED);
    Forge unwaited =
        listing(
            false,
            row("pg1", "async", null),
            row("pg3", "async", null),
            row("pg_receivewal", "sync", null));
    assertThat(Drills.judge("redundancyRestored", unwaited, Drills.target()).summary())
        .endsWith("these did not stream: a synchronous standby");
  }

  private static Verdict redundancy(Event.Standby second) {
    Forge forge = listing(false, row("pg1", "sync", "198.18.1.10"), second);
    return Drills.judge("redundancyRestored", forge, Drills.target()).verdict();
  }

  @Test
  void aClusterThatWasSynchronousHasToBeSoAgain() {
    Forge forge = listing(false, row("pg1", "async", null), row("pg3", "async", null));
    forge.add(
        new Event.SettingSeen(
            Forge.at(HEAL + 20, HEAL + 21), "alpha", "synchronous_mode", null, "off"));
    assertThat(Drills.judge("redundancyRestored", forge, Drills.target()).verdict())
        .isEqualTo(MISSED);
  }
}
