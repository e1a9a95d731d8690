package io.drillyard.bench;

import io.drillyard.ledger.PacedWait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The p99 latency of one running load, in windows without and with something beside it, in the
 * order A B B A, so that a drift of the machine falls on both.
 *
 * <p>Told are each window's p99 and the change of the p99 of all windows together, in per cent,
 * once for each of many draws of blocks with replacement (a bootstrap by blocks, which keeps
 * neighbouring windows together): their spread is how well the change is known. A window's own p99
 * stands on ten writes and would say nothing.
 */
final class SideBySide {
  private static final int BLOCKS = 30;
  private static final Duration WINDOW = Duration.ofSeconds(2);
  private static final Duration SETTLE = Duration.ofMillis(400);

  /** What runs in the B windows. */
  interface Beside {
    AutoCloseable start() throws Exception;
  }

  private final Latencies latencies;
  private final Beside beside;
  private static final int DRAWS = 400;
  private static final double SHARE = 0.99;

  /** The latencies of one block, without and with. */
  private record Block(List<Double> without, List<Double> with) {
    static Block empty() {
      return new Block(new ArrayList<>(), new ArrayList<>());
    }
  }

  private final List<Block> blocks = new ArrayList<>();

  SideBySide(Latencies latencies, Beside beside) {
    this.latencies = latencies;
    this.beside = beside;
  }

  void run() throws Exception {
    // The first warms up both sides.
    block();
    for (int i = 0; i < BLOCKS; i++) {
      blocks.add(block());
    }
    for (Block block : blocks) {
      Told.tell("p99 without", Spread.of(block.without).quantile(SHARE));
      Told.tell("p99 with", Spread.of(block.with).quantile(SHARE));
    }
    Told.tell("all without", p99(blocks, Block::without));
    Told.tell("all with", p99(blocks, Block::with));
    Random random = new Random(1);
    for (int draw = 0; draw < DRAWS; draw++) {
      List<Block> drawn =
          IntStream.range(0, BLOCKS).mapToObj(i -> blocks.get(random.nextInt(BLOCKS))).toList();
      Told.tell("change", (p99(drawn, Block::with) / p99(drawn, Block::without) - 1) * 100);
    }
    Told.tell("not acknowledged", (double) latencies.others());
  }

  private static double p99(List<Block> blocks, Function<Block, List<Double>> side) {
    return Spread.of(blocks.stream().flatMap(b -> side.apply(b).stream()).toList()).quantile(SHARE);
  }

  private Block block() throws Exception {
    Block block = Block.empty();
    window(block.without);
    AutoCloseable running = beside.start();
    try {
      window(block.with);
      window(block.with);
    } finally {
      running.close();
    }
    window(block.without);
    return block;
  }

  private void window(List<Double> all) throws InterruptedException {
    PacedWait.pause(SETTLE);
    long fromNs = latencies.now();
    PacedWait.pause(WINDOW);
    long toNs = latencies.now();
    PacedWait.pause(SETTLE.dividedBy(4));
    all.addAll(latencies.between(fromNs, toNs).samples());
  }
}
