package io.drillyard.fault;

import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import java.time.Duration;

/** Whether one host reaches another's TCP port over the data network, tried for real. */
public enum Reach {
  /** A connection was made. */
  CONNECTED,
  /** The other side answered that nothing listens there: packets pass. */
  REFUSED,
  /** No answer within the limit, or none can come. */
  SILENT;

  private static final String TRY = "timeout 0.8 bash -c 'exec 3<>/dev/tcp/$0/$1' \"$0\" \"$1\"";

  /** Tries once, for at most 0.8 s. */
  public static Reach of(Host from, String address, int port) {
    CommandResult result =
        from.attempt(
            Command.of("bash", "-c", TRY, address, Integer.toString(port))
                .within(Duration.ofSeconds(3)));
    if (result.ok()) {
      return CONNECTED;
    }
    return result.stderr().contains("refused") ? REFUSED : SILENT;
  }

  /** True when packets pass both ways. */
  public boolean passes() {
    return this != SILENT;
  }
}
