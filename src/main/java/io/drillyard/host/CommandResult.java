package io.drillyard.host;

/**
 * How a command ended.
 *
 * @param exit its status; 137 when its limit passed and it was killed
 * @param stdout as UTF-8, the first 16 MiB
 * @param stderr as UTF-8, the first 16 MiB
 */
public record CommandResult(int exit, String stdout, String stderr) {
  /** True when it ended with status 0. */
  public boolean ok() {
    return exit == 0;
  }

  /** The last lines of what it said, for messages. */
  public String tail() {
    String all = (stdout + "\n" + stderr).strip();
    String[] lines = all.split("\n");
    int from = Math.max(0, lines.length - 12);
    return String.join("\n", java.util.Arrays.asList(lines).subList(from, lines.length));
  }
}
