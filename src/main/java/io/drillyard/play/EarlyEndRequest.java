package io.drillyard.play;

import io.drillyard.host.lab.LabEntryPoint;
import io.drillyard.ledger.PacedWait;
import java.time.Duration;

/** Interrupts the drill's thread once the launcher asks for an early end. */
final class EarlyEndRequest {
  private static final Duration PACE = Duration.ofMillis(100);
  private volatile boolean asked;

  /** Watches on behalf of the calling thread. */
  static EarlyEndRequest watch(LabEntryPoint.Inside inside) {
    EarlyEndRequest shutdown = new EarlyEndRequest();
    Thread drill = Thread.currentThread();
    Thread.ofVirtual()
        .name("interrupt watch")
        .start(
            () -> {
              try {
                while (!inside.interrupted()) {
                  PacedWait.pause(PACE);
                }
                shutdown.asked = true;
                drill.interrupt();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    return shutdown;
  }

  /** True once an early end was asked for. */
  boolean asked() {
    return asked;
  }
}
