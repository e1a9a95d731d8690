package io.drillyard.declaration;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Patroni's tags: they are of members of this cluster, this Patroni knows them, they do not
 * contradict each other, and nobody streams from itself, even by a detour.
 */
final class PatroniTagChecks {
  /** Since which version of Patroni, in tenths, a tag means something. */
  private static final Map<String, Integer> SINCE =
      Map.of("failover_priority", 32, "nostream", 33, "sync_priority", 41);

  private final DeclarationProblems problems;
  private final NodeImage image;

  PatroniTagChecks(DeclarationProblems problems, NodeImage image) {
    this.problems = problems;
    this.image = image;
  }

  /** Those of one cluster. */
  void tags(YamlNode cluster) {
    Set<String> members = new TreeSet<>(cluster.get("members").texts());
    Map<String, String> upstreams = new HashMap<>();
    cluster
        .get("tags")
        .fields()
        .forEach(
            (member, tags) -> {
              known(tags);
              contradiction(tags);
              if (!members.contains(member)) {
                problems.error(
                    tags,
                    "tags for '" + member + "', which is no member of this cluster",
                    NameSuggestion.remedy(member, members));
              }
              YamlNode upstream = tags.get(ClusterPlan.REPLICATE_FROM);
              if (upstream.present() && !members.contains(upstream.raw())) {
                problems.error(
                    upstream,
                    "'" + upstream.raw() + "' is no member of this cluster",
                    NameSuggestion.remedy(upstream.raw(), members));
              } else if (upstream.present()) {
                upstreams.put(member, upstream.raw());
                if (circle(upstreams, member)) {
                  problems.error(
                      upstream,
                      "'" + member + "' would stream from itself",
                      "Let one member of the circle stream from the leader");
                }
              }
            });
  }

  private static boolean circle(Map<String, String> upstreams, String member) {
    String at = upstreams.get(member);
    for (int i = 0; i < upstreams.size() && at != null; i++) {
      if (at.equals(member)) {
        return true;
      }
      at = upstreams.get(at);
    }
    return false;
  }

  private void known(YamlNode tags) {
    SINCE.forEach(
        (tag, since) -> {
          if (tags.get(tag).present() && image.patroni() < since) {
            String what =
                "tag '%s' means nothing to %s, which the %s image has"
                    .formatted(tag, image.patroniWords(), image.name());
            String remedy = "Delete it; Patroni knows it since " + since / 10 + "." + since % 10;
            if (tag.equals("nostream")) {
              problems.error(tags.get(tag), what, remedy);
            } else {
              problems.adjusted(tags.get(tag), what, remedy);
            }
          }
        });
  }

  /** Patroni takes nofailover and says so in its log (config.py, _validate_failover_tags). */
  private void contradiction(YamlNode tags) {
    YamlNode never = tags.get("nofailover");
    Long priority = PatroniValue.whole(tags.get("failover_priority").raw());
    if (never.value() instanceof Boolean no && priority != null && no != priority <= 0) {
      problems.adjusted(
          tags.get("failover_priority"),
          "nofailover %s and failover_priority %d contradict each other: Patroni takes nofailover"
              .formatted(no, priority),
          "Delete one of them");
    }
  }
}
