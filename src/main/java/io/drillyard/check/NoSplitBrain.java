package io.drillyard.check;

import io.drillyard.check.Finding.Measured;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import java.util.ArrayList;
import java.util.List;

/** At no time did two members accept commits on diverged branches of history. */
public final class NoSplitBrain implements Check {
  /** Its name in plans and reports. */
  public static final String NAME = "noSplitBrain";

  /** pgBackRest: a WAL segment of that name exists with another checksum. */
  static final String ARCHIVE_CLASH = "[045]";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Finding judge(LedgerViews history, Target target) {
    return CheckGuard.judge(NAME, history, target, NoSplitBrain::assess);
  }

  private static Finding assess(LedgerViews history, Target target) {
    FindingBuilder draft = new FindingBuilder(NAME, "no two primaries");
    OverlappingCommits rivalry = new OverlappingCommits(history, target);
    List<String> signs = new ArrayList<>(history.branches().conflicts());
    for (Event.Note note : history.of(Event.Note.class)) {
      if (note.level().equals("error") && note.text().contains(ARCHIVE_CLASH)) {
        signs.add(
            "the archive rejected a segment that exists with another checksum: " + note.text());
      }
    }
    rivalry.findings().forEach(clash -> draft.detail(clash.sentence()));
    draft.details(signs);
    rivalry.findings().stream()
        .flatMap(clash -> clash.commits().stream())
        .limit(FindingBuilder.DETAILS_MAX)
        .forEach(commit -> draft.detail(OverlappingCommits.words(commit)));
    if (!rivalry.findings().isEmpty()) {
      return clash(draft, rivalry.findings());
    }
    if (!signs.isEmpty()) {
      return draft.missed("histories-diverged", signs.get(0));
    }
    List<String> doubts = new ArrayList<>(rivalry.doubts());
    doubts.addAll(history.branches().doubts());
    doubts.addAll(ProbeCoverage.gaps(history));
    if (history.spells().isEmpty()) {
      doubts.add("no member was seen to accept a single commit");
    }
    draft.details(doubts);
    if (!doubts.isEmpty()) {
      return draft.undetermined("watching-in-doubt", doubts.get(0));
    }
    draft.measured(FindingBuilder.ms(0, 0, java.time.Duration.ZERO));
    long unwatched = ProbeCoverage.longestNs(history);
    draft.part("longest-unwatched", FindingBuilder.ms(unwatched, unwatched, null));
    return draft.met(
        "one-primary", "every member was watched and no two accepted commits on diverged branches");
  }

  private static Finding clash(FindingBuilder draft, List<OverlappingCommits.Clash> clashes) {
    OverlappingCommits.Clash worst = clashes.get(0);
    long commits = 0;
    for (OverlappingCommits.Clash clash : clashes) {
      commits += clash.count();
      worst = clash.upperNs() > worst.upperNs() ? clash : worst;
    }
    Measured overlap = FindingBuilder.ms(worst.lowerNs(), worst.upperNs(), java.time.Duration.ZERO);
    draft.measured(overlap).part("overlap", overlap).count("split-brain-commits", commits);
    return draft.missed(
        "split-brain",
        "split-brain of %s to %s: %s"
            .formatted(
                FindingBuilder.seconds(overlap.lower()),
                FindingBuilder.seconds(overlap.upper()),
                worst.sentence()));
  }
}
