package io.drillyard.bench;

import io.drillyard.host.lab.LabEntryPoint;
import io.drillyard.ledger.MemoryLedger;
import io.drillyard.play.BenchSystem;
import io.drillyard.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What the ledger carries, and what carrying it does to the writes of clients. */
public final class LedgerInLab implements LabEntryPoint {
  /** A little more than the target, so that reaching it is proved by the count. */
  private static final double PER_SECOND = 20_500;

  private static final Duration SUSTAINED = Duration.ofSeconds(10);
  private static final int COUNTED = 5;
  private static final long FULL_SPEED_EVENTS = 300_000;
  private static final double WRITES_PER_SECOND = 500;
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @Override
  public int run(Inside inside, List<String> arguments) throws Exception {
    carry(inside.out());
    try (BenchSystem system = BenchSystem.open(inside, "onprem-async", new MemoryLedger())) {
      system.build();
      Latencies latencies = new Latencies();
      Workload load = system.load(latencies, WRITES_PER_SECOND);
      new SideBySide(latencies, () -> new Stream(inside.out(), PER_SECOND, Long.MAX_VALUE)).run();
      load.stop(Duration.ofSeconds(5));
    }
    return 0;
  }

  private static void carry(Path folder) throws IOException, InterruptedException {
    long sustained = Math.round(PER_SECOND * SUSTAINED.toSeconds());
    for (int round = 0; round <= COUNTED; round++) {
      try (Stream stream = new Stream(folder, 0, FULL_SPEED_EVENTS)) {
        double seconds = stream.finish(LIMIT);
        if (round > 0) {
          Told.tell("full speed", FULL_SPEED_EVENTS / seconds);
        }
      }
    }
    for (int round = 0; round < COUNTED; round++) {
      try (Stream stream = new Stream(folder, PER_SECOND, sustained)) {
        Told.tell("carried", sustained / stream.finish(LIMIT));
        Told.tell("delay p99", stream.delays().quantile(0.99));
        Told.tell("delay longest", stream.delays().max());
      }
    }
  }
}
