package io.drillyard.launch;

import io.drillyard.check.ControlResult;
import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.InformationLook;
import io.drillyard.check.backup.LookJson;
import io.drillyard.check.backup.RecoveryLook;
import io.drillyard.check.backup.RestoreChoice;
import io.drillyard.check.backup.RestoreLadderJudge;
import io.drillyard.check.backup.RestoreRungResult;
import io.drillyard.check.backup.RestoreTerms;
import io.drillyard.check.backup.RestoreTimeLook;
import io.drillyard.check.backup.Rung;
import io.drillyard.check.backup.SingleContextLooks;
import io.drillyard.check.backup.UnchangedLook;
import io.drillyard.evidence.BackupFacts;
import io.drillyard.evidence.RestoreTest;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.ObjectListing;
import io.drillyard.ledger.RestoreControl;
import io.drillyard.ledger.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The record of a restore test as its ledger tells it. A fresh run and whoever reads it later make
 * it in the same way, so that what stands in a record can be compared with it.
 */
final class RestoreRecord {
  private static final Pattern BESIDE =
      Pattern.compile("[0-9]{3,}-[a-z0-9-]+\\.(before|after)\\.gz");

  /** What tests of a repository that nothing was done to are called. */
  private static final Pattern PLAIN = Pattern.compile("clean(-[0-9]+)?");

  private final List<Event> events;
  private final RestoreLadderJudge judge;
  private final boolean whole;

  private RestoreRecord(List<Event> events, RestoreLadderJudge judge, boolean whole) {
    this.events = events;
    this.judge = judge;
    this.whole = whole;
  }

  /**
   * The record.
   *
   * @param run folder of the run
   * @param ledger path of the ledger in that folder
   * @param events of it
   * @param whole false when a line of the ledger cannot be read
   * @throws IllegalArgumentException when it is no restore test's, or holds what has no sense
   */
  static RestoreTest of(Path run, String ledger, List<Event> events, boolean whole) {
    Path beside = run.resolve(ledger).resolveSibling(".");
    RestoreLadderJudge judge = RestoreLadderJudge.of(events, listing -> listing(beside, listing));
    return new RestoreRecord(events, judge, whole)
        .record(ledger, FileDigests.sha256(run.resolve(ledger)));
  }

  private RestoreTest record(String ledger, String sha256) {
    RestoreTerms terms = judge.terms();
    InformationLook seen = judge.information();
    RecoveryLook recovery = judge.recovery();
    RestoreTimeLook time = judge.time();
    RestoreChoice choice =
        seen == null || !climbed(Rung.CONTINUITY) ? null : seen.choiceIfAny(terms);
    RestoreTest.Control control = control();
    boolean complete = complete();
    return new RestoreTest(
        terms.name(),
        terms.policy(),
        terms.serves(),
        terms.stanza(),
        verdict(complete, control),
        terms.ordered().toString(),
        finished(terms),
        complete ? RunCompletion.COMPLETE : RunCompletion.FAILED,
        terms.seed(),
        backup(terms, seen, choice),
        recovery != null
            ? recovery.target().words()
            : choice == null ? terms.target() : choice.target().words(),
        judge.ladder(),
        time == null ? Map.of() : time.partsMs(),
        time == null ? 0 : time.bytes(),
        freshness(),
        terms.versions(),
        terms.notChecked(),
        events.stream()
            .filter(e -> e instanceof Event.Note note && note.level().equals("remark"))
            .map(e -> ((Event.Note) e).text())
            .toList(),
        control,
        ledger,
        sha256,
        terms.contracts());
  }

  /** True of the name of a test of a repository that nothing was done to. */
  static boolean isPlain(String name) {
    return PLAIN.matcher(name).matches();
  }

  private boolean complete() {
    return whole
        && !judge.broken()
        && events.getLast() instanceof Event.Closed closed
        && closed.end().equals(RunCompletion.COMPLETE);
  }

  /**
   * What was not climbed was not met: only a control's ladder, of what befalls one context, has
   * fewer rungs.
   */
  private Verdict verdict(boolean complete, RestoreTest.@Nullable Control control) {
    EnumSet<Rung> missing = EnumSet.allOf(Rung.class);
    judge.ladder().forEach(c -> missing.remove(c.rung()));
    boolean all = missing.isEmpty() || control != null;
    return judge.verdict().given(complete && all);
  }

  private boolean climbed(Rung rung) {
    return judge.ladder().stream().anyMatch(c -> c.rung() == rung);
  }

  /** By the ledger's own clock, which has no steps. */
  private String finished(RestoreTerms terms) {
    Instant anchor =
        events.getFirst() instanceof Event.Opened opened
            ? Instant.parse(opened.wallClockAnchor())
            : terms.ordered();
    return anchor.plusNanos(events.getLast().at().endNs()).toString();
  }

  /** Of the backup that was restored; where one context alone was, of what that rung tells. */
  private Map<String, String> backup(
      RestoreTerms terms, @Nullable InformationLook seen, @Nullable RestoreChoice choice) {
    SingleContextLooks.Restored alone = judge.restoredAlone();
    if (alone == null) {
      return BackupFacts.of(seen, choice, terms.repository());
    }
    Map<String, String> facts = new LinkedHashMap<>(terms.repository());
    facts.put("label", alone.label());
    return facts;
  }

  private @Nullable Double freshness() {
    Finding.Measured age =
        judge.ladder().stream()
            .filter(c -> c.rung() == Rung.FRESHNESS)
            .findFirst()
            .map(c -> c.finding().measured())
            .orElse(null);
    return age == null ? null : age.upper();
  }

  /** A result that the rungs deny is none. */
  private RestoreTest.@Nullable Control control() {
    RestoreControl told = told(events);
    if (told == null && isPlain(judge.terms().name())) {
      return null;
    }
    List<Rung> missed =
        judge.ladder().stream()
            .filter(c -> c.verdict() == Verdict.MISSED)
            .map(RestoreRungResult::rung)
            .toList();
    if (told == null) {
      // What was done to the repository is told at the end of a test, and this one has none.
      return new RestoreTest.Control(
          judge.terms().name() + ": broke off",
          Rung.REMOVED,
          missed,
          ControlResult.UNDETERMINED.word());
    }
    return new RestoreTest.Control(
        told.words(),
        LookJson.rung(told.rung()),
        missed,
        borneOut(told, missed, judge.verdict()) && faultsWereSeen(events)
            ? told.result()
            : ControlResult.UNDETERMINED.word());
  }

  /** What the ledger says of a control; null where it was none. */
  static @Nullable RestoreControl told(List<Event> events) {
    return events.stream()
        .filter(RestoreControl.class::isInstance)
        .map(RestoreControl.class::cast)
        .findFirst()
        .orElse(null);
  }

  /** Whether what a ledger says of a control agrees with its rungs. */
  static boolean borneOut(RestoreControl told, List<Rung> missed, Verdict verdict) {
    return switch (ControlResult.of(told.result())) {
      case CAUGHT -> missed.contains(LookJson.rung(told.rung()));
      case OVERCOME -> verdict == Verdict.MET;
      default -> true;
    };
  }

  /**
   * Whether every fault that stands on the ledger was seen in force: whatever came of one that was
   * not proves nothing. Earlier ledgers hold none.
   */
  static boolean faultsWereSeen(List<Event> events) {
    return events.stream()
        .filter(Event.Injected.class::isInstance)
        .map(e -> ((Event.Injected) e).fault())
        .allMatch(fault -> wasSeen(fault, events));
  }

  private static boolean wasSeen(String fault, List<Event> events) {
    List<Event.Witnessed> looks =
        events.stream()
            .filter(e -> e instanceof Event.Witnessed w && w.fault().equals(fault) && w.expected())
            .map(Event.Witnessed.class::cast)
            .toList();
    return !looks.isEmpty() && looks.stream().allMatch(Event.Witnessed::holds);
  }

  private static Map<String, String> listing(Path folder, UnchangedLook.Listing listing) {
    if (!BESIDE.matcher(listing.file()).matches()) {
      throw new IllegalArgumentException(listing.file() + " is no name of a listing");
    }
    try {
      byte[] bytes = Files.readAllBytes(folder.resolve(listing.file()));
      if (!Sha256.of(bytes).equals(listing.sha256())) {
        throw new IllegalArgumentException(
            listing.file() + " has another digest than the ledger says");
      }
      return ObjectListing.read(bytes);
    } catch (IOException e) {
      throw new IllegalArgumentException(listing.file() + " cannot be read", e);
    }
  }
}
