package io.drillyard.scenario.step;

import io.drillyard.declaration.ClusterRef;
import io.drillyard.declaration.Disruption;
import java.time.Duration;
import java.util.List;

/**
 * What came before is read back and collected while the load goes on; then an episode of its own
 * begins, with an injection, a read-back and a target of its own.
 *
 * @param number of the episode, from 2
 * @param disruption whose targets it is judged by
 * @param exercises what breaks in it is that disruption
 * @param survivor the cluster that must hold the data at its end
 */
public record BeginEpisode(
    int number, String name, Disruption disruption, boolean exercises, ClusterRef survivor)
    implements Step {
  @Override
  public String words() {
    return "read back what this episode left; then episode %d, '%s', begins"
        .formatted(number, name);
  }

  @Override
  public List<ClusterRef> clusters() {
    return List.of(survivor);
  }

  @Override
  public Duration limit() {
    return Duration.ofMinutes(2);
  }

  @Override
  public void run(DrillStage stage) throws InterruptedException {
    stage.begin(this);
  }
}
