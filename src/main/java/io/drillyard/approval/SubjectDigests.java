package io.drillyard.approval;

import io.drillyard.ledger.DrillPlan;
import io.drillyard.ledger.Sha256;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The digests that an approval names: of what is approved, to the letter. */
public final class SubjectDigests {
  /** The file of what contexts declare. */
  public static final String CONTEXTS = "contexts.yaml";

  private SubjectDigests() {}

  /**
   * Of a drill's plan and the steps of one of its episodes. What is warned of follows from the
   * declarations, and names the place where they lie: it is left out.
   *
   * @param episode from 1
   * @param steps as the ledger declares them before anything happens
   */
  public static String plan(DrillPlan plan, int episode, String steps) {
    return Sha256.of("%s\n%d\n%s\n".formatted(plan.unwarned().sha256(), episode, steps));
  }

  /** Those of a run's files by their names; all of them where one is not told by itself. */
  public static List<String> named(Map<String, String> told, Collection<String> files) {
    return told.keySet().containsAll(files)
        ? files.stream().sorted().distinct().toList()
        : told.keySet().stream().sorted().toList();
  }

  /** Of the files of the environment: all of those but the contexts'. */
  public static String environment(Map<String, String> told, List<String> files) {
    return of(told, files.stream().filter(f -> !f.equals(CONTEXTS)).toList());
  }

  /** Of what the contexts declare; of all files together where they are not told one by one. */
  public static String declarations(Map<String, String> told, List<String> files) {
    return of(told, files.contains(CONTEXTS) ? List.of(CONTEXTS) : files);
  }

  private static String of(Map<String, String> told, List<String> files) {
    Map<String, String> digests = new TreeMap<>();
    files.forEach(file -> digests.put(file, told.getOrDefault(file, "")));
    return Sha256.of(digests.toString());
  }
}
