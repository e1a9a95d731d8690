package io.drillyard.check.backup;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * What of every way into the sandbox and out of it was tried.
 *
 * @param now before the restore
 * @param whileSourceRan the same when the source was still there: what is off cannot be reached
 *     anyway
 */
public record SandboxIsolationLook(List<Way> now, List<Way> whileSourceRan) implements RungLook {
  /**
   * One way.
   *
   * @param to the first of a list is the repository, the only one that is wanted
   * @param result {@code CONNECTED}, {@code SILENT} …
   */
  public record Way(String from, String to, String plane, String result) {
    private String words() {
      return "%s to %s, %s: %s".formatted(from, to, plane, result);
    }
  }

  @Override
  public Finding judge(RungLooks test) {
    Finding last = judge(now);
    return last.verdict() == Verdict.MET ? judge(whileSourceRan) : last;
  }

  private static Finding judge(List<Way> ways) {
    List<String> wrong = new ArrayList<>();
    List<String> facts = new ArrayList<>();
    // A way that nobody tried was not there.
    String shut = ways.isEmpty() ? "nothing was tried" : null;
    for (int i = 0; i < ways.size(); i++) {
      Way way = ways.get(i);
      facts.add(way.words());
      // A refusal is an answer too: the packet arrived.
      boolean silent = way.result().equals("SILENT");
      if (i == 0 && !way.result().equals("CONNECTED")) {
        shut = way.words();
      } else if (i > 0 && !silent) {
        wrong.add(way.words());
      }
    }
    if (wrong.isEmpty() && shut != null) {
      return RungFindings.undetermined(
          Rung.ISOLATION,
          "The one way that is wanted was not there: %s. All others are dead; that is no lack of isolation, and no proof of the repository. Remedy: see whether the relay and the store answer."
              .formatted(shut));
    }
    return wrong.isEmpty()
        ? RungFindings.met(
            Rung.ISOLATION,
            "The sandbox reaches the repository's read-only endpoint; %d other ways, in and out, are dead."
                .formatted(ways.size() - 1),
            facts)
        : RungFindings.missed(
            Rung.ISOLATION, "The sandbox is not as far from everything as it has to be.", wrong);
  }
}
