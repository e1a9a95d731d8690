package io.drillyard.launch;

import io.drillyard.check.Verdict;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.RestoreTest;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.LedgerReader;
import io.drillyard.ledger.RestoreOrdered;
import io.drillyard.ledger.RunPlan;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Restore tests of which no record tells: planned, and gone from a run; or in ledgers beside which
 * no record lies. Nobody knows what they said, so they prove nothing, and what came before them
 * proves nothing any more either until another test does.
 */
final class UnrecordedTests {
  private UnrecordedTests() {}

  /**
   * The tests of undamaged repositories that a run planned and has no record of, each as one that
   * is open and came after those that are there.
   *
   * @param there the tests that it has
   * @param plans as the ledgers tell them
   */
  static List<RestoreTest> of(Evidence run, List<RestoreTest> there, Collection<RunPlan> plans) {
    List<RestoreTest> missing = new ArrayList<>();
    for (RunPlan plan : plans) {
      Instant last = Instant.parse(plan.started());
      for (RestoreTest test : there) {
        Instant end = Instant.parse(test.finished());
        last = end.isAfter(last) ? end : last;
      }
      for (RunPlan.Restore restore : plan.restores()) {
        List<String> names = new ArrayList<>(restore.tests());
        there.stream()
            .filter(t -> String.valueOf(t.ledger()).startsWith(restore.folder() + "/"))
            .forEach(t -> names.remove(t.name()));
        for (String name : names) {
          if (RestoreRecord.isPlain(name)) {
            missing.add(open(name, restore.policy(), last.plusMillis(1).toString()));
          }
        }
      }
    }
    return missing;
  }

  /**
   * What the ledgers of a folder without a record tell: what failed did; nothing is proven.
   *
   * @throws RuntimeException when none of them can be read
   */
  static Evidence in(Path folder) {
    List<RestoreTest> tests = new ArrayList<>();
    String run = String.valueOf(folder.getFileName());
    String started = Instant.EPOCH.toString();
    for (Path ledger : StoredRestoreTests.ledgers(folder)) {
      LedgerReader.WhatIsThere there = LedgerReader.readWhatIsThere(ledger);
      List<Event> events = there.events();
      if (events.isEmpty() || !(events.getFirst() instanceof Event.Opened opened)) {
        continue;
      }
      started = opened.wallClockAnchor();
      boolean ordered = events.stream().anyMatch(RestoreOrdered.class::isInstance);
      RestoreTest test =
          ordered
              ? RestoreRecord.of(
                  folder, folder.relativize(ledger).toString(), events, there.whole())
              : open("clean", opened.environment(), started);
      tests.add(test.judged(test.verdict().given(false), test.ladder()));
    }
    return new Evidence(
        Evidence.FORMAT,
        run,
        Verdict.UNDETERMINED,
        started,
        started,
        RunCompletion.FAILED,
        Map.of(),
        List.of(),
        List.of(),
        null,
        Map.of(),
        tests,
        List.of());
  }

  private static RestoreTest open(String name, String policy, String at) {
    return new RestoreTest(
        name,
        policy,
        List.of(),
        "",
        Verdict.UNDETERMINED,
        at,
        at,
        RestoreTest.UNRECORDED,
        0,
        Map.of(),
        "",
        List.of(),
        Map.of(),
        0,
        null,
        Map.of(),
        List.of(),
        List.of(),
        null,
        null,
        null,
        null);
  }
}
