package io.drillyard.bench;

import io.drillyard.check.Finding;
import io.drillyard.check.Judge;
import io.drillyard.check.LedgerViews;
import io.drillyard.check.LongDrill;
import io.drillyard.check.Verdict;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.LedgerReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/** Runs in a small heap of its own: reads stored ledgers and judges them by all checks. */
final class JudgeMain {
  private static final int DROPPED = 1;
  private static final int COUNTED = 5;

  private JudgeMain() {}

  /**
   * Judges.
   *
   * @param files ledgers, the small ones first
   */
  public static void main(String[] files) {
    for (String file : files) {
      for (int round = 0; round < DROPPED + COUNTED; round++) {
        round(Path.of(file), round >= DROPPED);
      }
    }
  }

  private static void round(Path file, boolean counted) {
    // What the round before left behind is not this one's business.
    System.gc();
    long startNs = System.nanoTime();
    List<Event> events = LedgerReader.read(file);
    long readNs = System.nanoTime();
    long processorNs = processorNs();
    LedgerViews history = new LedgerViews(events);
    List<Finding> findings = Judge.judge(Judge.applicable(history), history, LongDrill.target());
    long judgedNs = System.nanoTime();
    processorNs = processorNs() - processorNs;
    if (Judge.verdict(findings) != Verdict.MET) {
      throw new IllegalStateException("the forged drill is not met: " + findings);
    }
    if (counted) {
      String of = " " + file.getFileName();
      Told.tell("events" + of, events.size());
      Told.tell("read" + of, (readNs - startNs) / 1e9);
      Told.tell("judged" + of, (judgedNs - readNs) / 1e9);
      Told.tell("processor" + of, processorNs / 1e9);
      Told.tell("ms per million" + of, (judgedNs - readNs) / 1e6 / events.size() * 1e6);
    }
  }

  /** Of this thread: what the judging costs, however busy the machine is. */
  private static long processorNs() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
