package io.drillyard.workload;

import org.jspecify.annotations.Nullable;

/**
 * One writer of the load.
 *
 * @param name unique in the run, e.g. {@code routed@onprem}
 * @param site where it stands
 * @param localAddress address that its connections are bound to, so that they leave from that site;
 *     null: whatever the system chooses
 * @param pinnedTo the one member it talks to; null for a client of the declared route
 * @param url JDBC address, with the route's own options ({@code targetServerType} …), without
 *     password
 */
public record LoadClient(
    String name,
    String site,
    @Nullable String localAddress,
    @Nullable String pinnedTo,
    String url) {
  /** True for a client that goes through the declared route. */
  public boolean routed() {
    return pinnedTo == null;
  }

  /** The same client, sent somewhere else. */
  LoadClient redirectedTo(String newUrl) {
    return new LoadClient(name, site, localAddress, pinnedTo, newUrl);
  }
}
