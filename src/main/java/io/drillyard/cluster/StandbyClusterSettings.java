package io.drillyard.cluster;

import io.drillyard.declaration.ClusterPlan;
import io.drillyard.declaration.DeclaredValue;
import io.drillyard.declaration.Environment;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the harness adds to a cluster's dynamic configuration for clusters to follow one another:
 * whom this one follows, and a slot for each that follows it.
 */
record StandbyClusterSettings(Environment environment, ClusterPlan plan) {
  /**
   * All of it.
   *
   * @param fetch command by which the standby leader reads the other's archive, where its data come
   *     from that one's backups; null: it copies, and streams alone
   */
  Map<String, Object> dynamic(@Nullable String fetch) {
    Map<String, Object> dynamic = new LinkedHashMap<>();
    Map<String, Object> slots = new LinkedHashMap<>();
    for (ClusterPlan follower : environment.followers(plan)) {
      if (!follower.byArchive()) {
        slots.put(ClusterPlan.slotName(follower.scope()), Map.of("type", "physical"));
      }
    }
    if (!slots.isEmpty()) {
      dynamic.put("slots", slots);
    }
    String followed = plan.follows();
    if (followed != null) {
      dynamic.put("standby_cluster", following(environment.cluster(followed), fetch));
    }
    return dynamic;
  }

  /**
   * Counts 1 where commits were replayed lately: of a cluster that is written to at all times, and
   * archives each segment after its time-out at the latest.
   */
  String replayedLately() {
    String followed = plan.follows();
    String timeout =
        followed == null
            ? "0"
            : environment.cluster(followed).parameters().getOrDefault("archive_timeout", "0");
    BigDecimal seconds = DeclaredValue.amount("archive_timeout", timeout);
    return "select count(*) where pg_last_xact_replay_timestamp() > clock_timestamp() - interval '%s s'"
        .formatted(
            BigDecimal.TWO
                .multiply(seconds == null ? BigDecimal.ZERO : seconds)
                .add(BigDecimal.TEN)
                .toPlainString());
  }

  /**
   * Patroni's {@code standby_cluster}.
   *
   * @param fetch as above
   */
  Map<String, Object> following(ClusterPlan followed, @Nullable String fetch) {
    String addresses =
        followed.members().stream()
            .map(name -> environment.inventory().host(name).address())
            .collect(Collectors.joining(","));
    Map<String, Object> section = new LinkedHashMap<>();
    // Without an archive to read it streams, whatever it did before.
    if (fetch == null || !plan.byArchive()) {
      section.put("host", addresses);
      section.put("port", 5432);
      section.put("primary_slot_name", ClusterPlan.slotName(plan.scope()));
    }
    section.put(
        "create_replica_methods", List.of(fetch == null ? "basebackup" : Patroni.RESTORE_METHOD));
    if (fetch != null) {
      section.put("restore_command", fetch);
    }
    return section;
  }
}
