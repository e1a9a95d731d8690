package io.drillyard.check;

import io.drillyard.declaration.Target;
import io.drillyard.ledger.BackupsSeen;
import io.drillyard.ledger.ClusterRebuilt;
import io.drillyard.ledger.RepositoryListed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Nobody wrote to the path of an incarnation that was given up: two histories in one archive
 * destroy each other. What it held right before the cluster was rebuilt it holds at the end, object
 * by object, with the same sizes and the store's same words for their contents, and nothing more.
 */
public final class FormerPathUntouched implements Check {
  /** Its name in plans and reports. */
  public static final String NAME = "formerPathUntouched";

  /** Since then a plan that rebuilds a cluster has to leave an event of it. */
  private static final int TOLD_SINCE = 10;

  @Override
  public String name() {
    return NAME;
  }

  /** True where a cluster was rebuilt. */
  static boolean applies(LedgerViews history) {
    return !history.of(ClusterRebuilt.class).isEmpty()
        || (history.format() >= TOLD_SINCE
            && LedgerDeclarations.planned(history, LineageIsClean.REBUILDS));
  }

  /**
   * True of what was read of an incarnation that had been given up by then: a cluster that is
   * rebuilt keeps its stanza's name.
   */
  static boolean givenUp(LedgerViews history, BackupsSeen seen) {
    return history.of(ClusterRebuilt.class).stream()
        .anyMatch(
            r ->
                r.cluster().equals(seen.stanza())
                    && r.formerPath().equals(seen.path())
                    && r.at().endNs() <= seen.at().startNs());
  }

  @Override
  public Finding judge(LedgerViews history, Target target) {
    return CheckGuard.judge(NAME, history, target, FormerPathUntouched::assess);
  }

  private static Finding assess(LedgerViews history, Target target) {
    FindingBuilder draft =
        new FindingBuilder(NAME, "nothing was written to a path that was given up");
    List<String> wrong = new ArrayList<>();
    List<String> doubts = new ArrayList<>();
    for (ClusterRebuilt rebuilt : history.of(ClusterRebuilt.class)) {
      if (rebuilt.path().equals(rebuilt.formerPath())) {
        wrong.add(
            "incarnation %d of %s archives to the path of the one before, %s"
                .formatted(rebuilt.incarnation(), rebuilt.cluster(), rebuilt.path()));
      }
      for (String repository : LedgerDeclarations.repositories(history)) {
        RepositoryListed before = last(history, repository, rebuilt.at().startNs(), true);
        RepositoryListed after = last(history, repository, rebuilt.at().endNs(), false);
        if (before == null || after == null) {
          doubts.add(
              "%s was not listed before %s was rebuilt and again afterwards"
                  .formatted(repository, rebuilt.cluster()));
          continue;
        }
        differences(rebuilt, before, after, wrong, doubts);
      }
    }
    if (history.of(ClusterRebuilt.class).isEmpty()) {
      doubts.add("a cluster was to be rebuilt, and the ledger does not tell that it was");
    }
    if (LedgerDeclarations.repositories(history).isEmpty()) {
      doubts.add("the ledger does not say which repositories there are");
    }
    draft.details(wrong);
    if (!wrong.isEmpty()) {
      return draft.missed("former-path-written", wrong.getFirst());
    }
    draft.details(doubts);
    return doubts.isEmpty()
        ? draft.met("former-path-untouched", "no path that was given up was written to since")
        : draft.undetermined("listings-in-doubt", doubts.getFirst());
  }

  /** The last listing that had ended by then; or the last of all, where it began after that. */
  private static @Nullable RepositoryListed last(
      LedgerViews history, String repository, long ns, boolean before) {
    RepositoryListed last = null;
    for (RepositoryListed listed : history.of(RepositoryListed.class)) {
      if (listed.repository().equals(repository)
          && (before ? listed.at().endNs() <= ns : listed.at().startNs() >= ns)) {
        last = listed;
      }
    }
    return last;
  }

  private static void differences(
      ClusterRebuilt rebuilt,
      RepositoryListed before,
      RepositoryListed after,
      List<String> wrong,
      List<String> doubts) {
    Map<String, String> was = under(before, rebuilt.formerPath());
    Map<String, String> now = under(after, rebuilt.formerPath());
    if (was.isEmpty()) {
      doubts.add(
          "%s held nothing at %s before %s was rebuilt"
              .formatted(before.repository(), rebuilt.formerPath(), rebuilt.cluster()));
    }
    TreeSet<String> keys = new TreeSet<>(was.keySet());
    keys.addAll(now.keySet());
    for (String key : keys) {
      String then = was.get(key);
      String again = now.get(key);
      if (then == null) {
        wrong.add(after.repository() + ": " + key + " was added after the path was given up");
      } else if (!then.equals(again)) {
        wrong.add(
            after.repository() + ": " + key + (again == null ? " is gone" : " was written anew"));
      }
    }
  }

  private static Map<String, String> under(RepositoryListed listed, String path) {
    String folder = path.replaceFirst("^/", "") + "/";
    Map<String, String> some = new TreeMap<>();
    listed
        .objects()
        .forEach(
            (key, word) -> {
              if (key.startsWith(folder)) {
                some.put(key, word);
              }
            });
    return some;
  }
}
