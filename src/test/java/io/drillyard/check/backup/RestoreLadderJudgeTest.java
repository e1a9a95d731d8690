package io.drillyard.check.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.check.Verdict;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.RestoreOrdered;
import io.drillyard.ledger.RungLooked;
import io.drillyard.ledger.RungUntried;
import io.drillyard.play.restore.ForgedRestore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A ladder is what its ledger tells of its rungs, in their order, and no greener. */
class RestoreLadderJudgeTest {
  private static final RestoreTerms TERMS = ForgedRestore.terms("clean");
  private static final Map<String, String> SAME = Map.of("a", "1");

  private static Event looked(Rung rung, RungLook look, long fromMs, long toMs) {
    return new RungLooked(
        new Interval(fromMs * 1_000_000, toMs * 1_000_000), rung.check(), LookJson.write(look));
  }

  private static Event untried(Rung rung, boolean broke) {
    return new RungUntried(new Interval(5, 5), rung.check(), broke, "nobody came");
  }

  private static Event ordered() {
    return new RestoreOrdered(new Interval(0, 0), LookJson.write(TERMS), List.of("clean"), null);
  }

  /** Every rung met, in the rungs' order. */
  private static List<Event> met() {
    List<Event> events = new ArrayList<>(List.of(ordered()));
    ForgedRestore.looks()
        .forEach(
            (rung, look) ->
                events.add(
                    looked(
                        rung,
                        look instanceof UnchangedLook
                            ? new UnchangedLook(
                                new UnchangedLook.Listing("x", "y"),
                                new UnchangedLook.Listing("x", "y"),
                                null,
                                List.of())
                            : look,
                        10,
                        25)));
    return events;
  }

  private static RestoreLadderJudge judge(List<Event> events) {
    return RestoreLadderJudge.of(events, listing -> SAME);
  }

  private static RestoreRungResult rung(RestoreLadderJudge judge, Rung rung) {
    return judge.ladder().stream().filter(c -> c.rung() == rung).findFirst().orElseThrow();
  }

  @Test
  void allRungsMetIsMet() {
    RestoreLadderJudge judge = judge(met());
    assertThat(judge.verdict()).isEqualTo(Verdict.MET);
    assertThat(judge.broken()).isFalse();
    assertThat(judge.terms()).isEqualTo(TERMS);
    assertThat(judge.ladder()).extracting(RestoreRungResult::rung).containsExactly(Rung.values());
    assertThat(judge.ladder()).allMatch(RestoreRungResult::tried);
    RestoreRungResult dump = rung(judge, Rung.DUMP);
    assertThat(dump.startMs()).isEqualTo(10);
    assertThat(dump.durationMs()).isEqualTo(15);
    assertThat(dump.required()).isTrue();
    assertThat(rung(judge, Rung.SETTINGS).required()).isFalse();
  }

  @Test
  void whatWasLookedAtIsAtHand() {
    RestoreLadderJudge judge = judge(met());
    assertThat(judge.information()).isNotNull();
    assertThat(judge.recovery()).isNotNull();
    assertThat(Objects.requireNonNull(judge.time()).bytes()).isEqualTo(5_000_000);
    assertThat(judge.restoredAlone()).isNull();
    RestoreLadderJudge nothing = judge(List.of(ordered()));
    assertThat(nothing.information()).isNull();
    assertThat(nothing.recovery()).isNull();
    assertThat(nothing.time()).isNull();
    assertThat(nothing.remarks()).isEmpty();
    assertThat(nothing.verdict()).isEqualTo(Verdict.UNDETERMINED);
    RestoreLadderJudge alone =
        judge(
            List.of(
                ordered(),
                looked(
                    Rung.RESTORE,
                    new SingleContextLooks.Restored("L", "db", new ProgramOutput(0, "", "")),
                    1,
                    2)));
    assertThat(Objects.requireNonNull(alone.restoredAlone()).label()).isEqualTo("L");
  }

  @Test
  void theOrderOfRungsIsTheirs() {
    List<Event> rungs = new ArrayList<>(met().subList(1, met().size()));
    // What is judged by what came before stays where it is.
    Event first = rungs.removeFirst();
    Event second = rungs.removeFirst();
    List<Event> events = new ArrayList<>(List.of(ordered(), second, first));
    events.addAll(rungs);
    assertThat(judge(events).ladder())
        .extracting(RestoreRungResult::rung)
        .containsExactly(Rung.values());
  }

  @Test
  void oneThatWasNotTriedIsOpen() {
    List<Event> events = new ArrayList<>(met());
    events.removeIf(e -> e instanceof RungLooked l && l.rung().equals(Rung.DUMP.check()));
    events.add(untried(Rung.DUMP, false));
    RestoreLadderJudge judge = judge(events);
    RestoreRungResult dump = rung(judge, Rung.DUMP);
    assertThat(dump.tried()).isFalse();
    assertThat(dump.required()).isTrue();
    assertThat(dump.finding().summary()).isEqualTo("Not tried: nobody came");
    assertThat(judge.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(judge.broken()).isFalse();
  }

  /** What was looked at stays, whoever says afterwards that it was not tried. */
  @Test
  void nothingTakesALookAway() {
    List<Event> events = new ArrayList<>(met());
    events.add(untried(Rung.DUMP, false));
    assertThat(rung(judge(events), Rung.DUMP).verdict()).isEqualTo(Verdict.MET);
    assertThat(judge(events).ladder()).hasSize(Rung.values().length);
  }

  @Test
  void aFailureOfTheHarnessIsNoVerdictAndNoProof() {
    List<Event> events = new ArrayList<>(met());
    events.add(untried(Rung.SETTINGS, true));
    RestoreLadderJudge judge = judge(events);
    RestoreRungResult settings = rung(judge, Rung.SETTINGS);
    assertThat(settings.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(settings.tried()).isTrue();
    assertThat(settings.finding().summary()).contains("The harness failed here: nobody came");
    assertThat(judge.broken()).isTrue();
    assertThat(judge.verdict()).as("every required rung is met").isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void aFailureTakesNoMissAway() {
    List<Event> events = new ArrayList<>(met());
    events.add(looked(Rung.REMOVED, new RemovedLook("sandbox", "a file"), 1, 2));
    events.add(untried(Rung.SETTINGS, true));
    assertThat(judge(events).verdict()).isEqualTo(Verdict.MISSED);
  }

  @Test
  void whatHasNoSenseIsRefused() {
    assertThatThrownBy(() -> judge(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("it tells of no restore test");
    assertThatThrownBy(
            () ->
                judge(List.of(ordered(), looked(Rung.DUMP, new RemovedLook("sandbox", ""), 1, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("logicalDump is judged by what sandboxRemoved looked at");
    assertThatThrownBy(
            () ->
                judge(
                    List.of(ordered(), new RungUntried(new Interval(1, 1), "noRung", false, "x"))))
        .hasMessage("there is no rung noRung");
  }

  @Test
  void aLookThatCannotBeJudgedIsTheHarnessesFailure() {
    List<Event> events = new ArrayList<>(met());
    events.removeIf(e -> e instanceof RungLooked l && l.rung().equals(Rung.SETTINGS.check()));
    events.add(
        looked(
            Rung.SETTINGS,
            new RestoredSettingsLook(
                List.of(), List.of(), List.of(), List.of(), "no JSON", List.of()),
            1,
            2));
    RestoreLadderJudge judge = judge(events);
    assertThat(judge.broken()).isTrue();
    assertThat(rung(judge, Rung.SETTINGS).finding().summary()).contains("The harness failed here");
  }

  @Test
  void otherEventsArePassedOver() {
    List<Event> events = new ArrayList<>(met());
    events.addAll(Collections.nCopies(3, new Event.Note(new Interval(1, 1), "remark", "x")));
    assertThat(judge(events).verdict()).isEqualTo(Verdict.MET);
  }
}
