package io.drillyard.evidence.purge;

import io.drillyard.check.backup.BackupPurgeOutcome;
import io.drillyard.check.backup.BackupPurgePlan;
import io.drillyard.declaration.ByteSizes;
import io.drillyard.evidence.text.FigureWords;
import java.util.List;

/** A purge for people. */
public final class BackupPurgeText {
  private static final int MOST = 20;

  private BackupPurgeText() {}

  /** What would go. */
  public static String plan(BackupPurgePlan plan, String stanza) {
    StringBuilder text = new StringBuilder();
    for (BackupPurgePlan.Going one : plan.goes()) {
      text.append(
          "  %-34s %-4s %-26s  %,8d objects %12s  %s%n"
              .formatted(
                  one.label(),
                  one.type(),
                  one.leftOver() ? "" : "ended " + one.stopped(),
                  one.objects(),
                  ByteSizes.format(one.bytes()),
                  why(one)));
    }
    text.append(
        "  %s of stanza %s would go: %,d objects, %s. No WAL goes."
            .formatted(
                FigureWords.count(plan.goes().size(), "backup"),
                stanza,
                plan.objects(),
                ByteSizes.format(plan.bytes())));
    return text.toString();
  }

  private static String why(BackupPurgePlan.Going one) {
    if (one.leftOver()) {
      return "left by a purge that came to no end";
    }
    return one.asked() ? "asked for" : "needs one that goes";
  }

  /** How it ended; the plan was shown before. */
  public static String end(BackupPurgeRecord record) {
    StringBuilder text = new StringBuilder();
    switch (record.result()) {
      case BackupPurgeRecord.PURGED -> {}
      case BackupPurgeRecord.REFUSED -> line(text, "Refused; nothing was removed.");
      case BackupPurgeRecord.NOT_CONFIRMED -> line(text, "Not confirmed; nothing was removed.");
      default -> line(text, "Failed: see what follows, and look at the repository.");
    }
    lines(text, record.refusals());
    lines(text, record.failures());
    BackupPurgeOutcome purged = record.purged();
    if (purged != null) {
      line(
          text,
          "Gone: %,d objects, %s of stanza %s. %s"
              .formatted(
                  purged.objects(),
                  ByteSizes.format(purged.bytes()),
                  record.stanza(),
                  purged.exactly()
                      ? "Nothing else is gone or other; %,d objects are new."
                          .formatted(purged.added())
                      : "That is not what was planned."));
      lines(text, purged.left().stream().map(k -> k + " is still there").toList());
      lines(text, purged.otherwise());
    }
    return text.toString().stripTrailing();
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append(System.lineSeparator());
  }

  private static void lines(StringBuilder text, List<String> lines) {
    lines.stream().limit(MOST).forEach(l -> line(text, "  " + l));
    if (lines.size() > MOST) {
      line(text, "  and %,d more, in the record".formatted(lines.size() - MOST));
    }
  }
}
