package io.drillyard.ledger;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  /** The same without its warnings. */
  public DrillPlan unwarned() {
    return new DrillPlan(
        scenario,
        environment,
        context,
        disruption,
        title,
        claim,
        control,
        why,
        target,
        settings,
        notChecked,
        List.of(),
        episodes,
        contracts);
  }

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

  /**
   * SHA-256 of the plan. What is added to plans later must not change the digests of those that
   * lack it: only what is there counts, by its name.
   */
  public String sha256() {
    StringBuilder text = new StringBuilder();
    add(text, "scenario", scenario);
    add(text, "environment", environment);
    add(text, "context", context);
    add(text, "disruption", disruption);
    add(text, "title", title);
    add(text, "claim", claim);
    add(text, "control", control == null ? "" : control);
    add(text, "why", why == null ? "" : why);
    add(text, "target", target);
    new TreeMap<>(settings).forEach((name, value) -> add(text, "setting " + name, value));
    notChecked.forEach(code -> add(text, "not checked", code));
    warnings.forEach(warning -> add(text, "warning", warning));
    if (episodes != null) {
      episodes.forEach(episode -> add(text, "episode", episode.toString()));
    }
    if (contracts != null) {
      new TreeMap<>(contracts).forEach((name, value) -> add(text, "contract " + name, value));
    }
    return Sha256.of(text.toString());
  }

  private static void add(StringBuilder text, String name, String value) {
    if (!value.isEmpty()) {
      // With its length: no value can look like the next name.
      text.append(name).append(' ').append(value.length()).append(' ').append(value).append('\n');
    }
  }
}
