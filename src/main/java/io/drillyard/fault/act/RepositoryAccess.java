package io.drillyard.fault.act;

import io.drillyard.cluster.ArchiveAccount;
import io.drillyard.cluster.ObjectStore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The repositories of a yard as faults reach them.
 *
 * @param archives every store that the serving cluster archives to, in pgBackRest's order
 * @param store the one of these that faults befall
 * @param past what it held at an earlier time, by key; empty: nobody kept that
 * @param reader whoever restores from it; null: nobody does
 */
public record RepositoryAccess(
    List<ArchiveAccount> archives,
    ObjectStore store,
    Map<String, byte[]> past,
    @Nullable StoreClientAccess reader) {

  /** Of somebody who archives, where nobody restores; faults befall the first store. */
  public static RepositoryAccess archiving(List<ArchiveAccount> archives) {
    return new RepositoryAccess(List.copyOf(archives), archives.getFirst().store(), Map.of(), null);
  }
}
