package io.drillyard.ledger;

/**
 * A signal that a fault sends to a service of a host.
 *
 * @param service as its host's supervisor calls it, e.g. {@code 50-patroni}; {@code *}: every one
 * @param signal its number
 */
public record SentSignal(String host, String service, int signal) {
  /** SIGKILL. */
  public static final int KILL = 9;

  /** SIGTERM. */
  public static final int TERM = 15;

  /** Stands for every service of the host. */
  public static final String EVERY = "*";

  /** True when it is sent to that service. */
  public boolean reaches(String onHost, String itsService) {
    return host.equals(onHost) && (service.equals(EVERY) || service.equals(itsService));
  }
}
