package io.drillyard.declaration;

import java.util.List;
import java.util.function.Predicate;

/** Whether anybody may be promoted, or confirm a commit, with what is declared for a cluster. */
final class PromotionChecks {
  private static final long MUCH_LAG = 1L << 30;
  private static final long FEW_TIMELINES = 10;

  private final DeclarationProblems problems;

  PromotionChecks(DeclarationProblems problems) {
    this.problems = problems;
  }

  void cluster(YamlNode cluster, boolean synchronous) {
    YamlNode patroni = cluster.get("patroni");
    if (PatroniValue.on(patroni.get("pause").raw())) {
      problems.blinding(
          patroni.get("pause"),
          "Patroni is paused from the start: nobody is promoted, and nothing is repaired",
          "Delete this line; OperatorFault.Paused pauses it in the course of a drill");
    }
    YamlNode lag = patroni.get("maximum_lag_on_failover");
    if (lag.number(0) > MUCH_LAG) {
      problems.blinding(
          lag,
          "maximum_lag_on_failover of %d bytes forbids no promotion: no standby lags so far"
              .formatted(lag.number(0)),
          "Write at most " + MUCH_LAG + ", such as 1048576");
    }
    YamlNode timelines = patroni.get("max_timelines_history");
    if (timelines.number(0) > 0 && timelines.number(0) < FEW_TIMELINES) {
      problems.blinding(
          timelines,
          "max_timelines_history of %d: Patroni forgets where branches of history parted"
              .formatted(timelines.number(0)),
          "Write at least %d, or delete it".formatted(FEW_TIMELINES));
    }
    YamlNode tags = cluster.get("tags");
    if (tags.present()) {
      tags(cluster.get("members").texts(), tags, synchronous);
    }
  }

  /** One member that may be promoted is the one that leads; it takes a second to take over. */
  private void tags(List<String> members, YamlNode tags, boolean synchronous) {
    if (left(members, tags, PromotionChecks::neverPromoted) < 2) {
      problems.blinding(
          tags,
          "fewer than two members may be promoted: nobody takes over from the first",
          "Take nofailover, or failover_priority 0, from another member");
    }
    if (synchronous && left(members, tags, t -> yes(t.get("nosync"))) < 2) {
      problems.blinding(
          tags,
          "fewer than two members may be synchronous standbys: commits wait for nobody",
          "Take nosync from another member");
    }
  }

  private static boolean neverPromoted(YamlNode tags) {
    Long number = PatroniValue.whole(tags.get("failover_priority").raw());
    return yes(tags.get("nofailover")) || (number != null && number <= 0);
  }

  private static boolean yes(YamlNode tag) {
    return tag.raw().equals("true");
  }

  private static long left(List<String> members, YamlNode tags, Predicate<YamlNode> out) {
    return members.stream().filter(m -> !out.test(tags.get(m))).count();
  }
}
