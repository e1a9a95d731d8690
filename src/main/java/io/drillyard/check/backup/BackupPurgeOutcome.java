package io.drillyard.check.backup;

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
public record BackupPurgeOutcome(
    long objects, long bytes, List<String> left, List<String> otherwise, long added) {

  /**
   * An object as a listing has it.
   *
   * @param tag the store's own words for its content: others after every write
   */
  public record Listed(long bytes, String tag) {}

  /**
   * Compares.
   *
   * @param folder of the stanza's backups, with its slash; its list of backups changes
   * @param before everything of the stanza by key
   * @param after the same, later
   */
  public static BackupPurgeOutcome of(
      BackupPurgePlan plan, String folder, Map<String, Listed> before, Map<String, Listed> after) {
    Set<String> goes =
        plan.goes().stream().map(g -> folder + g.label() + "/").collect(Collectors.toSet());
    long objects = 0;
    long bytes = 0;
    List<String> otherwise = new ArrayList<>();
    for (Map.Entry<String, Listed> each : before.entrySet()) {
      String key = each.getKey();
      Listed one = each.getValue();
      Listed now = after.get(key);
      boolean list = key.equals(folder + "backup.info") || key.equals(folder + "backup.info.copy");
      if (goes.stream().anyMatch(key::startsWith)) {
        objects += now == null ? 1 : 0;
        bytes += now == null ? one.bytes() : 0;
      } else if (now == null) {
        otherwise.add(key + " is gone");
      } else if (!now.equals(one) && !list) {
        otherwise.add(key + " was written anew");
      }
    }
    List<String> left =
        after.keySet().stream().filter(k -> goes.stream().anyMatch(k::startsWith)).toList();
    long added =
        after.keySet().stream().filter(k -> !before.containsKey(k) && !left.contains(k)).count();
    return new BackupPurgeOutcome(objects, bytes, left, List.copyOf(otherwise), added);
  }

  /** True when all that was planned is gone, and nothing else. */
  public boolean exactly() {
    return left.isEmpty() && otherwise.isEmpty();
  }
}
