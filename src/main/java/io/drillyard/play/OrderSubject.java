package io.drillyard.play;

import io.drillyard.approval.SubjectDigests;
import io.drillyard.check.LedgerDeclarations;
import io.drillyard.declaration.Environment;
import io.drillyard.ledger.ApprovalAsked;
import io.drillyard.ledger.DrillPlan;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.step.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an order of a drill's episode is about: by the same digests for whoever approves it
 * beforehand, for the drill, and for the judge.
 *
 * @param subject of an order for a cluster that is not named yet
 * @param files that its digests are made of
 */
public record OrderSubject(ApprovalAsked.Subject subject, List<String> files) {
  /**
   * Of one episode.
   *
   * @param run empty: it is bound to none
   * @param told SHA-256 of the files of declarations, by path in their folder
   * @param episode from 1
   */
  public static OrderSubject of(
      String run,
      DrillPlan plan,
      Map<String, String> told,
      Environment environment,
      Drill drill,
      int episode) {
    List<String> files = SubjectDigests.named(told, files(environment, told));
    DrillPlan.Episode own = plan.episode(episode);
    return new OrderSubject(
        new ApprovalAsked.Subject(
            run,
            SubjectDigests.plan(plan, episode, steps(drill, episode)),
            SubjectDigests.environment(told, files),
            SubjectDigests.declarations(told, files),
            plan.context(),
            own == null ? plan.disruption() : own.disruption(),
            episode,
            ""),
        files);
  }

  /** What an episode's steps are declared as on its ledger. */
  static String steps(Drill drill, int episode) {
    return LedgerDeclarations.plan(
        drill.episodes().get(episode - 1).course().stream().map(Step::words).toList());
  }

  /** The same for one cluster, by its scope. */
  public ApprovalAsked.Subject promoting(String cluster) {
    return new ApprovalAsked.Subject(
        subject.run(),
        subject.plan(),
        subject.environment(),
        subject.declarations(),
        subject.context(),
        subject.disruption(),
        subject.episode(),
        cluster);
  }

  /** The files that an environment is made of, as a run names them. */
  private static Set<String> files(Environment environment, Map<String, String> told) {
    Set<String> files =
        new TreeSet<>(Set.of(SubjectDigests.CONTEXTS, environment.name() + ".yaml"));
    List<String> named = new ArrayList<>();
    named.add(environment.inventory().file());
    environment.repositories().forEach(r -> named.add(r.file()));
    for (String file : named) {
      files.add(
          told.keySet().stream()
              .filter(key -> file.equals(key) || file.endsWith("/" + key))
              .findFirst()
              .orElse(file));
    }
    return files;
  }
}
