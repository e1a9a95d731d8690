package io.drillyard.scenario.step;

import io.drillyard.declaration.ClusterRef;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of a plan: plain data that can also be carried out. */
public interface Step {
  /** What it does, in one line, for {@code plan} and progress. */
  String words();

  /** The phase that begins with it; empty for most. */
  default String phase() {
    return "";
  }

  /** The clusters that it speaks of, beside the one that serves. */
  default List<ClusterRef> clusters() {
    return List.of();
  }

  /** The cluster that somebody orders to be promoted in it, with approval; null: nobody does. */
  default @Nullable ClusterRef promotes() {
    return null;
  }

  /** Longest time it may take. */
  Duration limit();

  /** Carries it out on a stage. */
  void run(DrillStage stage) throws InterruptedException;
}
