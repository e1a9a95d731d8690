package io.drillyard.bench;

import io.drillyard.check.Finding;
import io.drillyard.check.backup.RestoreRungResult;
import io.drillyard.check.backup.Rung;
import io.drillyard.host.lab.LabEntryPoint;
import io.drillyard.play.restore.RestoreBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Restores of growing sizes: by hand with one process and two, and by the whole ladder. */
public final class RestoresInLab implements LabEntryPoint {
  /** What is added, one after the other, in MiB; the last makes it about 2 GiB. */
  static final int[] STEPS = {256, 768, 1024};

  /** Of each kind and size. */
  private static final int ROUNDS = 3;

  @Override
  public int run(Inside inside, List<String> arguments) throws IOException {
    try (RestoreBench vault = new RestoreBench(inside)) {
      int total = 0;
      for (int step : STEPS) {
        vault.fill(step);
        total += step;
        for (int round = 0; round < ROUNDS; round++) {
          // Side by side, so that what the machine does meanwhile meets them all.
          RestoreBench.ByHand two = vault.byHand(2);
          tell("by hand, copy", total, two.copyMs());
          tell("by hand, open", total, two.openMs());
          tell("bytes", total, (double) two.bytes());
          List<RestoreRungResult> test = vault.ladder();
          RestoreRungResult copy = rung(test, Rung.RESTORE);
          RestoreRungResult whole = rung(test, Rung.RECOVERY_TIME);
          Finding.Measured time = whole == null ? null : whole.finding().measured();
          if (copy == null || time == null) {
            throw new IllegalStateException("the ladder failed: " + test);
          }
          tell("ladder, copy", total, copy.durationMs());
          tell("ladder", total, time.upper());
          tell("copy against by hand", total, copy.durationMs() / two.copyMs());
          tell("copy beyond by hand", total, copy.durationMs() - two.copyMs());
          tell("ladder against by hand", total, time.upper() / two.openMs());
          tell("by hand with one process, open", total, vault.byHand(1).openMs());
        }
      }
    }
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        Told.tell("resident", Long.parseLong(line.replaceAll("\\D", "")) / 1024.0);
      }
    }
    return 0;
  }

  private static @Nullable RestoreRungResult rung(List<RestoreRungResult> ladder, Rung rung) {
    return ladder.stream().filter(c -> c.rung() == rung).findFirst().orElse(null);
  }

  private static void tell(String what, int mebibytes, double value) {
    Told.tell(what + " " + mebibytes, value);
  }
}
