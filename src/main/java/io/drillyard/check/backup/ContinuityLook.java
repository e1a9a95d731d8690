package io.drillyard.check.backup;

import io.drillyard.backup.WalContinuity;
import io.drillyard.check.Finding;
import java.util.ArrayList;
import java.util.List;

/** Whether no segment is missing on the way follows from the stanza's information. */
public record ContinuityLook() implements RungLook {
  @Override
  public Finding judge(RungLooks test) {
    InformationLook what = test.information();
    if (what == null) {
      // Nobody read it, for whatever reason of our own: that shows nothing to be bad.
      return RungFindings.undetermined(
          Rung.CONTINUITY, "Nobody read the information files: no way can be followed.");
    }
    RestoreChoice chosen;
    try {
      chosen = what.choice(test.terms());
    } catch (RestoreChoice.NotThereException e) {
      return RungFindings.missed(Rung.CONTINUITY, String.valueOf(e.getMessage()), List.of());
    }
    WalContinuity followed = chosen == null ? null : what.way(test.terms(), chosen);
    if (chosen == null || followed == null) {
      return RungFindings.missed(
          Rung.CONTINUITY, "Without usable information no way can be followed.", List.of());
    }
    List<String> details = new ArrayList<>(followed.problems());
    followed
        .stretches()
        .forEach(
            s ->
                details.add(
                    "timeline %d: segments %d to %d".formatted(s.timeline(), s.first(), s.last())));
    details.addAll(followed.remarks());
    details.add("By names and histories; contents are proved only where they are replayed.");
    return followed.whole()
        ? RungFindings.met(
            Rung.CONTINUITY,
            "All %,d segments from backup %s to %s are there, on %d timelines."
                .formatted(
                    followed.required(),
                    chosen.backup().label(),
                    chosen.target().words(),
                    followed.stretches().size()),
            details)
        : RungFindings.missed(
            Rung.CONTINUITY,
            "From backup %s: %s."
                .formatted(chosen.backup().label(), String.join("; ", followed.problems())),
            details);
  }
}
