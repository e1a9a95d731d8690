package io.drillyard.probe;

import io.drillyard.host.Host;

/**
 * Where a member is watched: its management address and ports.
 *
 * @param name as Patroni names it
 */
public record MemberAddress(String name, String managementAddress, int sqlPort, int restPort) {
  /** A member on its host. */
  public static MemberAddress of(Host host) {
    return new MemberAddress(host.name(), host.managementAddress());
  }

  /** A member on the usual ports. */
  public MemberAddress(String name, String managementAddress) {
    this(name, managementAddress, 5432, 8008);
  }
}
