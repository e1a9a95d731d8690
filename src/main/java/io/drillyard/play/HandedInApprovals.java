package io.drillyard.play;

import io.drillyard.host.lab.LabEntryPoint;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/** Approvals that people hand to the launcher while the drill waits; all of them so far. */
final class HandedInApprovals implements Supplier<List<String>> {
  private static final JsonMapper JSON = new JsonMapper();

  private final LabEntryPoint.Inside inside;
  private List<String> soFar = List.of();

  HandedInApprovals(LabEntryPoint.Inside inside) {
    this.inside = inside;
  }

  /** As the launcher passes them on: every time all that there are. */
  static String packed(List<String> envelopes) {
    return JSON.writeValueAsString(envelopes);
  }

  @Override
  public List<String> get() {
    inside
        .newlyEntrusted()
        .ifPresent(text -> soFar = List.of(JSON.readValue(text, String[].class)));
    return soFar;
  }
}
