package io.drillyard.register;

import io.drillyard.check.Verdict;
import io.drillyard.check.backup.RestoreTerms;
import io.drillyard.declaration.ExternalRepository;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.RestoreTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which backups of a stanza stand proved by the runs on record: of those tests of a backup that
 * decided something, the newest proved it.
 *
 * @param labels in the order of their proofs
 * @param doubts why the records cannot be relied on; empty: they can
 */
public record ProvenBackups(List<String> labels, List<String> doubts) {
  /** A record from the future tells of a wrong clock, here or there. */
  private static final Duration AHEAD = Duration.ofMinutes(5);

  /**
   * By the tests of this stanza in that place, whoever declared them; of one that does not say
   * which repository it was of, by its declaration's name.
   */
  public static ProvenBackups of(
      String policy, ExternalRepository external, List<Evidence> runs, Instant now) {
    List<RestoreTest> tests = new ArrayList<>();
    List<String> doubts = new ArrayList<>();
    for (Evidence run : runs) {
      for (RestoreTest test : run.plainTests()) {
        String place = test.backup().get(RestoreTerms.PLACE);
        boolean same =
            place == null ? test.policy().equals(policy) : place.equals(external.place());
        if (same && test.stanza().equals(external.stanza())) {
          tests.add(test);
          if (Instant.parse(test.finished()).isAfter(now.plus(AHEAD))) {
            doubts.add("Run %s ended in the future: a clock is wrong.".formatted(run.run()));
          }
        }
      }
    }
    for (Evidence run : runs) {
      for (RestoreTest test : run.plainTests()) {
        if (test.end().equals(RestoreTest.UNRECORDED) && test.policy().equals(policy)) {
          doubts.add("Run %s planned a test that left no record.".formatted(run.run()));
        }
      }
    }
    tests.sort(Comparator.comparing(t -> Instant.parse(t.finished())));
    Set<String> labels = new LinkedHashSet<>();
    for (RestoreTest test : tests) {
      String label = test.backup().getOrDefault("label", "");
      if (test.verdict() != Verdict.UNDETERMINED) {
        labels.remove(label);
      }
      if (test.verdict() == Verdict.MET && !label.isEmpty()) {
        labels.add(label);
      }
    }
    return new ProvenBackups(List.copyOf(labels), List.copyOf(doubts));
  }
}
