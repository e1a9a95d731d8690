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
    List<String> warnings) {}
