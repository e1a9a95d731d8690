package io.drillyard.host;

import org.jspecify.annotations.Nullable;

/** A host did not do what it was told: names the host, the command, the limit and what was said. */
public class HostException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With a full message. */
  public HostException(String message) {
    super(message);
  }

  /** With the cause. */
  public HostException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** For a command that ended with another status than 0. */
  public static HostException failed(String host, Command command, CommandResult result) {
    String why =
        result.exit() == 137
            ? "was killed (limit " + command.limit().toMillis() + " ms)"
            : "ended with status " + result.exit();
    return new HostException(
        host
            + ": `"
            + command.words()
            + "` as "
            + command.user()
            + " "
            + why
            + ":\n"
            + result.tail());
  }
}
