package io.drillyard.launch;

import io.drillyard.check.Verdict;
import io.drillyard.check.backup.Rung;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.EvidenceException;
import io.drillyard.evidence.FormerRestoreRecord;
import io.drillyard.evidence.RestoreTest;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.LedgerException;
import io.drillyard.ledger.LedgerReader;
import io.drillyard.ledger.RestoreControl;
import io.drillyard.ledger.RestoreOrdered;
import io.drillyard.ledger.RunPlan;
import io.drillyard.ledger.Sha256;
import io.drillyard.play.restore.RestoreProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The restore tests of a stored run, judged again from their ledgers, offline. */
final class StoredRestoreTests {
  private static final Pattern LEDGER =
      Pattern.compile("(restore/[0-9]{2,}-[^/]+/)?tests/[0-9]{3,}-[a-z0-9-]+\\.ndjson");

  /** So far the clocks of one test may lie apart. */
  private static final Duration APART = Duration.ofMinutes(1);

  /** The first format of ledgers that tell what the whole run was to be. */
  private static final int TOLD_SINCE = 9;

  private final Path folder;
  private final Evidence evidence;
  private final boolean former;
  private final List<RestoreTest> judged = new ArrayList<>();
  private final List<String> differences = new ArrayList<>();
  private final Set<RunPlan> plans = new LinkedHashSet<>();
  private final Map<String, List<String>> planned = new LinkedHashMap<>();
  private final Map<String, String> places = new LinkedHashMap<>();

  /** Judges those of a run. */
  StoredRestoreTests(Path folder, Evidence evidence) {
    this.folder = folder;
    this.evidence = evidence;
    this.former = FormerRestoreRecord.isIn(folder);
    evidence.restoreTests().forEach(this::judge);
    unclaimed();
    whole();
  }

  /** As they came out by their ledgers; one that cannot be judged is undetermined. */
  List<RestoreTest> judged() {
    return List.copyOf(judged);
  }

  /** Where the record says something else than the ledgers; empty when they agree. */
  List<String> differences() {
    return List.copyOf(differences);
  }

  /** What their ledgers tell of the whole run; several are a contradiction. */
  Set<RunPlan> plans() {
    return plans;
  }

  private void judge(RestoreTest test) {
    RestoreTest due = due(test);
    judged.add(due == null ? test.judged(Verdict.UNDETERMINED, test.ladder()) : due);
  }

  private @Nullable RestoreTest due(RestoreTest test) {
    String path = test.ledger();
    if (path == null || !LEDGER.matcher(path).matches()) {
      differ(test, "the record names no ledger of it");
      return null;
    }
    try {
      if (!Sha256.of(folder.resolve(path)).equals(test.ledgerSha256())) {
        differ(test, path + " has another digest than the record says");
      }
      boolean complete = RunCompletion.COMPLETE.equals(test.end());
      List<Event> events;
      boolean whole = true;
      if (complete) {
        events = LedgerReader.read(folder.resolve(path));
      } else {
        LedgerReader.WhatIsThere there = LedgerReader.readWhatIsThere(folder.resolve(path));
        events = there.events();
        whole = there.whole();
      }
      RestoreTest due = RestoreRecord.of(folder, path, events, whole);
      told(test, events);
      new RestoreTestComparison(test, due, former, differences).compare();
      denied(test, events, whole ? due : RestoreRecord.of(folder, path, events, true));
      return due;
    } catch (IOException e) {
      differ(test, path + " cannot be read");
    } catch (LedgerException e) {
      differ(test, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // Whatever somebody made of it: it is no ledger that follows from a test.
      differ(test, "its ledger cannot be judged: " + e.getMessage());
    }
    return null;
  }

  /** Each test has a ledger of its own: one that was copied over another's tells the same. */
  private void alone(RestoreTest test, Event.Opened opened) {
    for (String own :
        List.of(
            "path " + test.ledger(),
            "digest " + test.ledgerSha256(),
            "beginning " + opened.wallClockAnchor())) {
      String other = places.put(own, test.name());
      if (other != null) {
        differ(test, "its ledger is that of " + other + ", by its " + own);
      }
    }
  }

  /** The clocks of a ledger, of its order and of its run are one. */
  private void timed(
      RestoreTest test, Event.Opened opened, RestoreOrdered ordered, @Nullable RunPlan plan) {
    Instant anchor = Instant.parse(opened.wallClockAnchor());
    // What befell the repository beforehand stands on the ledger before the order.
    Instant due = anchor.plusNanos(ordered.at().startNs());
    if (Duration.between(Instant.parse(test.started()), due).abs().compareTo(APART) > 0) {
      differ(
          test,
          "its ledger begins at %s, and it was ordered at %s".formatted(anchor, test.started()));
    }
    if (plan != null && anchor.isBefore(Instant.parse(plan.started()).minus(APART))) {
      differ(
          test, "its ledger begins at %s, before its run at %s".formatted(anchor, plan.started()));
    }
  }

  /** What the ledger says of its run. */
  private void told(RestoreTest test, List<Event> events) {
    if (events.getFirst() instanceof Event.Opened opened) {
      if (!opened.runId().equals(evidence.run())) {
        differ(
            test,
            "the run is '%s' in the record, '%s' in the ledger"
                .formatted(evidence.run(), opened.runId()));
      }
      RunPlan plan = ordered(events).run();
      alone(test, opened);
      timed(test, opened, ordered(events), plan);
      if (former && (plan != null || opened.format() >= TOLD_SINCE)) {
        differ(test, "its ledger is of a run whose record is evidence.json");
      }
      if (plan != null) {
        plans.add(plan);
      } else if (opened.format() >= TOLD_SINCE) {
        differ(test, "its ledger does not tell what was planned before it began");
      }
    }
    List<String> names = ordered(events).planned();
    List<String> before = planned.put(group(test), names);
    if (before != null && !before.equals(names)) {
      differ(test, "its ledger tells another plan of the run than the ledgers before it");
    }
  }

  private static RestoreOrdered ordered(List<Event> events) {
    return events.stream()
        .filter(RestoreOrdered.class::isInstance)
        .map(RestoreOrdered.class::cast)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("it tells of no restore test"));
  }

  /** A control's result follows from its rungs, but for the words that a rung had to use. */
  private void denied(RestoreTest test, List<Event> events, RestoreTest due) {
    RestoreControl told = RestoreRecord.told(events);
    if (told == null) {
      return;
    }
    RestoreTest.Control control = due.control();
    List<Rung> by = control == null ? List.of() : control.by();
    if (!told.by().equals(by.stream().map(Rung::check).toList())) {
      differ(test, "the rungs that were missed are others than its ledger says");
    }
    if (!RestoreRecord.borneOut(told, by, due.verdict())) {
      differ(test, "the control is " + told.result() + " in the ledger, and its rungs deny it");
    }
  }

  /** Where its ledger lies: the tests of one lab lie together. */
  private static String group(RestoreTest test) {
    String path = String.valueOf(test.ledger());
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** Files of ledgers in a run's folder. */
  static List<Path> ledgers(Path folder) {
    List<Path> found = new ArrayList<>(in(folder.resolve(RestoreProgram.TESTS)));
    Path labs = folder.resolve(RestoreLauncher.FOLDER);
    if (Files.isDirectory(labs)) {
      try (Stream<Path> each = Files.list(labs)) {
        each.sorted().forEach(lab -> found.addAll(in(lab.resolve(RestoreProgram.TESTS))));
      } catch (IOException e) {
        throw unreadable(labs, e);
      }
    }
    return found;
  }

  private static List<Path> in(Path tests) {
    if (!Files.isDirectory(tests)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(tests)) {
      return files.filter(f -> f.toString().endsWith(".ndjson")).sorted().toList();
    } catch (IOException e) {
      throw unreadable(tests, e);
    }
  }

  private static EvidenceException unreadable(Path path, IOException e) {
    return new EvidenceException(
        path.toString(), "cannot be read: " + e.getMessage(), "Name a whole run", e);
  }

  /**
   * A test that was ended is on record; one that broke off may leave a ledger, and a broken run.
   */
  private void unclaimed() {
    for (Path ledger : ledgers(folder)) {
      String path = folder.relativize(ledger).toString();
      if (evidence.restoreTests().stream().anyMatch(t -> path.equals(t.ledger()))) {
        continue;
      }
      if (evidence.end().equals(RunCompletion.COMPLETE) || ended(ledger)) {
        differences.add("no test of the record names " + path);
      }
    }
  }

  /** True of a ledger that was ended, and of one that cannot be read: nobody knows of it. */
  private static boolean ended(Path ledger) {
    try {
      List<Event> events = LedgerReader.readWhatIsThere(ledger).events();
      return !events.isEmpty()
          && events.getLast() instanceof Event.Closed closed
          && closed.end().equals(RunCompletion.COMPLETE);
    } catch (LedgerException e) {
      return true;
    }
  }

  /** What was planned is there, or the run says that it is not whole. */
  private void whole() {
    boolean complete = evidence.end().equals(RunCompletion.COMPLETE);
    planned.forEach(
        (group, names) -> {
          List<String> there =
              evidence.restoreTests().stream()
                  .filter(t -> group(t).equals(group))
                  .map(RestoreTest::name)
                  .toList();
          if (complete && !there.equals(names)) {
            differences.add(
                "the run is complete in the record; planned were %s, there are %s"
                    .formatted(names, there));
          }
          if (there.size() > names.size() || !names.subList(0, there.size()).equals(there)) {
            differences.add(
                "the tests %s are not those that were planned: %s".formatted(there, names));
          }
        });
    if (former && complete && evidence.restoreTests().isEmpty()) {
      differences.add("the run is complete in the record, and there is no test");
    }
    if (complete
        && evidence.restoreTests().stream()
            .anyMatch(t -> !RunCompletion.COMPLETE.equals(t.end()))) {
      differences.add("the run is complete in the record, and a test of it failed");
    }
  }

  private void differ(RestoreTest test, String what) {
    differences.add(test.name() + ": " + what);
  }
}
