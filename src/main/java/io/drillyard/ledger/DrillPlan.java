package io.drillyard.ledger;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one drill was to be, as its ledger tells it before anything happens.
 *
 * @param scenario simple name
 * @param claim what must be true, in one sentence
 * @param control the check that must be missed; null for an ordinary drill
 * @param why the set-up is unsafe; null for an ordinary drill
 * @param target that it is judged by, as text
 * @param settings declared settings beside the figures they dominate
 * @param notChecked codes of what this drill does not check
 * @param warnings of its declarations
 * @param episodes those after the first, which is what stands above; null: there is one
 * @param contracts what the user's platform calls these parts; null: it says nothing
 */
public record DrillPlan(
    String scenario,
    String environment,
    String context,
    String disruption,
    String title,
    String claim,
    @Nullable String control,
    @Nullable String why,
    String target,
    Map<String, String> settings,
    List<String> notChecked,
    List<String> warnings,
    @Nullable List<Episode> episodes,
    @Nullable Map<String, String> contracts) {

  /**
   * A further episode of the drill, with a target of its own.
   *
   * @param number from 2
   * @param exercises what breaks in it is that disruption
   * @param target that it is judged by, as text
   */
  public record Episode(
      int number, String name, String disruption, boolean exercises, String target) {}

  /** How many episodes there are to be. */
  public int length() {
    return 1 + (episodes == null ? 0 : episodes.size());
  }

  /** The one of that number; null of the first, and of one that is not planned. */
  public @Nullable Episode episode(int number) {
    return episodes == null
        ? null
        : episodes.stream().filter(e -> e.number() == number).findFirst().orElse(null);
  }
}
