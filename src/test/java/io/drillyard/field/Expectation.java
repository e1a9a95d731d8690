package io.drillyard.field;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What has to come out of a case, as its {@code expect.yaml} says it.
 *
 * @param verdicts any of these
 * @param mustSay each must be found in what terminal and record say
 * @param mustNotSay none may be found there
 * @param withinSeconds for the test itself, on a quiet machine; null: no limit
 * @param run verb and options; null: a restore test
 */
record Expectation(
    Set<Word> verdicts,
    List<Pattern> mustSay,
    List<Pattern> mustNotSay,
    @Nullable Integer withinSeconds,
    @Nullable String run) {
  static final String FILE = "expect.yaml";

  private static final Set<String> KEYS =
      Set.of("verdict", "must_say", "must_not_say", "within_s", "run", "why");

  /** What a case can come to, by the status that the command ends with. */
  enum Word {
    /** A test or drill met what was declared. */
    MET,
    MISSED,
    UNDETERMINED,
    /** Refused before anything was started. */
    REFUSED,
    /** {@code validate} found nothing to refuse. */
    ACCEPTED,
    /** The harness broke, left something behind or was interrupted: never right. */
    BROKEN
  }

  /** Copies its lists. */
  Expectation {
    verdicts = Set.copyOf(verdicts);
    mustSay = List.copyOf(mustSay);
    mustNotSay = List.copyOf(mustNotSay);
  }

  /**
   * Reads a case's expectation.
   *
   * @throws IllegalArgumentException naming file and key when it cannot be understood
   */
  static Expectation read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    try {
      Object root =
          new Load(LoadSettings.builder().setLabel(file.toString()).build())
              .loadFromString(Files.readString(file));
      if (!(root instanceof Map<?, ?> map)) {
        throw new IllegalArgumentException(file + ": it is no mapping");
      }
      for (Object key : map.keySet()) {
        if (!KEYS.contains(String.valueOf(key))) {
          throw new IllegalArgumentException(
              "%s: unknown key '%s'; there are %s".formatted(file, key, new TreeSet<>(KEYS)));
        }
      }
      Object within = map.get("within_s");
      Object run = map.get("run");
      return new Expectation(
          words(file, map.get("verdict")),
          patterns(map.get("must_say")),
          patterns(map.get("must_not_say")),
          within == null ? null : Integer.valueOf(String.valueOf(within)),
          run == null ? null : String.valueOf(run));
    } catch (YamlEngineException | PatternSyntaxException | NumberFormatException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static Set<Word> words(Path file, @Nullable Object verdict) {
    Set<Word> words = new TreeSet<>();
    for (String word : String.valueOf(verdict).split("\\|", -1)) {
      Word known = null;
      for (Word each : Word.values()) {
        known = each.name().equals(word.strip()) ? each : known;
      }
      if (known == null || known == Word.BROKEN) {
        throw new IllegalArgumentException("%s: no verdict is called '%s'".formatted(file, word));
      }
      words.add(known);
    }
    return words;
  }

  private static List<Pattern> patterns(@Nullable Object given) {
    if (given == null) {
      return List.of();
    }
    List<?> all = given instanceof List<?> list ? list : List.of(given);
    return all.stream().map(p -> Pattern.compile(String.valueOf(p))).toList();
  }

  /** What differs from what is right, in a few words each; empty when all is right. */
  List<String> differences(Outcome outcome) {
    List<String> differ = new ArrayList<>();
    if (!verdicts.contains(outcome.word())) {
      differ.add("came out " + outcome.word());
    }
    for (Pattern wanted : mustSay) {
      if (!wanted.matcher(outcome.said()).find()) {
        differ.add("not said: " + wanted);
      }
    }
    for (Pattern unwanted : mustNotSay) {
      if (unwanted.matcher(outcome.said()).find()) {
        differ.add("said: " + unwanted);
      }
    }
    if (withinSeconds != null && outcome.seconds() > withinSeconds) {
      differ.add("took longer than %d s".formatted(withinSeconds));
    }
    return differ;
  }
}
