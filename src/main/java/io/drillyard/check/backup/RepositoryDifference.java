package io.drillyard.check.backup;

import io.drillyard.backup.InfoFile;
import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether a repository holds the same bytes as before; an object that is new counts as well. */
public final class RepositoryDifference {
  private static final String ANEW = " was written anew";

  private RepositoryDifference() {}

  /**
   * Judges.
   *
   * @param before digests by key
   * @param after the same, later
   */
  public static Finding judge(Map<String, String> before, Map<String, String> after) {
    List<String> wrong = different(before, after, " has other bytes");
    wrong.addAll(added(before, after));
    return RungFindings.by(
        Rung.UNCHANGED,
        wrong,
        "All %,d objects have the SHA-256 that they had before.".formatted(before.size()),
        "The repository was changed: %d objects differ.".formatted(wrong.size()));
  }

  /**
   * Judges a repository that its owner goes on using: what is new may be the owner's, and what is
   * gone or other may be, too, which nobody can tell from here.
   *
   * @param before sizes and tags by key, as the store lists them
   * @param after the same, later
   * @param information what is wrong with the information files now: pgBackRest writes them anew at
   *     the end of each backup and of expire, and they are read again instead
   */
  public static Finding judgeLive(
      Map<String, String> before, Map<String, String> after, List<String> information) {
    List<String> differ = different(before, after, ANEW);
    List<String> rewritten =
        before.keySet().stream()
            .filter(InfoFile::isOfStanza)
            .map(key -> key + ANEW)
            .filter(differ::contains)
            .toList();
    List<String> added = new ArrayList<>(added(before, after));
    if (!rewritten.isEmpty() && information.isEmpty()) {
      differ.removeAll(rewritten);
      added.addAll(rewritten);
    }
    differ.addAll(information);
    if (differ.isEmpty()) {
      return RungFindings.met(
          Rung.UNCHANGED,
          "All %,d objects have the size and the store's tag that they had before; %d are new or are the stanza's information, of a source that goes on."
              .formatted(before.size(), added.size()),
          added);
    }
    return RestoreRungResult.plain(
        Rung.UNCHANGED,
        Verdict.UNDETERMINED,
        "%d objects differ. Their owner uses the repository: whether it was the owner cannot be told from here."
            .formatted(differ.size()),
        differ);
  }

  private static List<String> different(
      Map<String, String> before, Map<String, String> after, String otherwise) {
    List<String> differ = new ArrayList<>();
    before.forEach(
        (key, print) -> {
          String now = after.get(key);
          if (now == null) {
            differ.add(key + " is gone");
          } else if (!now.equals(print)) {
            differ.add(key + otherwise);
          }
        });
    return differ;
  }

  private static List<String> added(Map<String, String> before, Map<String, String> after) {
    return after.keySet().stream()
        .filter(k -> !before.containsKey(k))
        .map(k -> k + " is new")
        .toList();
  }
}
