package io.drillyard.declaration;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What Patroni will not take as it is declared. Keys that nobody here has heard of are passed
 * through with a warning, for people drill newer Patronis too.
 */
public final class PatroniConfigurationChecks {
  /** Of the dynamic configuration, Patroni 3.0 to 4.1. */
  private static final Set<String> KNOWN =
      Set.of(
          "ttl",
          "loop_wait",
          "retry_timeout",
          "maximum_lag_on_failover",
          "maximum_lag_on_syncnode",
          "max_timelines_history",
          "primary_start_timeout",
          "primary_stop_timeout",
          "master_start_timeout",
          "master_stop_timeout",
          "synchronous_mode",
          "synchronous_mode_strict",
          "synchronous_node_count",
          "failsafe_mode",
          "check_timeline",
          "slots",
          "ignore_slots",
          "member_slots_ttl",
          "postgresql",
          "pause");

  private static final String LOCAL =
      "Delete it: Patroni reads it from each node's own file, which the harness writes";

  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("standby_cluster", "Declare another cluster with follows: NAME"),
          Map.entry("name", "Patroni's names are the names of the members"),
          Map.entry("scope", "Write it beside 'patroni', as 'scope' of the cluster"),
          Map.entry("etcd", "Name the etcd hosts beside 'patroni', under 'etcd'"),
          Map.entry("etcd3", "Name the etcd hosts beside 'patroni', under 'etcd'"),
          Map.entry("bootstrap", "Write the dynamic configuration directly under 'patroni'"),
          Map.entry("tags", "Write them beside 'patroni', under 'tags', by member"),
          Map.entry("namespace", LOCAL),
          Map.entry("restapi", LOCAL),
          Map.entry("log", LOCAL),
          Map.entry("ctl", LOCAL),
          Map.entry(
              "watchdog",
              "Delete it: Patroni reads it from each node's own file, and a lab has no such device"));

  /** Patroni takes a whole number for these, or its own default without a word (parse_int). */
  private static final Set<String> NUMBERS =
      Set.of(
          "maximum_lag_on_failover",
          "maximum_lag_on_syncnode",
          "max_timelines_history",
          "primary_start_timeout",
          "primary_stop_timeout",
          "master_start_timeout",
          "master_stop_timeout",
          "synchronous_node_count");

  private static final Set<String> SWITCHES =
      Set.of("synchronous_mode_strict", "failsafe_mode", "check_timeline", "pause");

  private final DeclarationProblems problems;

  PatroniConfigurationChecks(DeclarationProblems problems) {
    this.problems = problems;
  }

  /** True of a key that Patroni's dynamic configuration is known to have, 3.0 to 4.1. */
  public static boolean isKnown(String key) {
    return KNOWN.contains(key);
  }

  void check(YamlNode patroni, NodeImage image) {
    patroni.fields().forEach(this::key);
    new PatroniPostgresqlChecks(problems).check(patroni.get("postgresql"));
    new DeclaredSlotChecks(problems).slots(patroni.get("slots"));
    NUMBERS.forEach(key -> number(patroni.get(key)));
    SWITCHES.forEach(key -> onOrOff(patroni.get(key)));
    long ttl = seconds(patroni, "ttl", 30, 20);
    long loopWait = seconds(patroni, "loop_wait", 10, 1);
    long retryTimeout = seconds(patroni, "retry_timeout", 10, 3);
    if (loopWait + 2 * retryTimeout > ttl) {
      YamlNode at = patroni.get("ttl").present() ? patroni.get("ttl") : patroni.get("loop_wait");
      problems.adjusted(
          at,
          "loop_wait %d + 2 * retry_timeout %d > ttl %d: Patroni will adjust them"
              .formatted(loopWait, retryTimeout, ttl),
          "Set ttl to at least " + (loopWait + 2 * retryTimeout) + ", or shorten the other two");
    }
    synchronous(patroni, image);
  }

  private void key(String key, YamlNode at) {
    String refusal = REFUSED.get(key);
    if (refusal != null) {
      problems.error(at, "'" + key + "' cannot stand under 'patroni'", refusal);
    } else if (!KNOWN.contains(key)) {
      if (NameSuggestion.nearest(key, KNOWN).isPresent()) {
        problems.error(at, "unknown key '" + key + "'", NameSuggestion.remedy(key, KNOWN));
      } else {
        problems.adjusted(
            at,
            "'" + key + "' is not a key of Patroni's dynamic configuration that is known here",
            "Check the spelling; it is passed through as it is, and what became of it is recorded");
      }
    }
  }

  private long seconds(YamlNode patroni, String key, long otherwise, long least) {
    YamlNode at = patroni.get(key);
    if (!at.present()) {
      return otherwise;
    }
    Long seconds = PatroniValue.whole(at.raw());
    if (seconds == null) {
      problems.error(
          at,
          "'" + key + "' is '" + at.raw() + "'; Patroni takes whole seconds without a unit",
          "Write a number such as " + key + ": " + otherwise);
      return otherwise;
    }
    if (seconds <= 0) {
      problems.error(
          at, "'" + key + "' is " + seconds + ", not above zero", "Write at least " + least);
      return otherwise;
    }
    if (seconds < least) {
      problems.adjusted(
          at,
          "'" + key + "' is " + seconds + ", below Patroni's minimum of " + least,
          "Write at least " + least + "; Patroni would replace it");
    }
    return seconds;
  }

  private void number(YamlNode at) {
    if (at.present() && PatroniValue.whole(at.raw()) == null) {
      problems.error(
          at,
          "'%s' is no whole number: Patroni would take its own default, and not say so"
              .formatted(at.raw()),
          "Write a whole number, without a unit");
    }
  }

  private void onOrOff(YamlNode at) {
    if (at.present() && !PatroniValue.isSwitch(at.raw())) {
      problems.error(at, "'%s' is neither on nor off".formatted(at.raw()), "Write true or false");
    }
  }

  private void synchronous(YamlNode patroni, NodeImage image) {
    YamlNode mode = patroni.get("synchronous_mode");
    YamlNode strict = patroni.get("synchronous_mode_strict");
    String word = mode.raw().strip().toLowerCase(Locale.ROOT);
    if (word.equals("quorum") && image.patroni() < 40) {
      problems.error(
          mode,
          "'quorum' needs Patroni 4.0, and the %s image has %s"
              .formatted(image.name(), image.patroniWords()),
          "Write true, or use the trixie image");
    } else if (mode.present() && !word.equals("quorum") && !PatroniValue.isSwitch(word)) {
      problems.error(
          mode,
          "'synchronous_mode' is '" + mode.raw() + "'",
          "Write true, false, on, off or quorum");
    }
    boolean off = !PatroniValue.on(word) && (!mode.present() || PatroniValue.isSwitch(word));
    if (off && PatroniValue.on(strict.raw())) {
      problems.warning(
          strict,
          "'synchronous_mode_strict' does nothing without 'synchronous_mode'",
          "Add synchronous_mode: true, or delete this line");
    }
  }
}
