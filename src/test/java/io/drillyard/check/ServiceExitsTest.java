package io.drillyard.check;

import static io.drillyard.check.Drills.FAULT;
import static io.drillyard.check.Drills.HEAL;
import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.SentSignal;
import io.drillyard.ledger.ServicesSeen;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A service that somebody ended and no fault: nothing can be concluded from such a drill. */
final class ServiceExitsTest {
  private static Forge ended(
      double ms, String host, @Nullable Integer exit, @Nullable Integer signal) {
    var end = new ServicesSeen.End(Forge.at(ms, ms + 2), "50-patroni", 77, exit, signal, false);
    return Drills.powerOff()
        .each(
            ServicesSeen.class,
            s -> s.host().equals(host) ? new ServicesSeen(s.at(), host, List.of(end), null) : s);
  }

  private static List<Finding> judged(Forge forge) {
    LedgerViews history = forge.history();
    return Judge.judge(Judge.applicable(history, Drills.rto(1_000)), history, Drills.rto(1_000));
  }

  private static void undecided(Forge forge, String why) {
    assertThat(judged(forge))
        .allMatch(f -> f.verdict() == UNDETERMINED)
        .anyMatch(f -> f.summary().contains(why));
  }

  private static void decided(Forge forge) {
    assertThat(Judge.verdict(judged(forge))).isEqualTo(Verdict.MISSED);
    assertThat(judged(forge)).anyMatch(f -> f.verdict() == MET);
  }

  @Test
  void whatNoFaultKilledIsNeitherMetNorMissed() {
    decided(Drills.powerOff());
    undecided(
        ended(12_000, "pg2", null, 9),
        "service 50-patroni of pg2 was killed by signal 9 at 12.000 s, and stayed down");
    undecided(ended(12_000, "pg2", null, 15), "no fault did that");
    // A shell tells of its child's signal by its own status.
    undecided(ended(12_000, "pg2", 137, null), "no fault did that");
    undecided(ended(12_000, "pg2", 0, null), "it was told to, and by no fault");
    undecided(ended(12_000, "pg2", null, null), "ended unseen");
  }

  @Test
  void whatCrashedOrEndedByItselfIsNamedAndJudged() {
    for (Forge own : List.of(ended(12_000, "pg2", 1, null), ended(12_000, "pg2", null, 11))) {
      decided(own);
      assertThat(Drills.judge("planWasCarriedOut", own, Drills.target()).details())
          .singleElement()
          .asString()
          .startsWith("service 50-patroni of pg2 ");
    }
  }

  private static Forge sent(Forge forge, SentSignal... signals) {
    return forge.each(
        Event.Injected.class,
        i ->
            new Event.Injected(
                i.at(),
                i.fault(),
                i.type(),
                i.plane(),
                i.targets(),
                i.description(),
                i.momentary(),
                null,
                List.of(signals)));
  }

  private static SentSignal kill(String host, String service) {
    return new SentSignal(host, service, SentSignal.KILL);
  }

  @Test
  void whatAFaultKilledIsItsDoing() {
    decided(sent(ended(12_000, "pg1", null, 9), kill("pg1", "50-patroni")));
    decided(sent(ended(12_000, "pg1", null, 9), kill("pg1", SentSignal.EVERY)));
    decided(
        sent(ended(12_000, "pg1", 0, null), new SentSignal("pg1", "50-patroni", SentSignal.TERM)));
    decided(sent(ended(HEAL + 2_000, "pg1", null, 9), kill("pg1", SentSignal.EVERY)));
    // Another host, another service, another signal, another time.
    undecided(sent(ended(12_000, "pg2", null, 9), kill("pg1", "50-patroni")), "pg2");
    undecided(sent(ended(12_000, "pg1", null, 9), kill("pg1", "10-etcd")), "50-patroni");
    undecided(sent(ended(12_000, "pg1", null, 15), kill("pg1", "50-patroni")), "signal 15");
    undecided(sent(ended(FAULT - 10, "pg1", null, 9), kill("pg1", "50-patroni")), "9.990 s");
    undecided(sent(ended(HEAL + 2_100, "pg1", null, 9), kill("pg1", "50-patroni")), "32.100 s");
  }

  @Test
  void whatEndedBeforeTheDrillOrAfterTheLoadIsOfNoAccount() {
    decided(ended(Drills.END + 1, "pg2", null, 9));
    undecided(ended(Drills.END, "pg2", null, 9), "signal 9");
  }

  @Test
  void aRecordThatWasNotReadTakesMetAwayAndNoMiss() {
    Forge unread = Drills.powerOff().without(ServicesSeen.class);
    assertThat(Drills.why("dataLoss", unread, Drills.target()))
        .contains("which services of pg1 ended was not read");
    assertThat(Judge.verdict(judged(unread))).isEqualTo(Verdict.MISSED);
    assertThat(Drills.judge("dataLoss", unread.format(5), Drills.target()).verdict())
        .isEqualTo(MET);
    Forge torn =
        Drills.powerOff()
            .each(ServicesSeen.class, s -> new ServicesSeen(s.at(), s.host(), s.ends(), "torn"));
    assertThat(Drills.why("dataLoss", torn, Drills.target())).contains("is not known: torn");
  }

  @Test
  void nobodyEndsWithStatusZeroForASigkill() {
    undecided(sent(ended(12_000, "pg1", 0, null), kill("pg1", "50-patroni")), "by no fault");
    // Of an end that nobody saw any signal may be the reason.
    decided(sent(ended(12_000, "pg1", null, null), kill("pg1", "50-patroni")));
  }

  @Test
  void twoPrimariesThatWereThereBeforeItStayProved() {
    // pg1 goes on accepting beside pg2, which serves from 18 s on.
    Forge split = Drills.readBack(Drills.frozen(25_000), w -> w.acknowledged() && w.routed());
    assertThat(rivals(split, 44_000)).isEqualTo(Verdict.MISSED);
    assertThat(rivals(split, 12_000)).isEqualTo(UNDETERMINED);
  }

  private static Verdict rivals(Forge forge, double killedMs) {
    var end = new ServicesSeen.End(Forge.at(killedMs, killedMs), "60-store", 77, null, 9, false);
    Forge killed =
        forge.each(
            ServicesSeen.class,
            s -> s.host().equals("pg3") ? new ServicesSeen(s.at(), "pg3", List.of(end), null) : s);
    return Drills.judge("noSplitBrain", killed, Drills.target()).verdict();
  }
}
