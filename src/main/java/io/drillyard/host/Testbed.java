package io.drillyard.host;

import java.util.List;

/** All hosts of one drill and the networks between them. Closing it removes everything. */
public interface Testbed extends AutoCloseable {
  /** The host of that name; throws {@link HostException} when there is none. */
  Host host(String name);

  /** Every host of the inventory, in its order, without the router. */
  List<Host> hosts();

  /** The hosts of one site. */
  default List<Host> hostsAt(String site) {
    return hosts().stream().filter(h -> h.site().equals(site)).toList();
  }

  /** The host that joins the sites; a site's link is its interface named {@code to-SITE}. */
  Host router();

  /** Names of the sites at which clients stand, in the inventory's order. */
  List<String> sites();

  /** The harness's own client address at a site; traffic from it leaves through that site. */
  String clientAddress(String site);

  /** What the storage under the hosts is, and what it proves and does not prove. */
  String storageStatement();

  @Override
  void close();
}
