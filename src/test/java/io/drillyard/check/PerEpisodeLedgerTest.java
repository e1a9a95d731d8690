package io.drillyard.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.declaration.Disruption;
import io.drillyard.declaration.FailoverMode;
import io.drillyard.declaration.Objective;
import io.drillyard.declaration.Rpo;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.DrillPlan;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.RunPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * A ledger of two episodes: pg1 is lost and comes back, pg2 serves; then a switchover gives the
 * lead back to pg1. Each is judged by itself, and neither by the other's injection.
 */
class PerEpisodeLedgerTest {
  private static List<Finding> judge(Forge forge, int episode, Target target) {
    // As its plan tells it: without one the disruption of the second would not be known.
    List<Event> events = new ArrayList<>(forge.events());
    events.sort(java.util.Comparator.comparingLong(e -> e.at().startNs()));
    events.add(1, planned());
    LedgerViews history = new LedgerViews(PerEpisodeLedger.view(events, episode));
    return Judge.judge(Judge.applicable(history, target), history, target);
  }

  private static Event planned() {
    RunPlan run =
        new RunPlan(RunPlan.Kind.OPEN, 1, "", Map.of(), Map.of(), Map.of(), List.of(), List.of());
    DrillPlan drill =
        new DrillPlan(
            "There",
            "three-nodes",
            "orders",
            "node-loss",
            "There and back",
            "It serves.",
            null,
            null,
            Drills.target().toString(),
            Map.of(),
            List.of(),
            List.of(),
            List.of(
                new DrillPlan.Episode(
                    2, "back", "planned-maintenance", true, TwoEpisodes.second().toString())),
            null);
    return new Event.Planned(new Interval(0, 0), run, drill);
  }

  private static Finding of(List<Finding> findings, String check) {
    return findings.stream().filter(f -> f.check().equals(check)).findFirst().orElseThrow();
  }

  private static double outage(List<Finding> findings) {
    return Objects.requireNonNull(of(findings, RecoveryTime.NAME).measured()).upper();
  }

  private static void allMet(List<Finding> findings) {
    assertThat(findings)
        .allSatisfy(
            f -> assertThat(f.verdict()).as(f.check() + ": " + f.summary()).isEqualTo(Verdict.MET));
  }

  /** Whoever makes a target easier in record and note alike forgets what was planned. */
  @Test
  void itIsJudgedByATargetThatWasPlanned() {
    Forge forge = TwoEpisodes.ledger(Drills.ALL_ACKS, Drills.ALL_ACKS);
    assertThat(of(judge(forge, 1, Drills.rto(90_000)), RecoveryTime.NAME).verdict())
        .isEqualTo(Verdict.UNDETERMINED);
    // What is missed stays missed.
    assertThat(of(judge(forge, 1, Drills.rto(2_000)), RecoveryTime.NAME).verdict())
        .isEqualTo(Verdict.MISSED);
  }

  @Test
  void eachIsMetByItsOwnInjection() {
    Forge forge = TwoEpisodes.ledger(Drills.ALL_ACKS, Drills.ALL_ACKS);
    assertThat(PerEpisodeLedger.count(forge.events())).isEqualTo(2);
    List<Finding> first = judge(forge, 1, Drills.target());
    List<Finding> second = judge(forge, 2, TwoEpisodes.second());
    allMet(first);
    allMet(second);
    assertThat(outage(first)).isBetween(8_000.0, 8_100.0);
    assertThat(outage(second)).isBetween(790.0, 900.0);
  }

  @Test
  void whatTheFirstLostIsNoLossOfTheSecond() {
    Predicate<Event.Write> lacks =
        w -> w.acknowledged() && (w.sequence() < 100 || w.sequence() > 104);
    Forge forge = TwoEpisodes.ledger(lacks, lacks);
    assertThat(of(judge(forge, 1, Drills.target()), DataLoss.NAME).verdict())
        .isEqualTo(Verdict.MISSED);
    assertThat(of(judge(forge, 2, TwoEpisodes.second()), DataLoss.NAME).verdict())
        .isEqualTo(Verdict.MET);
  }

  @Test
  void whatWasKeptFirstAndIsGoneAtTheEndIsALossOfTheSecond() {
    Forge forge =
        TwoEpisodes.ledger(
            Drills.ALL_ACKS, w -> w.acknowledged() && (w.sequence() < 100 || w.sequence() > 104));
    allMet(judge(forge, 1, Drills.target()));
    assertThat(of(judge(forge, 2, TwoEpisodes.second()), DataLoss.NAME).verdict())
        .isEqualTo(Verdict.MISSED);
  }

  @Test
  void theSecondsOutageIsNoOutageOfTheFirst() {
    Forge slow = TwoEpisodes.ledger(Drills.ALL_ACKS, Drills.ALL_ACKS);
    List<Finding> first = judge(slow, 1, Drills.target());
    assertThat(of(first, RecoveryTime.NAME).verdict()).isEqualTo(Verdict.MET);
    Target strict =
        new Target(
            "orders",
            new Objective(
                Disruption.PLANNED_MAINTENANCE,
                FailoverMode.AUTOMATIC,
                Duration.ofMillis(600),
                new Rpo.Transactions(0),
                Duration.ofSeconds(10),
                true),
            Duration.ofMillis(500),
            50,
            0.9,
            Duration.ofSeconds(5),
            true,
            null,
            "alpha");
    assertThat(of(judge(slow, 2, strict), RecoveryTime.NAME).verdict()).isEqualTo(Verdict.MISSED);
  }

  @Test
  void withoutAReadBackOfItsOwnNothingIsMet() {
    Forge forge = TwoEpisodes.ledger(Drills.ALL_ACKS, Drills.ALL_ACKS);
    double half = TwoEpisodes.SECOND;
    Forge cut =
        forge.each(
            Event.RowsRead.class,
            r ->
                r.at().startNs() > half * Forge.MS
                    ? new Event.RowsRead(
                        r.at(), "other", r.member(), r.timeline(), r.lsn(), r.rows())
                    : r);
    assertThat(of(judge(cut, 2, TwoEpisodes.second()), DataLoss.NAME).verdict())
        .isEqualTo(Verdict.UNDETERMINED);
    allMet(judge(cut, 1, Drills.target()));
  }

  @Test
  void anEpisodeThatNeverBeganIsUndetermined() {
    List<Finding> none = judge(Drills.powerOff(), 2, TwoEpisodes.second());
    assertThat(Judge.verdict(none)).isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void aLedgerOfOneEpisodeIsJudgedAsItIs() {
    List<Event> events = Drills.powerOff().events();
    assertThat(PerEpisodeLedger.view(events, 1)).isSameAs(events);
  }

  @Test
  void whatIsDeclaredOfOneEpisodeIsToldInThatOneAlone() {
    Forge forge = TwoEpisodes.ledger(Drills.ALL_ACKS, Drills.ALL_ACKS);
    Interval at = new Interval(0, 0);
    forge.add(new Event.Note(at, "info", LedgerDeclarations.target(Drills.target())));
    forge.add(
        new Event.Note(
            at, "info", PerEpisodeLedger.note(2, LedgerDeclarations.target(TwoEpisodes.second()))));
    LedgerViews first = new LedgerViews(PerEpisodeLedger.view(forge.events(), 1));
    LedgerViews second = new LedgerViews(PerEpisodeLedger.view(forge.events(), 2));
    assertThat(LedgerDeclarations.agrees(first, Drills.target())).isTrue();
    assertThat(LedgerDeclarations.agrees(first, TwoEpisodes.second())).isFalse();
    assertThat(LedgerDeclarations.agrees(second, TwoEpisodes.second())).isTrue();
    assertThat(LedgerDeclarations.agrees(second, Drills.target())).isFalse();
    assertThat(LedgerDeclarations.told(second)).isTrue();
  }
}
