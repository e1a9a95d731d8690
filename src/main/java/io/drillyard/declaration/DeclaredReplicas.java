package io.drillyard.declaration;

import org.jspecify.annotations.Nullable;

/**
 * How many standbys a context's data have while nothing is broken, and where: a class of its own
 * need not be content with the policy of another one.
 *
 * @param servingSite at the site of the leader; null: not declared
 * @param otherSites at each other site that holds members; null: not declared
 * @param together at all sites together; null: not declared
 */
public record DeclaredReplicas(
    @Nullable AtLeast servingSite, @Nullable AtLeast otherSites, @Nullable AtLeast together) {

  /**
   * So many standbys at least.
   *
   * @param standbys that stream, the leader not among them
   * @param synchronous how many of them the leader waits for
   */
  public record AtLeast(int standbys, int synchronous) {}
}
