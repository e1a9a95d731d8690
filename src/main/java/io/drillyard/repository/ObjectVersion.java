package io.drillyard.repository;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One of the versions that a store keeps of an object.
 *
 * @param id as the store names it
 * @param bytes its size; 0 for a deletion
 * @param modified when it was written, by the store's clock
 * @param current a plain read gets this one, or, where it is a deletion, nothing
 * @param deletion not a version but the mark that the object was deleted
 */
public record ObjectVersion(
    String key, String id, long bytes, Instant modified, boolean current, boolean deletion) {
  /** By key; the current one first, then the newer before the older. */
  static final Comparator<ObjectVersion> ORDER =
      Comparator.comparing(ObjectVersion::key)
          .thenComparing(v -> !v.current())
          .thenComparing(ObjectVersion::modified, Comparator.reverseOrder());

  /**
   * What a plain read of that key meets: a version, or a deletion; none when it never was there.
   */
  static Optional<ObjectVersion> current(List<ObjectVersion> all, String key) {
    return all.stream().filter(v -> v.key().equals(key) && v.current()).findFirst();
  }
}
