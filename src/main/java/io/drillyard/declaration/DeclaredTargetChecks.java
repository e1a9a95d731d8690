package io.drillyard.declaration;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Targets that no drill can miss: they are valid, and switch the check off that they are declared
 * for. Past the bound an error; before it a warning with the reason.
 */
final class DeclaredTargetChecks {
  /** No drill, and no restore, is watched for longer. */
  static final Duration LONGEST = Duration.ofDays(7);

  /** People who must come may need a working day. */
  static final Duration BY_PEOPLE = Duration.ofDays(1);

  private static final Duration BY_ITSELF = Duration.ofHours(1);

  /** A weekly backup, and a day for it. */
  static final Duration OLDEST_BACKUP = Duration.ofDays(8);

  private static final Duration RAREST_PROOF = Duration.ofDays(100);

  /** Backups, and what was proved of them, are worth nothing after that. */
  static final Duration YEAR = Duration.ofDays(400);

  private static final long MANY_TRANSACTIONS = 10_000;
  private static final long MOST_TRANSACTIONS = 1_000_000;
  private static final double LEAST_SHARE = 0.5;
  private static final double USUAL_SHARE = 0.9;

  private final DeclarationProblems problems;

  DeclaredTargetChecks(DeclarationProblems problems) {
    this.problems = problems;
  }

  /** One context, with all its disruptions. */
  void context(YamlNode context) {
    age(context, "backup_age", OLDEST_BACKUP, "a backup that old is a schedule that stopped");
    age(
        context,
        "proof_cadence",
        RAREST_PROOF,
        "what was proved that long ago says nothing of today's backups");
    context.get("targets").fields().forEach(this::objective);
  }

  private void objective(String disruption, YamlNode target) {
    boolean automatic = target.get("failover").raw().equals("automatic");
    Duration usual = automatic ? BY_ITSELF : BY_PEOPLE;
    length(target, "rto", usual, "no drill waits that long, so none can miss it");
    length(target, "redundancy", BY_PEOPLE, "no drill waits that long, so none can miss it");
    rpo(target, usual);
    people(target, automatic, disruption);
    if (target.get("share").present()) {
      share(target.get("share"), "a share that low excuses almost every run", LEAST_SHARE);
      share(target.get("confidence"), "a confidence that low shows next to nothing", LEAST_SHARE);
    }
    boolean held = target.get("serves_while_held").raw().equals("false");
    if (held && !disruption.equals(Disruption.CONSENSUS_LOSS.word())) {
      problems.blinding(
          target.get("serves_while_held"),
          "RTO for %s counts from the heal only: a takeover that never comes is not missed"
              .formatted(disruption),
          "Write true; false is for consensus-loss, where nobody may serve before the heal");
    }
  }

  /** Where people have to order a promotion, the time that they take is part of the recovery. */
  private void people(YamlNode target, boolean automatic, String disruption) {
    YamlNode detection = target.get(BoundedContextsFile.DETECTION);
    YamlNode decision = target.get(BoundedContextsFile.DECISION);
    if (automatic && (detection.present() || decision.present())) {
      problems.error(
          detection.present() ? detection : decision,
          "nobody detects and decides where failover is automatic",
          "Delete this line, or write failover: operator-approved");
      return;
    }
    if (detection.present() != decision.present()) {
      problems.error(
          detection.present() ? detection : decision,
          "'detection_time' and 'decision_time' belong together",
          "Write both, or neither");
      return;
    }
    // Planned moves are decided before they begin.
    boolean planned = disruption.equals(Disruption.PLANNED_MAINTENANCE.word());
    if (!automatic && !planned && !detection.present()) {
      problems.blinding(
          target.get("failover"),
          "failover for %s waits for people, and nothing says how long they take: the RTO is the technical time alone"
              .formatted(disruption),
          "Add detection_time and decision_time, such as 2m and 5m");
    }
    Duration rto = value(target.get("rto"));
    Duration first = value(detection);
    Duration then = value(decision);
    if (rto != null && first != null && then != null && first.plus(then).compareTo(rto) >= 0) {
      problems.error(
          detection,
          "detection and decision take %s, and the RTO is %s: nothing can keep it"
              .formatted(Durations.format(first.plus(then)), Durations.format(rto)),
          "Write shorter times, or a longer rto");
    }
  }

  private void rpo(YamlNode target, Duration usual) {
    YamlNode at = target.get("rpo");
    if (!at.raw().matches("[0-9]{1,12} transactions?")) {
      length(target, "rpo", usual, "no drill writes for that long, so all may be lost");
      return;
    }
    long most = Long.parseLong(at.raw().replaceAll(" .*", ""));
    if (most > MOST_TRANSACTIONS) {
      problems.error(
          at,
          "'rpo' of %d transactions is more than any drill writes: all may be lost".formatted(most),
          "Write at most %d transactions, or a time such as 30s".formatted(MOST_TRANSACTIONS));
    } else if (most > MANY_TRANSACTIONS) {
      problems.blinding(
          at,
          "'rpo' of %d transactions is about what a whole drill writes: all may be lost"
              .formatted(most),
          "Write at most %d transactions, or a time such as 30s".formatted(MANY_TRANSACTIONS));
    }
  }

  /** A length that decides something: none is longer than a week, few as long as usual. */
  void length(YamlNode map, String key, Duration usual, String reason) {
    bounded(map, key, usual, LONGEST, reason);
  }

  private void age(YamlNode map, String key, Duration usual, String reason) {
    bounded(map, key, usual, YEAR, reason);
  }

  /** Above the most an error, above the usual a warning; what is no duration is told elsewhere. */
  void bounded(YamlNode map, String key, Duration usual, Duration most, String reason) {
    YamlNode at = map.get(key);
    Duration value = value(at);
    if (value == null || value.compareTo(usual) <= 0) {
      return;
    }
    String said = "'%s' of %s: %s".formatted(key, at.raw(), reason);
    String remedy = "Write at most " + Durations.format(usual);
    if (value.compareTo(most) > 0) {
      problems.error(at, said, remedy);
    } else {
      problems.blinding(at, said, remedy + ", or drill without --strict");
    }
  }

  private void share(YamlNode at, String reason, double least) {
    double fraction;
    try {
      fraction = at.present() ? Share.fraction(at.raw()) : 1;
    } catch (IllegalArgumentException e) {
      return;
    }
    String said = "%s: %s".formatted(at.raw(), reason);
    if (fraction < least) {
      problems.error(at, said, "Write at least 50 %, such as 95 %");
    } else if (fraction < USUAL_SHARE) {
      problems.blinding(at, said, "Write at least 90 %, such as 95 %");
    }
  }

  /** The duration that stands there; null where none does. */
  static @Nullable Duration value(YamlNode at) {
    try {
      return at.present() ? Durations.parse(at.raw()) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
