package io.drillyard.restore.play;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.Climbed;
import io.drillyard.check.backup.Judged;
import io.drillyard.check.backup.Rung;
import io.drillyard.host.HostException;
import io.drillyard.repository.RepositoryException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Tries rungs, each with its own time and verdict; may be used from several threads. */
final class Ladder {
  private final long startNs;
  private final Set<Rung> optional;
  private final Progress progress;
  private final Map<Rung, Climbed> climbed = new EnumMap<>(Rung.class);
  private boolean broken;

  /**
   * From the order on.
   *
   * @param startNs {@code System.nanoTime()} of the order
   * @param optional rungs without which a backup may still be proven
   */
  Ladder(long startNs, Set<Rung> optional, Progress progress) {
    this.startNs = startNs;
    this.optional = optional;
    this.progress = progress;
  }

  /** Tries one; a failure of the harness is no verdict about the backup. */
  Verdict climb(Rung rung, Supplier<Finding> attempt) {
    long start = System.nanoTime();
    Finding finding;
    try {
      finding = attempt.get();
    } catch (HostException | RepositoryException | IllegalStateException e) {
      finding = Judged.undetermined(rung, "The harness failed here: " + e.getMessage());
      synchronized (this) {
        broken = true;
      }
    }
    long end = System.nanoTime();
    Climbed one =
        new Climbed(
            rung,
            !optional.contains(rung),
            (start - startNs) / 1e6,
            (end - start) / 1e6,
            true,
            finding);
    put(one);
    return finding.verdict();
  }

  private synchronized void put(Climbed one) {
    climbed.put(one.rung(), one);
    progress.say(
        "  %-13s %-28s %7.2f s  %s"
            .formatted(
                one.verdict(),
                one.rung().check(),
                one.durationMs() / 1e3,
                one.finding().summary().lines().findFirst().orElse("")));
  }

  /** Writes down that these could not be tried. */
  synchronized void skip(String why, Rung... rungs) {
    for (Rung rung : rungs) {
      climbed.putIfAbsent(rung, Climbed.untried(rung, !optional.contains(rung), why));
    }
  }

  /** All rungs in their order. */
  synchronized List<Climbed> rungs() {
    List<Climbed> all = new ArrayList<>(climbed.values());
    all.sort(Comparator.comparing(Climbed::rung));
    return all;
  }

  /** When the last required rung so far ended, in milliseconds since the order. */
  synchronized double endMs() {
    return climbed.values().stream()
        .filter(c -> c.required() && c.tried())
        .mapToDouble(c -> c.startMs() + c.durationMs())
        .max()
        .orElse(0);
  }

  /** True when the harness itself failed at some rung. */
  synchronized boolean broken() {
    return broken;
  }
}
