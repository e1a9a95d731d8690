package io.drillyard.launch;

import io.drillyard.evidence.RunFolders;
import io.drillyard.fault.act.Injector;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.LedgerException;
import io.drillyard.ledger.LedgerReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A fault that was in force when the drill's harness was killed: its undo is on the ledger, its
 * heal is not.
 *
 * @param run the run's folder
 * @param drill the drill's folder in it
 * @param fault its name in the plan
 * @param undo in words, as it was recorded before the first effect
 */
public record UnhealedFault(String run, String drill, String fault, String undo) {
  /** A ledger that was written to so shortly ago belongs to a drill that runs. */
  private static final Duration RUNNING = Duration.ofSeconds(10);

  /** All of a folder of runs, by run and drill; runs that ended or still go on have none. */
  public static List<UnhealedFault> in(Path reports) {
    List<UnhealedFault> found = new ArrayList<>();
    for (Path run : RunFolders.in(reports)) {
      if (!Files.exists(run.resolve("evidence.json"))) {
        for (Path drill : RunFolders.in(run.resolve("drills"))) {
          Path ledger = drill.resolve(DrillLauncher.LEDGER);
          if (Files.isRegularFile(ledger) && !running(ledger)) {
            found.addAll(left(run, drill, ledger));
          }
        }
      }
    }
    return found;
  }

  private static List<UnhealedFault> left(Path run, Path drill, Path ledger) {
    Map<String, String> undos = new LinkedHashMap<>();
    try {
      for (Event event : LedgerReader.readWhatIsThere(ledger).events()) {
        if (event instanceof Event.Action action && action.verb().equals(Injector.UNDO_RECORDED)) {
          undos.put(action.subject(), action.detail());
        } else if (event instanceof Event.Healed healed) {
          undos.remove(healed.fault());
        }
      }
    } catch (LedgerException e) {
      // Of a later version: what it says of its faults is not known here.
      return List.of();
    }
    List<UnhealedFault> left = new ArrayList<>();
    undos.forEach(
        (fault, undo) -> left.add(new UnhealedFault(name(run), name(drill), fault, undo)));
    return left;
  }

  private static boolean running(Path ledger) {
    try {
      return Files.getLastModifiedTime(ledger).toInstant().isAfter(Instant.now().minus(RUNNING));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
