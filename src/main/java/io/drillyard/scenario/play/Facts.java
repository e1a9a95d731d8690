package io.drillyard.scenario.play;

import java.util.List;
import java.util.Map;

/**
 * What a drill leaves for its report besides the ledger; written by the lab as {@code facts.json}.
 *
 * @param configuration SHA-256 of every collected file as it was on the node (before passwords were
 *     withheld), by host and path
 * @param settings declared settings that dominate the figures
 */
public record Facts(
    Map<String, String> versions,
    Map<String, String> configuration,
    Map<String, String> settings,
    String storage,
    Map<String, String> backup,
    List<String> observations) {}
