package io.drillyard.fault;

import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import java.time.Duration;
import java.util.List;

/** Whether one host reaches another's TCP port over the data network, tried for real. */
public enum Reach {
  /** A connection was made. */
  CONNECTED,
  /** The other side answered that nothing listens there: packets pass. */
  REFUSED,
  /** No answer within the limit, or none can come. */
  SILENT;

  /** What {@code timeout} ends with when the limit passed. */
  private static final int TIMED_OUT = 124;

  /** What the kernel says when nothing can come: no route, the neighbour does not answer, cut. */
  private static final List<String> NONE_CAN_COME =
      List.of("No route to host", "Network is unreachable", "timed out", "not permitted");

  private static final String TRY = "timeout 0.8 bash -c 'exec 3<>/dev/tcp/$0/$1' \"$0\" \"$1\"";

  /**
   * Tries once, for at most 0.8 s.
   *
   * @throws HostException when the try itself failed: a look that did not happen is no silence
   */
  public static Reach of(Host from, String address, int port) {
    CommandResult result =
        from.attempt(
            Command.of("bash", "-c", TRY, address, Integer.toString(port))
                .within(Duration.ofSeconds(3)));
    if (result.ok()) {
      return CONNECTED;
    }
    String said = result.stderr();
    if (said.contains("refused")) {
      return REFUSED;
    }
    if (result.exit() == TIMED_OUT || NONE_CAN_COME.stream().anyMatch(said::contains)) {
      return SILENT;
    }
    throw new HostException(
        "%s could not try %s:%d: %s".formatted(from.name(), address, port, result.tail()));
  }

  /** True when packets pass both ways. */
  public boolean passes() {
    return this != SILENT;
  }
}
