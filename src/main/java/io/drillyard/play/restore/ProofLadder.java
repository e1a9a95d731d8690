package io.drillyard.play.restore;

import io.drillyard.check.Verdict;
import io.drillyard.check.backup.LookJson;
import io.drillyard.check.backup.RestoreLadderJudge;
import io.drillyard.check.backup.RestoreRungResult;
import io.drillyard.check.backup.RestoreTerms;
import io.drillyard.check.backup.Rung;
import io.drillyard.check.backup.RungLook;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.RestoreOrdered;
import io.drillyard.ledger.RungLooked;
import io.drillyard.ledger.RungUntried;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tries rungs: what each looked at goes onto the ledger, and is judged from there. May be used from
 * several threads.
 */
final class ProofLadder {
  private final RestoreTestLedger file;
  private final RestoreLadderJudge judge;
  private final ProgressLines progress;

  /** Begins with what was ordered. */
  ProofLadder(RestoreTestLedger file, RestoreTerms terms, ProgressLines progress) {
    this.file = file;
    this.progress = progress;
    this.judge = new RestoreLadderJudge(terms, file::kept);
    file.ledger()
        .append(new RestoreOrdered(file.now(), LookJson.write(terms), file.planned(), file.plan()));
  }

  /** Tries one; a failure of the harness is no verdict about the backup. */
  Verdict climb(Rung rung, Supplier<? extends RungLook> attempt) {
    long start = file.ledger().now();
    Event event;
    try {
      RungLook look = attempt.get();
      event = new RungLooked(since(start), rung.check(), LookJson.write(look));
    } catch (RuntimeException e) {
      // Whatever broke, broke at this rung: the others are looked at all the same.
      event =
          new RungUntried(
              since(start),
              rung.check(),
              true,
              e.getMessage() == null ? e.toString() : e.getMessage());
    }
    append(event);
    RestoreRungResult one =
        judge.ladder().stream().filter(c -> c.rung() == rung).findFirst().orElseThrow();
    progress.say(
        "  %-13s %-28s %7.2f s  %s"
            .formatted(
                one.verdict(),
                one.rung().check(),
                one.durationMs() / 1e3,
                one.finding().summary().lines().findFirst().orElse("")));
    return one.verdict();
  }

  private Interval since(long start) {
    return new Interval(start, file.ledger().now());
  }

  private synchronized void append(Event event) {
    file.ledger().append(event);
    judge.add(event);
  }

  /** Writes down that these could not be tried. */
  void skip(String why, Rung... rungs) {
    for (Rung rung : rungs) {
      append(new RungUntried(file.now(), rung.check(), false, why));
    }
  }

  /** What was asked for. */
  RestoreTerms terms() {
    return judge.terms();
  }

  /** All rungs in their order. */
  List<RestoreRungResult> rungs() {
    return judge.ladder();
  }

  /** The verdict by now. */
  Verdict verdict() {
    return judge.verdict();
  }

  /** What is worth saying and nothing wrong. */
  List<String> remarks() {
    return judge.remarks();
  }

  /** True when the harness itself failed at some rung. */
  boolean broken() {
    return judge.broken();
  }
}
