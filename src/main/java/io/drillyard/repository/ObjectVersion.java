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
   * The mark that hides an object which was deleted; empty when a plain read meets the object.
   *
   * @throws RepositoryException {@code NOT_FOUND} when it never was there
   */
  static Optional<ObjectVersion> hiding(List<ObjectVersion> all, String key) {
    ObjectVersion met =
        all.stream()
            .filter(v -> v.key().equals(key) && v.current())
            .findFirst()
            .orElseThrow(() -> RepositoryException.absent(key, "brought back"));
    return met.deletion() ? Optional.of(met) : Optional.empty();
  }
}
