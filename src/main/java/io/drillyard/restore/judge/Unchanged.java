package io.drillyard.restore.judge;

import io.drillyard.check.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether a repository holds the same bytes as before; an object that is new counts as well. */
public final class Unchanged {
  private Unchanged() {}

  /**
   * Judges.
   *
   * @param before digests by key
   * @param after the same, later
   */
  public static Finding judge(Map<String, String> before, Map<String, String> after) {
    List<String> wrong = new ArrayList<>();
    before.forEach(
        (key, digest) -> {
          String now = after.get(key);
          if (now == null) {
            wrong.add(key + " is gone");
          } else if (!now.equals(digest)) {
            wrong.add(key + " has other bytes");
          }
        });
    after.keySet().stream()
        .filter(k -> !before.containsKey(k))
        .forEach(k -> wrong.add(k + " is new"));
    return Judged.by(
        Rung.UNCHANGED,
        wrong,
        "All %,d objects have the SHA-256 that they had before.".formatted(before.size()),
        "The repository was changed: %d objects differ.".formatted(wrong.size()));
  }
}
