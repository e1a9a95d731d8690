package io.drillyard.play;

import io.drillyard.host.lab.LabEntryPoint;
import java.util.List;
import java.util.function.Supplier;

/** Approvals that people hand to the launcher while the drill waits; all of them so far. */
final class HandedInApprovals implements Supplier<List<String>> {
  private final LabEntryPoint.Inside inside;
  private List<String> soFar = List.of();

  HandedInApprovals(LabEntryPoint.Inside inside) {
    this.inside = inside;
  }

  @Override
  public List<String> get() {
    inside.newlyEntrusted().ifPresent(text -> soFar = WaitingOrder.unpacked(text));
    return soFar;
  }
}
