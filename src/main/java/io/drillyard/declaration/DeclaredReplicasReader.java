package io.drillyard.declaration;

import org.jspecify.annotations.Nullable;

/** Reads and checks what a context declares of its replicas. */
final class DeclaredReplicasReader {
  private static final String REPLICAS = "replicas";
  private static final String SERVING = "serving_site";
  private static final String OTHERS = "other_sites";
  private static final String TOGETHER = "together";
  private static final String STANDBYS = "standbys";
  private static final String SYNCHRONOUS = "synchronous";

  private DeclaredReplicasReader() {}

  /** Of a context's {@code replication}; null where it declares none. */
  static @Nullable DeclaredReplicas read(YamlNode replication) {
    YamlNode at = replication.get(REPLICAS);
    return at.present()
        ? new DeclaredReplicas(
            atLeast(at.get(SERVING)), atLeast(at.get(OTHERS)), atLeast(at.get(TOGETHER)))
        : null;
  }

  private static DeclaredReplicas.@Nullable AtLeast atLeast(YamlNode at) {
    return at.present()
        ? new DeclaredReplicas.AtLeast(
            Integer.parseInt(at.get(STANDBYS).raw()),
            Integer.parseInt(at.get(SYNCHRONOUS).text("0")))
        : null;
  }

  /** Whether the numbers agree with each other, and with the words beside them. */
  static void check(YamlNode replication, DeclarationProblems problems) {
    YamlNode at = replication.get(REPLICAS);
    if (!at.present()) {
      return;
    }
    int most = 0;
    YamlNode first = null;
    for (String where : new String[] {SERVING, OTHERS, TOGETHER}) {
      YamlNode one = at.get(where);
      int standbys = number(one.get(STANDBYS));
      int synchronous = number(one.get(SYNCHRONOUS));
      if (one.present() && first == null) {
        first = one;
      }
      if (one.get(STANDBYS).present() && synchronous > standbys) {
        problems.error(
            one.get(SYNCHRONOUS),
            "%d of %d standbys cannot be synchronous".formatted(synchronous, standbys),
            "Write at most " + standbys);
      }
      most = Math.max(most, synchronous);
    }
    boolean waits = replication.get("within_site").raw().equals("synchronous");
    if (!waits && number(at.get(SERVING).get(SYNCHRONOUS)) > 0) {
      problems.error(
          at.get(SERVING).get(SYNCHRONOUS),
          "a synchronous standby at the serving site, and within_site is asynchronous",
          "Write within_site: synchronous, or synchronous: 0");
    }
    if (waits && most == 0 && first != null) {
      problems.error(
          first,
          "within_site is synchronous, and no synchronous standby is declared anywhere",
          "Write synchronous: 1 where the leader waits for one");
    }
    String across = replication.get("across_sites").raw();
    int others = number(at.get(OTHERS).get(STANDBYS));
    if (across.equals("not-assumed") && others > 0) {
      problems.error(
          at.get(OTHERS),
          "standbys at other sites, and across_sites is not-assumed",
          "Write across_sites: optional or required, or delete other_sites");
    }
    if (across.equals("required") && at.get(OTHERS).present() && others == 0) {
      problems.error(
          at.get(OTHERS),
          "across_sites is required, and no standby is declared at other sites",
          "Write standbys: 1 or more, or delete other_sites");
    }
  }

  private static int number(YamlNode at) {
    // What is no number was told by the schema already.
    return at.present() && at.raw().matches("[0-9]{1,3}") ? Integer.parseInt(at.raw()) : 0;
  }
}
