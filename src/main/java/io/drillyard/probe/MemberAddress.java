package io.drillyard.probe;

/**
 * Where a member is watched: its management address and ports.
 *
 * @param name as Patroni names it
 */
public record MemberAddress(String name, String managementAddress, int sqlPort, int restPort) {
  /** A member on the usual ports. */
  public MemberAddress(String name, String managementAddress) {
    this(name, managementAddress, 5432, 8008);
  }
}
