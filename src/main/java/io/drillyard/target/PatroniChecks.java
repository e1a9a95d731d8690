package io.drillyard.target;

import java.util.Map;
import java.util.Set;

/**
 * What Patroni will not take as it is declared. Keys that nobody here has heard of are passed
 * through with a warning, for people drill newer Patronis too.
 */
final class PatroniChecks {
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

  private static final Map<String, String> REFUSED =
      Map.of(
          "standby_cluster", "Declare a recovery cluster with mode: standby",
          "name", "Patroni's names are the names of the members",
          "scope", "Write it beside 'patroni', as 'scope' of the cluster",
          "restapi", "The harness writes each node's own configuration",
          "etcd3", "Name the etcd hosts beside 'patroni', under 'etcd'",
          "bootstrap", "Write the dynamic configuration directly under 'patroni'");

  private final Problems problems;

  PatroniChecks(Problems problems) {
    this.problems = problems;
  }

  void check(YamlNode patroni, String image) {
    patroni.fields().forEach(this::key);
    YamlNode parameters = patroni.at("postgresql", "parameters");
    if (parameters.present()) {
      problems.error(
          parameters,
          "'parameters' cannot stand under 'postgresql' here",
          "Write them beside 'patroni', under 'parameters'");
    }
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
      if (Suggestion.nearest(key, KNOWN).isPresent()) {
        problems.error(at, "unknown key '" + key + "'", Suggestion.remedy(key, KNOWN));
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
    if (!(at.value() instanceof Long seconds)) {
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

  private void synchronous(YamlNode patroni, String image) {
    YamlNode mode = patroni.get("synchronous_mode");
    YamlNode strict = patroni.get("synchronous_mode_strict");
    if (mode.raw().equals("quorum") && image.equals("bookworm")) {
      problems.error(
          mode,
          "'quorum' needs Patroni 4.0, and the bookworm image has 3.0",
          "Write true, or use the trixie image");
    } else if (mode.present()
        && !Set.of("true", "false", "on", "off", "quorum").contains(mode.raw())) {
      problems.error(
          mode,
          "'synchronous_mode' is '" + mode.raw() + "'",
          "Write true, false, on, off or quorum");
    }
    boolean off = !mode.present() || Set.of("false", "off").contains(mode.raw());
    if (off && Set.of("true", "on").contains(strict.raw())) {
      problems.warning(
          strict,
          "'synchronous_mode_strict' does nothing without 'synchronous_mode'",
          "Add synchronous_mode: true, or delete this line");
    }
  }
}
