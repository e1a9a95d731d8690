package io.drillyard.declaration;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which of an environment's clusters a plan speaks of: by the part that it plays at the start, so
 * that one plan fits many environments, or by its name.
 *
 * @param part {@link Part#NAMED} only with a name
 * @param name of the cluster; empty where the part says which
 */
public record ClusterRef(Part part, String name) implements Comparable<ClusterRef> {
  /** The one that clients use at the start. */
  public static final ClusterRef SERVING = new ClusterRef(Part.SERVING, "");

  /** The one that follows the serving one from the start, as a standby cluster. */
  public static final ClusterRef FOLLOWER = new ClusterRef(Part.FOLLOWER, "");

  /** The one that is restored from the serving one's backups when that is lost. */
  public static final ClusterRef RESTORED = new ClusterRef(Part.RESTORED, "");

  /** What a cluster is at the start. */
  public enum Part {
    /** Clients use it. */
    SERVING("the cluster that serves"),
    /** It follows the one that serves. */
    FOLLOWER("the cluster that follows"),
    /** It is made from backups of the one that serves. */
    RESTORED("the cluster that is restored"),
    /** Whatever it is: the plan names it. */
    NAMED("cluster");

    private final String words;

    Part(String words) {
      this.words = words;
    }
  }

  /** A name goes with {@link Part#NAMED}, and with nothing else. */
  public ClusterRef {
    if ((part == Part.NAMED) == name.isEmpty()) {
      throw new IllegalArgumentException("a cluster is meant by its part or by its name");
    }
  }

  /** The one that is declared under that name. */
  public static ClusterRef named(String name) {
    return new ClusterRef(Part.NAMED, name);
  }

  /** For plans and reports. */
  public String words() {
    return name.isEmpty() ? part.words : part.words + " '" + name + "'";
  }

  /** All that may be meant: in an environment that a plan fits it is one. */
  List<ClusterPlan> candidates(Environment environment) {
    String serving = environment.serving().name();
    return environment.clusters().stream()
        .filter(
            plan ->
                switch (part) {
                  case SERVING -> plan.serves();
                  case FOLLOWER -> serving.equals(plan.follows());
                  case RESTORED -> serving.equals(plan.restoredFrom());
                  case NAMED -> plan.name().equals(name);
                })
        .toList();
  }

  /** Why this environment has no such cluster, or several; empty where it has one. */
  public Optional<String> problem(Environment environment) {
    List<ClusterPlan> found = candidates(environment);
    if (found.size() == 1) {
      return Optional.empty();
    }
    String several =
        found.stream().map(ClusterPlan::name).sorted().collect(Collectors.joining(", "));
    return Optional.of(
        found.isEmpty()
            ? "'%s' has no such cluster as the plan speaks of: %s"
                .formatted(environment.name(), words())
            : "'%s' has more than one cluster that could be meant by %s: %s"
                .formatted(environment.name(), words(), several));
  }

  /**
   * The cluster in an environment.
   *
   * @throws IllegalArgumentException with what {@link #problem} says, where it is not one
   */
  public ClusterPlan in(Environment environment) {
    problem(environment)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    return candidates(environment).getFirst();
  }

  @Override
  public int compareTo(ClusterRef other) {
    int byPart = part.compareTo(other.part);
    return byPart == 0 ? name.compareTo(other.name) : byPart;
  }
}
