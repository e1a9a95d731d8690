package io.drillyard.fault.act;

import io.drillyard.declaration.Environment;
import io.drillyard.host.Host;
import io.drillyard.repository.Credentials;
import java.util.List;

/** Somebody who asks a store, and whose requests can be sent another way. */
public interface StoreClientAccess {
  /** From where the requests come. */
  List<Host> hosts();

  /** Who asks. */
  Credentials credentials();

  /** The account that may ask. */
  String account();

  /** The port of the store's host that the requests usually go to. */
  int usualPort();

  /**
   * From now on it asks that way.
   *
   * @param other the store as it is told of: name, port and region may differ
   */
  void use(Environment.RepositoryState other);

  /** It asks as it did at first. */
  void useTheUsual();
}
