package io.drillyard.launch;

import io.drillyard.check.Finding;
import io.drillyard.check.backup.RestoreRungResult;
import io.drillyard.check.backup.Rung;
import io.drillyard.evidence.RestoreTest;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares what a record says of one restore test with what its ledger says. */
final class RestoreTestComparison {
  /** So far a wall clock may have been set during a test whose end was taken from it. */
  private static final Duration CLOCK = Duration.ofMinutes(2);

  private final RestoreTest record;
  private final RestoreTest due;
  private final boolean former;
  private final List<String> differences;

  /**
   * Of one test.
   *
   * @param due what follows from its ledger
   * @param former the record is of before restore tests stood in evidence: it holds sentences,
   *     which nobody reads, the end by the wall clock, and other words for what befell one context
   * @param differences takes what is otherwise
   */
  RestoreTestComparison(
      RestoreTest record, RestoreTest due, boolean former, List<String> differences) {
    this.record = record;
    this.due = due;
    this.former = former;
    this.differences = differences;
  }

  private void differ(String what) {
    differences.add(record.name() + ": " + what);
  }

  private void same(String what, @Nullable Object stored, @Nullable Object ledger) {
    if (!Objects.equals(stored, ledger)) {
      differ("%s is '%s' in the record, '%s' in the ledger".formatted(what, stored, ledger));
    }
  }

  void compare() {
    same("the name", record.name(), due.name());
    same("the policy", record.policy(), due.policy());
    same("what it serves", record.serves(), due.serves());
    same("the stanza", record.stanza(), due.stanza());
    same("the seed", record.seed(), due.seed());
    same("the order", record.started(), due.started());
    same("the versions", record.versions(), due.versions());
    same("the contracts", record.contracts(), due.contracts());
    same("what it does not say", record.notChecked(), due.notChecked());
    same("what was observed", record.observations(), due.observations());
    finished();
    same("the verdict", record.verdict(), due.verdict());
    same("the end", record.end(), due.end());
    same("the parts of the time", record.partsMs(), due.partsMs());
    same("the restored bytes", record.restoredBytes(), due.restoredBytes());
    if (!former || due.rung(Rung.CONTINUITY) != null) {
      same("the target", record.target(), due.target());
      same("the backup", record.backup(), due.backup());
    }
    rungs();
    same("the age of the newest heartbeat", record.freshnessMs(), due.freshnessMs());
    control();
  }

  private void finished() {
    if (!former) {
      same("its end", record.finished(), due.finished());
      return;
    }
    Duration apart =
        Duration.between(Instant.parse(record.finished()), Instant.parse(due.finished()));
    if (apart.abs().compareTo(CLOCK) > 0) {
      differ(
          "its end is %s in the record, %s by the ledger"
              .formatted(record.finished(), due.finished()));
    }
  }

  private void rungs() {
    Map<Rung, RestoreRungResult> stored = new LinkedHashMap<>();
    for (RestoreRungResult each : record.ladder()) {
      if (stored.put(each.rung(), each) != null) {
        differ(each.rung().check() + " is twice in the record");
      }
    }
    for (RestoreRungResult each : due.ladder()) {
      RestoreRungResult told = stored.remove(each.rung());
      String name = each.rung().check();
      if (told == null) {
        differ(name + " is not in the record");
        continue;
      }
      same(name + " is required", told.required(), each.required());
      same(name + " was tried", told.tried(), each.tried());
      same(name + "'s beginning", told.startMs(), each.startMs());
      same(name + "'s length", told.durationMs(), each.durationMs());
      same(name, told.verdict(), each.verdict());
      Finding finding = told.finding();
      same(name + "'s name", finding.check(), each.finding().check());
      if (former) {
        same(name + "'s target", finding.target(), each.finding().target());
      }
      same(name + "'s measure", finding.measured(), each.finding().measured());
      same(name + "'s parts", finding.parts(), each.finding().parts());
    }
    stored.keySet().forEach(r -> differ(r.check() + " is in no ledger"));
    // Only what befalls one context has a ladder of its own, and that is a control.
    if (due.control() == null && due.end().equals(RunCompletion.COMPLETE)) {
      EnumSet<Rung> none = EnumSet.allOf(Rung.class);
      due.ladder().forEach(c -> none.remove(c.rung()));
      none.forEach(r -> differ(r.check() + " was never climbed"));
    }
  }

  private void control() {
    RestoreTest.Control stored = record.control();
    RestoreTest.Control told = due.control();
    if (told == null || stored == null) {
      same("a control", stored != null, told != null);
      return;
    }
    same("what was done", stored.words(), told.words());
    same("the rung that has to catch it", stored.rung().check(), told.rung().check());
    same("the control", stored.result(), told.result());
    same(
        "what caught it",
        stored.by().stream().map(Rung::check).toList(),
        told.by().stream().map(Rung::check).toList());
  }
}
