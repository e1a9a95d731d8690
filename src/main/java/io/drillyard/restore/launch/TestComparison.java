package io.drillyard.restore.launch;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.Choice;
import io.drillyard.check.backup.Climbed;
import io.drillyard.check.backup.InformationLook;
import io.drillyard.check.backup.LadderJudge;
import io.drillyard.check.backup.RecoveryLook;
import io.drillyard.check.backup.RestoreTerms;
import io.drillyard.check.backup.RestoreTimeLook;
import io.drillyard.check.backup.Rung;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.RestoreControl;
import io.drillyard.ledger.RungLooked;
import io.drillyard.ledger.RungUntried;
import io.drillyard.restore.report.BackupFacts;
import io.drillyard.restore.report.RestoreRun;
import io.drillyard.restore.report.RestoreTest;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares what a record says of one restore test with what its ledger says. */
final class TestComparison {
  /** So far a wall clock may have been set during a test. */
  private static final Duration CLOCK = Duration.ofMinutes(2);

  private final String runId;
  private final RestoreTest test;
  private final LadderJudge judge;
  private final List<Event> events;
  private final List<String> differences;

  /**
   * Of one test.
   *
   * @param judge who judged its ledger
   * @param events the ledger
   * @param differences takes what is otherwise
   */
  TestComparison(
      String runId,
      RestoreTest test,
      LadderJudge judge,
      List<Event> events,
      List<String> differences) {
    this.runId = runId;
    this.test = test;
    this.judge = judge;
    this.events = events;
    this.differences = differences;
  }

  private void differ(String what) {
    differences.add(test.name() + ": " + what);
  }

  private void same(String what, @Nullable Object record, @Nullable Object due) {
    if (!Objects.equals(record, due)) {
      differ("%s is '%s' in the record, '%s' in the ledger".formatted(what, record, due));
    }
  }

  void compare() {
    RestoreTerms terms = judge.terms();
    Event first = events.getFirst();
    same("the run", runId, first instanceof Event.Opened opened ? opened.runId() : null);
    same("the name", test.name(), terms.name());
    same("the policy", test.policy(), terms.policy());
    same("what it serves", test.serves(), terms.serves());
    same("the stanza", test.stanza(), terms.stanza());
    same("the seed", test.seed(), terms.seed());
    same("the order", test.started(), terms.ordered().toString());
    same("the versions", test.versions(), terms.versions());
    same("what it does not say", test.notChecked(), terms.notChecked());
    same(
        "what was observed",
        test.observations(),
        events.stream()
            .filter(e -> e instanceof Event.Note note && note.level().equals("remark"))
            .map(e -> ((Event.Note) e).text())
            .toList());
    finished();
    same("the verdict", test.verdict(), judge.verdict());
    same("the end", test.end(), judge.broken() ? "failed" : "complete");
    same(
        "the ledger's end",
        test.end(),
        events.getLast() instanceof Event.Closed closed ? closed.end() : null);
    RestoreTimeLook time = judge.time();
    same("the parts of the time", test.partsMs(), time == null ? Map.of() : time.partsMs());
    same("the restored bytes", test.restoredBytes(), time == null ? 0L : time.bytes());
    chosen();
    rungs(judge.ladder());
    control();
  }

  /** By the order's moment and the clock of the ledger, which has no steps. */
  private void finished() {
    if (events.getFirst() instanceof Event.Opened opened
        && events.getLast() instanceof Event.Closed closed) {
      Instant anchor = Instant.parse(opened.wallClockAnchor());
      long lastNs =
          events.stream()
              .filter(e -> e instanceof RungLooked || e instanceof RungUntried)
              .mapToLong(e -> e.at().endNs())
              .max()
              .orElse(0);
      Instant least = anchor.plusNanos(lastNs).minus(CLOCK);
      Instant most = anchor.plusNanos(closed.at().endNs()).plus(CLOCK);
      Instant told = Instant.parse(test.finished());
      if (told.isBefore(least) || told.isAfter(most)) {
        differ(
            "its end is %s in the record, between %s and %s by the ledger"
                .formatted(told, least, most));
      }
    }
  }

  private void chosen() {
    InformationLook what = judge.information();
    RecoveryLook recovery = judge.recovery();
    if (judge.ladder().stream().noneMatch(c -> c.rung() == Rung.CONTINUITY)) {
      // One context alone was restored: its backup is that of the rung.
      return;
    }
    Choice choice = what == null ? null : what.choiceIfAny(judge.terms());
    same(
        "the target",
        test.target(),
        recovery != null
            ? recovery.target().words()
            : choice == null ? judge.terms().target() : choice.target().words());
    same("the backup", test.backup(), BackupFacts.of(what, choice, judge.terms().repository()));
  }

  private void rungs(List<Climbed> due) {
    Map<Rung, Climbed> stored = new LinkedHashMap<>();
    for (Climbed each : test.ladder()) {
      if (stored.put(each.rung(), each) != null) {
        differ(each.rung().check() + " is twice in the record");
      }
    }
    Double freshness = null;
    for (Climbed each : due) {
      Climbed record = stored.remove(each.rung());
      String name = each.rung().check();
      if (record == null) {
        differ(name + " is not in the record");
        continue;
      }
      same(name + " is required", record.required(), each.required());
      same(name + " was tried", record.tried(), each.tried());
      same(name + "'s beginning", record.startMs(), each.startMs());
      same(name + "'s length", record.durationMs(), each.durationMs());
      same(name, record.verdict(), each.verdict());
      Finding finding = record.finding();
      same(name + "'s name", finding.check(), each.finding().check());
      same(name + "'s target", finding.target(), each.finding().target());
      same(name + "'s measure", finding.measured(), each.finding().measured());
      same(name + "'s parts", finding.parts(), each.finding().parts());
      Finding.Measured age = each.finding().measured();
      if (each.rung() == Rung.FRESHNESS && age != null) {
        freshness = age.upper();
      }
    }
    stored.keySet().forEach(r -> differ(r.check() + " is in no ledger"));
    // Only what befalls one context has a ladder of its own, and that is a control.
    if (test.control() == null) {
      EnumSet<Rung> none = EnumSet.allOf(Rung.class);
      due.forEach(c -> none.remove(c.rung()));
      none.forEach(r -> differ(r.check() + " was never climbed"));
    }
    same("the age of the newest heartbeat", test.freshnessMs(), freshness);
  }

  /** How a control came out follows from its rungs, but for the words that a rung had to use. */
  private void control() {
    RestoreControl told =
        events.stream()
            .filter(RestoreControl.class::isInstance)
            .map(RestoreControl.class::cast)
            .findFirst()
            .orElse(null);
    RestoreTest.Control control = test.control();
    if (told == null || control == null) {
      same("a control", control != null, told != null);
      return;
    }
    List<String> missed =
        judge.ladder().stream()
            .filter(c -> c.verdict() == Verdict.MISSED)
            .map(c -> c.rung().check())
            .toList();
    same("what was done", control.words(), told.words());
    same("the rung that has to catch it", control.rung().check(), told.rung());
    same("the control", control.result(), told.result());
    same("what caught it", control.by().stream().map(Rung::check).toList(), missed);
    boolean proved =
        switch (told.result()) {
          case RestoreRun.CAUGHT -> missed.contains(told.rung());
          case RestoreRun.OVERCOME -> judge.verdict() == Verdict.MET;
          default -> true;
        };
    if (!proved) {
      differ("the control is " + told.result() + " in the ledger, and its rungs deny it");
    }
  }
}
