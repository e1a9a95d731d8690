package io.drillyard.check.backup;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.RestoreOrdered;
import io.drillyard.ledger.RungLooked;
import io.drillyard.ledger.RungUntried;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Judges a restore test from its ledger, rung by rung: while it runs, and again from a stored one.
 * The order is the ledger's origin.
 */
public final class RestoreLadderJudge {
  private final RestoreTerms terms;
  private final List<RestoreRungResult> climbed = new ArrayList<>();
  private final RungLooks looks;
  private boolean broken;

  /**
   * Of one test.
   *
   * @param listings what every object is like, by the file that holds it
   */
  public RestoreLadderJudge(
      RestoreTerms terms, Function<UnchangedLook.Listing, Map<String, String>> listings) {
    this.terms = terms;
    this.looks = new RungLooks(terms, listings, climbed);
  }

  /**
   * Judges a whole ledger.
   *
   * @param listings as above
   * @throws IllegalArgumentException when it is no restore test's, or holds what has no sense
   */
  public static RestoreLadderJudge of(
      List<Event> events, Function<UnchangedLook.Listing, Map<String, String>> listings) {
    RestoreLadderJudge judge =
        new RestoreLadderJudge(
            events.stream()
                .filter(RestoreOrdered.class::isInstance)
                .map(e -> LookJson.terms(((RestoreOrdered) e).terms()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("it tells of no restore test")),
            listings);
    events.forEach(judge::add);
    return judge;
  }

  /** Takes the next event; what is none of a rung's is passed over. */
  public synchronized void add(Event event) {
    switch (event) {
      case RungLooked looked -> looked(looked);
      case RungUntried untried -> untried(untried);
      default -> {}
    }
  }

  private void looked(RungLooked event) {
    Rung rung = LookJson.rung(event.rung());
    RungLook look = LookJson.look(event.look());
    looks.add(rung, look);
    Finding finding;
    try {
      finding = look.judge(looks);
    } catch (IllegalStateException e) {
      finding = failed(rung, String.valueOf(e.getMessage()));
    }
    if (!finding.check().equals(rung.check())) {
      throw new IllegalArgumentException(
          "%s is judged by what %s looked at".formatted(rung.check(), finding.check()));
    }
    put(climbed(rung, event.at(), true, finding));
  }

  private void untried(RungUntried event) {
    Rung rung = LookJson.rung(event.rung());
    if (event.broke()) {
      put(climbed(rung, event.at(), true, failed(rung, event.why())));
    } else if (climbed.stream().noneMatch(c -> c.rung() == rung)) {
      put(RestoreRungResult.untried(rung, terms.requires(rung), event.why()));
    }
  }

  /** A failure of the harness is no verdict about the backup. */
  private Finding failed(Rung rung, String why) {
    broken = true;
    return RungFindings.undetermined(rung, "The harness failed here: " + why);
  }

  private RestoreRungResult climbed(Rung rung, Interval at, boolean tried, Finding finding) {
    return new RestoreRungResult(
        rung,
        terms.requires(rung),
        at.startNs() / 1e6,
        (at.endNs() - at.startNs()) / 1e6,
        tried,
        finding);
  }

  private void put(RestoreRungResult one) {
    climbed.removeIf(c -> c.rung() == one.rung());
    climbed.add(one);
  }

  /** What was asked for. */
  public RestoreTerms terms() {
    return terms;
  }

  /** All rungs in their order. */
  public synchronized List<RestoreRungResult> ladder() {
    return climbed.stream().sorted(Comparator.comparing(RestoreRungResult::rung)).toList();
  }

  /** True when the harness itself failed at some rung. */
  public synchronized boolean broken() {
    return broken;
  }

  /** The test's verdict: its required rungs decide. */
  public synchronized Verdict verdict() {
    Verdict all = RestoreRungResult.of(climbed);
    return broken && all == Verdict.MET ? Verdict.UNDETERMINED : all;
  }

  /** What was read of the stanza; null when nothing was. */
  public synchronized @Nullable InformationLook information() {
    return looks.information();
  }

  /** How recovery went; null when there was none. */
  public synchronized @Nullable RecoveryLook recovery() {
    return looks.recovery();
  }

  /** What the time is made of; null when that was not looked at. */
  public synchronized @Nullable RestoreTimeLook time() {
    return looks.time();
  }

  /** How the copy of one context's database went; null when that was not what was tested. */
  public synchronized SingleContextLooks.@Nullable Restored restoredAlone() {
    return looks.restoredAlone();
  }

  /** What is worth saying and nothing wrong. */
  public synchronized List<String> remarks() {
    InformationLook what = looks.information();
    return what == null ? List.of() : what.remarks(terms);
  }
}
