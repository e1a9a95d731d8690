package io.drillyard.host;

/**
 * A machine that takes part in a drill.
 *
 * <p>Commands reach it over the management plane, which no fault touches. All methods may be called
 * from any thread and throw {@link HostException} when the host is off.
 */
public interface Host {
  /** Its name in the inventory; also its host name. */
  String name();

  /** The site it stands at. */
  String site();

  /** Its address on the data network; faults act there. */
  String dataAddress();

  /** Its address on the management network; only the harness speaks there. */
  String managementAddress();

  /** Runs a command and returns however it ended. */
  CommandResult attempt(Command command);

  /** Runs a command that must end with status 0. */
  default CommandResult run(Command command) {
    CommandResult result = attempt(command);
    if (!result.ok()) {
      throw HostException.failed(name(), command, result);
    }
    return result;
  }

  /**
   * Writes a file, owner and mode first, so that a secret is never readable by others in between.
   *
   * @param owner {@code root} or {@code postgres}
   * @param mode octal, e.g. {@code 0600}
   */
  default void write(String path, String content, String owner, String mode) {
    run(
        Command.of(
                "bash",
                "-c",
                "set -e; mkdir -p \"$(dirname \"$1\")\"; f=$(mktemp \"$1.XXXXXX\");"
                    + " chown \"$2:$2\" \"$f\"; chmod \"$3\" \"$f\"; cat > \"$f\"; mv \"$f\" \"$1\"",
                "write",
                path,
                owner,
                mode)
            .reading(content));
  }

  /** A file's bytes as UTF-8 text. */
  default String read(String path) {
    return run(Command.of("cat", path)).stdout();
  }

  /** The commands that it was given. */
  CommandLog commands();

  /** Its power switch. */
  PowerSwitch power();
}
