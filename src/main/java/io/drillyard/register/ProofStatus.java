package io.drillyard.register;

import io.drillyard.check.Verdict;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.RestoreTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a declared restore test stands, by all the runs that are on record: a dead man's switch. It
 * is met only by a test that proved a backup recently and was not followed by one that failed; no
 * run at all is as red as a failed one.
 *
 * @param policy name of the declaration
 * @param verdict against the longest time that may pass between two proofs
 * @param sentence why
 * @param lastRun when a test last ended; null: never
 * @param lastProof when a test last proved a backup; null: never
 * @param backups what is known of each backup that was tried, the newest first
 */
public record ProofStatus(
    String policy,
    Verdict verdict,
    String sentence,
    @Nullable Instant lastRun,
    @Nullable Instant lastProof,
    List<Backup> backups) {

  /** A record from the future tells of a wrong clock, here or there. */
  private static final Duration AHEAD = Duration.ofMinutes(5);

  /**
   * The newest that was found out about one backup.
   *
   * @param state {@code proven}, {@code failed}, {@code undecided}, or {@code unproven}: it was
   *     seen and never restored
   * @param at when that test, or the test that saw it, ended
   * @param why the first rung that was not met; empty when proven
   */
  public record Backup(
      String stanza, String label, String state, Instant at, String run, String why) {}

  /** One test with the run that it belongs to. */
  private record Told(String run, RestoreTest test) {
    Instant at() {
      return Instant.parse(test.finished());
    }
  }

  /**
   * Of all runs, in any order; those of other policies, and tests of damaged repositories, do not
   * count.
   *
   * @param most longest time between two proofs
   */
  public static ProofStatus of(String policy, List<Evidence> runs, Duration most, Instant now) {
    List<Told> told = new ArrayList<>();
    for (Evidence run : runs) {
      run.plainTests().stream()
          .filter(t -> t.policy().equals(policy))
          .forEach(t -> told.add(new Told(run.run(), t)));
    }
    told.sort(Comparator.comparing(Told::at));
    Told last = told.isEmpty() ? null : told.getLast();
    Told proof =
        told.stream().filter(t -> t.test.verdict() == Verdict.MET).reduce((a, b) -> b).orElse(null);
    return standing(policy, told, last, proof, most, now);
  }

  private static ProofStatus standing(
      String policy,
      List<Told> told,
      @Nullable Told last,
      @Nullable Told proof,
      Duration most,
      Instant now) {
    Verdict verdict;
    String sentence;
    if (last == null) {
      verdict = Verdict.MISSED;
      sentence = "no run is on record";
    } else if (last.at().isAfter(now.plus(AHEAD))) {
      verdict = Verdict.UNDETERMINED;
      sentence = "the newest run, %s, ended in the future: a clock is wrong".formatted(last.run);
    } else if (last.test.verdict() == Verdict.MISSED) {
      verdict = Verdict.MISSED;
      sentence = "the newest test failed: " + why(last.test);
    } else if (last.test.end().equals(RestoreTest.UNRECORDED)) {
      verdict = Verdict.UNDETERMINED;
      sentence = "of the newest test, of run %s, there is no record".formatted(last.run);
    } else if (proof != null && !proof.at().isBefore(now.minus(most))) {
      verdict = Verdict.MET;
      sentence =
          "backup %s was proved %s ago, within %s"
              .formatted(label(proof.test), ago(proof.at(), now), words(most));
    } else if (!last.at().isBefore(now.minus(most))) {
      verdict = Verdict.UNDETERMINED;
      sentence = "the newest test decided nothing: " + why(last.test);
    } else {
      verdict = Verdict.MISSED;
      sentence =
          proof == null
              ? "no backup was ever proved, and the newest test is %s old"
                  .formatted(ago(last.at(), now))
              : "the newest proof is %s old, more than %s"
                  .formatted(ago(proof.at(), now), words(most));
    }
    return new ProofStatus(
        policy,
        verdict,
        sentence,
        last == null ? null : last.at(),
        proof == null ? null : proof.at(),
        backups(told));
  }

  private static List<Backup> backups(List<Told> told) {
    Map<String, Backup> newest = new LinkedHashMap<>();
    for (Told each : told.reversed()) {
      String label = label(each.test);
      String state =
          switch (each.test.verdict()) {
            case MET -> "proven";
            case MISSED -> "failed";
            case UNDETERMINED -> "undecided";
          };
      newest.putIfAbsent(
          each.test.stanza() + "/" + label,
          new Backup(each.test.stanza(), label, state, each.at(), each.run, why(each.test)));
    }
    unproven(told, newest);
    return List.copyOf(newest.values());
  }

  /** What the newest test of a stanza saw beside its own backup, and no test ever tried. */
  private static void unproven(List<Told> told, Map<String, Backup> known) {
    Set<String> stanzas = new HashSet<>();
    for (Told each : told.reversed()) {
      String held = each.test.backup().getOrDefault(RestoreTest.HELD, "");
      if (!held.isEmpty() && stanzas.add(each.test.stanza())) {
        for (String label : List.of(held.split(", ")).reversed()) {
          known.putIfAbsent(
              each.test.stanza() + "/" + label,
              new Backup(
                  each.test.stanza(), label, "unproven", each.at(), each.run, "never restored"));
        }
      }
    }
  }

  private static String label(RestoreTest test) {
    return test.backup().getOrDefault("label", "–");
  }

  /** The first required rung that has the test's own verdict; empty when it was met. */
  private static String why(RestoreTest test) {
    if (test.verdict() == Verdict.MET) {
      return "";
    }
    return test.ladder().stream()
        .filter(rung -> rung.required() && rung.verdict() == test.verdict())
        .findFirst()
        .map(rung -> rung.rung().check() + ": " + rung.finding().summary())
        .orElse("it ended " + test.end());
  }

  private static String ago(Instant then, Instant now) {
    return words(Duration.between(then, now));
  }

  private static String words(Duration time) {
    if (time.toHours() >= 48) {
      return time.toDays() + " d";
    }
    if (time.toMinutes() >= 120) {
      return time.toHours() + " h";
    }
    return time.toSeconds() >= 120 ? time.toMinutes() + " min" : time.toSeconds() + " s";
  }
}
