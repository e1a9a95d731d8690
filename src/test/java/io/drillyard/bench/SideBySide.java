package io.drillyard.bench;

import io.drillyard.ledger.Pacer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The p99 latency of one running load, in windows without and with something beside it, in the
 * order A B B A, so that a drift of the machine falls on both.
 *
 * <p>Told are each window's p99, the ratio of each neighbouring pair as a change in per cent, and,
 * as the noise that the change has to be held against, the same for neighbours that are alike.
 */
final class SideBySide {
  private static final int BLOCKS = 7;
  private static final Duration WINDOW = Duration.ofSeconds(2);
  private static final Duration SETTLE = Duration.ofMillis(400);

  /** What runs in the B windows. */
  interface Beside {
    AutoCloseable start() throws Exception;
  }

  private final Latencies latencies;
  private final Beside beside;
  private final List<Double> without = new ArrayList<>();
  private final List<Double> with = new ArrayList<>();
  private final List<Double> allWithout = new ArrayList<>();
  private final List<Double> allWith = new ArrayList<>();

  SideBySide(Latencies latencies, Beside beside) {
    this.latencies = latencies;
    this.beside = beside;
  }

  void run() throws Exception {
    // One block to warm up both sides.
    block();
    without.clear();
    with.clear();
    allWithout.clear();
    allWith.clear();
    for (int i = 0; i < BLOCKS; i++) {
      block();
    }
    for (int i = 0; i < with.size(); i++) {
      Told.tell("p99 without", without.get(i));
      Told.tell("p99 with", with.get(i));
      Told.tell("change", change(without.get(i), with.get(i)));
    }
    for (int i = 0; i + 1 < BLOCKS; i++) {
      Told.tell("noise", change(without.get(2 * i + 1), without.get(2 * i + 2)));
    }
    for (int i = 0; i < BLOCKS; i++) {
      Told.tell("noise", change(with.get(2 * i), with.get(2 * i + 1)));
    }
    Told.tell("all without", Spread.of(allWithout).quantile(0.99));
    Told.tell("all with", Spread.of(allWith).quantile(0.99));
    Told.tell("not acknowledged", (double) latencies.others());
  }

  private void block() throws Exception {
    window(without, allWithout);
    AutoCloseable running = beside.start();
    try {
      window(with, allWith);
      window(with, allWith);
    } finally {
      running.close();
    }
    window(without, allWithout);
  }

  private void window(List<Double> p99, List<Double> all) throws InterruptedException {
    Pacer.pause(SETTLE);
    long fromNs = latencies.now();
    Pacer.pause(WINDOW);
    long toNs = latencies.now();
    Pacer.pause(SETTLE.dividedBy(4));
    Spread spread = latencies.between(fromNs, toNs);
    p99.add(spread.quantile(0.99));
    all.addAll(spread.samples());
  }

  private static double change(double from, double to) {
    return (to / from - 1) * 100;
  }
}
