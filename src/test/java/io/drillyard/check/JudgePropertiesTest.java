package io.drillyard.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Finding.Measured;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.WriteOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

final class JudgePropertiesTest {
  private static final List<String> NAMES = Judge.all().stream().map(Check::name).toList();

  /** Kinds whose absence is missing data, and cannot make a run look better. */
  private static final Set<Class<? extends Event>> EVIDENCE =
      Set.of(
          Event.Opened.class,
          Event.Closed.class,
          Event.Topology.class,
          Event.Injected.class,
          Event.Healed.class,
          Event.RowsRead.class,
          Event.LeaderKey.class,
          Event.HistorySeen.class,
          Event.WallClock.class,
          Event.Phase.class);

  /** Drills with one doomed write each: met, lossy, split, cut off. */
  @Provide
  Arbitrary<List<Event>> drills() {
    return Arbitraries.integers()
        .between(0, 40)
        .map(
            n -> {
              boolean frozen = n % 3 == 1;
              Forge forge = frozen ? Drills.frozen(12_000 + n * 300.0) : Drills.lostPrimary();
              if (n % 4 == 2) {
                double ms = FAULT_MS + n * 250.0;
                forge.write(ms, ms + 4, "doomed", null, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
              }
              Drills.readBack(
                  forge, w -> w.acknowledged() && w.routed() && !w.writer().equals("doomed"));
              return n % 7 == 6 ? forge.without(Event.Closed.class).events() : forge.events();
            });
  }

  private static final double FAULT_MS = Drills.FAULT;

  private static List<Finding> judge(List<Event> events) {
    return Judge.judge(NAMES, new LedgerViews(events), Drills.target());
  }

  private static List<Verdict> verdicts(List<Event> events) {
    return judge(events).stream().map(Finding::verdict).toList();
  }

  @Property(tries = 40)
  void removingEvidenceNeverTurnsAVerdictIntoMet(
      @ForAll("drills") List<Event> events, @ForAll Random random) {
    List<Event> evidence =
        new ArrayList<>(events.stream().filter(e -> EVIDENCE.contains(e.getClass())).toList());
    Collections.shuffle(evidence, random);
    List<Event> removed = evidence.subList(0, 1 + random.nextInt(5));
    List<Event> fewer = events.stream().filter(e -> !removed.contains(e)).toList();
    List<Finding> before = judge(events);
    List<Finding> after = judge(fewer);
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i).verdict() != Verdict.MET) {
        assertThat(after.get(i).verdict())
            .as("%s without %s", after.get(i), removed)
            .isNotEqualTo(Verdict.MET);
      }
    }
  }

  @Property(tries = 30)
  void removingAnyEventNeverMakesAFailedDrillMet(
      @ForAll("drills") List<Event> events, @ForAll Random random) {
    Event gone = events.get(random.nextInt(events.size()));
    List<Event> fewer = events.stream().filter(e -> e != gone).toList();
    boolean doomedWrite = gone instanceof Event.Write w && w.writer().equals("doomed");
    if (!doomedWrite && Judge.verdict(judge(events)) != Verdict.MET) {
      assertThat(Judge.verdict(judge(fewer))).isNotEqualTo(Verdict.MET);
    }
  }

  @Property(tries = 20)
  void theOrderOfEventsInTheFileChangesNothing(
      @ForAll("drills") List<Event> events, @ForAll Random random) {
    List<Event> shuffled = new ArrayList<>(events);
    Collections.shuffle(shuffled, random);
    List<Finding> before = judge(events);
    List<Finding> after = judge(shuffled);
    for (int i = 0; i < before.size(); i++) {
      assertThat(after.get(i).verdict()).isEqualTo(before.get(i).verdict());
      assertThat(after.get(i).measured()).isEqualTo(before.get(i).measured());
      assertThat(after.get(i).parts()).isEqualTo(before.get(i).parts());
    }
  }

  @Property(tries = 20)
  void shiftingAllTimesChangesNothing(
      @ForAll("drills") List<Event> events, @ForAll @LongRange(min = 0, max = 1L << 50) long byNs) {
    List<Event> shifted = events.stream().map(e -> Shift.by(e, byNs)).toList();
    List<Finding> before = judge(events);
    List<Finding> after = judge(shifted);
    assertThat(verdicts(shifted)).isEqualTo(verdicts(events));
    for (int i = 0; i < before.size(); i++) {
      assertThat(after.get(i).measured()).isEqualTo(before.get(i).measured());
    }
  }

  @Property(tries = 40)
  void whatIsMeasuredLiesBetweenItsBounds(
      @ForAll("drills") List<Event> events,
      @ForAll @LongRange(min = 0, max = 9_000) long jitterMs) {
    List<Event> jittered = new ArrayList<>();
    for (Event event : events) {
      jittered.add(event instanceof Event.Healed ? Shift.by(event, jitterMs * Forge.MS) : event);
    }
    for (Finding finding : judge(jittered)) {
      List<Measured> all = new ArrayList<>(finding.parts().values());
      if (finding.measured() != null) {
        all.add(finding.measured());
      }
      assertThat(all).allMatch(m -> 0 <= m.lower() && m.lower() <= m.upper());
    }
  }
}
