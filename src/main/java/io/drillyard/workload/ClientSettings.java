package io.drillyard.workload;

import java.time.Duration;
import java.util.function.Function;

/**
 * How the clients behave. These settings dominate RTO and are printed beside it.
 *
 * @param routedPerSecond scheduled writes per second of one routed client
 * @param pinnedPerSecond scheduled writes per second of one pinned writer
 * @param connections connections of one routed client; a pinned writer has one
 * @param giveUp a write that found no free connection for so long is refused, unsent
 * @param connectTimeout per host tried; rounded up to the driver's unit, whole seconds
 * @param socketTimeout longest silence of an open connection; rounded up to whole seconds
 * @param outageThreshold a longer gap between routed acknowledgements is an outage
 * @param memberOfAddress name of the member that serves at an address
 */
public record ClientSettings(
    double routedPerSecond,
    double pinnedPerSecond,
    int connections,
    Duration giveUp,
    Duration connectTimeout,
    Duration socketTimeout,
    Duration outageThreshold,
    String user,
    String password,
    Function<String, String> memberOfAddress) {
  /** Refuses settings that schedule nothing. */
  public ClientSettings {
    if (!(routedPerSecond > 0) || !(pinnedPerSecond > 0) || connections < 1) {
      throw new IllegalArgumentException("rates and the number of connections must be positive");
    }
  }

  double perSecond(LoadClient client) {
    return client.routed() ? routedPerSecond : pinnedPerSecond;
  }

  int lanes(LoadClient client) {
    return client.routed() ? connections : 1;
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return ("Settings[routedPerSecond=%s, pinnedPerSecond=%s, connections=%d, giveUp=%s,"
            + " connectTimeout=%s, socketTimeout=%s, user=%s]")
        .formatted(
            routedPerSecond,
            pinnedPerSecond,
            connections,
            giveUp,
            connectTimeout,
            socketTimeout,
            user);
  }
}
