package io.drillyard.play;

import io.drillyard.check.LedgerSoundness;
import io.drillyard.host.lab.LabEntryPoint;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.Ledger;
import io.drillyard.ledger.PacedWait;
import io.drillyard.scenario.step.Step;
import java.time.Duration;

/** Where a drill stops so that somebody can look around in its hosts before it goes on. */
public final class LookAroundPauses {
  /** Stops after each step. */
  public static final String EVERY_STEP = "step";

  /** A forgotten drill goes on by itself after so long. */
  public static final Duration LONGEST = Duration.ofHours(2);

  private static final Duration PACE = Duration.ofMillis(100);
  private final String at;
  private final LabEntryPoint.Inside inside;
  private final Ledger ledger;
  private boolean done;

  LookAroundPauses(String at, LabEntryPoint.Inside inside, Ledger ledger) {
    this.at = at;
    this.inside = inside;
    this.ledger = ledger;
  }

  /**
   * After a step: at the first one that begins the phase, so that with {@code fault} the fault is
   * in force and was looked at.
   */
  void after(Step step) throws InterruptedException {
    if (at.equals(EVERY_STEP) || (!done && !at.isEmpty() && at.equals(step.phase()))) {
      done = true;
      long start = ledger.now();
      ledger.append(
          new Event.Action(
              Interval.instant(start),
              "operator",
              LedgerSoundness.STOPPED,
              "drill",
              "after: " + step.words()));
      ledger.settle();
      while (!inside.toldToGoOn() && ledger.now() - start < LONGEST.toNanos()) {
        PacedWait.pause(PACE);
      }
      ledger.append(
          new Event.Action(
              ledger.since(start),
              "operator",
              "go-on",
              "drill",
              "told to go on, or left alone for too long"));
    }
  }
}
