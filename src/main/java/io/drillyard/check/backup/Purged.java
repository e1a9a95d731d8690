package io.drillyard.check.backup;

import io.drillyard.repository.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a purge really did, by two listings: it must be what was planned, to the last object.
 *
 * @param objects that are gone, of those planned
 * @param bytes of these
 * @param left of what should have gone
 * @param otherwise what else is gone or was written anew
 * @param added objects that are new, as of a source that goes on archiving
 */
public record Purged(
    long objects, long bytes, List<String> left, List<String> otherwise, long added) {

  /**
   * Compares.
   *
   * @param folder of the stanza's backups, with its slash; its list of backups changes
   * @param before everything of the stanza by key
   * @param after the same, later
   */
  public static Purged of(
      PurgePlan plan,
      String folder,
      Map<String, StoredObject> before,
      Map<String, StoredObject> after) {
    Set<String> goes =
        plan.goes().stream().map(g -> folder + g.label() + "/").collect(Collectors.toSet());
    long objects = 0;
    long bytes = 0;
    List<String> otherwise = new ArrayList<>();
    for (StoredObject one : before.values()) {
      StoredObject now = after.get(one.key());
      boolean list =
          one.key().equals(folder + "backup.info") || one.key().equals(folder + "backup.info.copy");
      if (goes.stream().anyMatch(one.key()::startsWith)) {
        objects += now == null ? 1 : 0;
        bytes += now == null ? one.bytes() : 0;
      } else if (now == null) {
        otherwise.add(one.key() + " is gone");
      } else if (!now.equals(one) && !list) {
        otherwise.add(one.key() + " was written anew");
      }
    }
    List<String> left =
        after.keySet().stream().filter(k -> goes.stream().anyMatch(k::startsWith)).toList();
    long added =
        after.keySet().stream().filter(k -> !before.containsKey(k) && !left.contains(k)).count();
    return new Purged(objects, bytes, left, List.copyOf(otherwise), added);
  }

  /** True when all that was planned is gone, and nothing else. */
  public boolean exactly() {
    return left.isEmpty() && otherwise.isEmpty();
  }
}
