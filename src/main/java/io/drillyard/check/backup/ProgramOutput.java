package io.drillyard.check.backup;

import java.util.List;

/**
 * How a program ended that a rung asked, and what it said.
 *
 * @param exit its status; 137: it was killed
 */
public record ProgramOutput(int exit, String stdout, String stderr) {
  private static final int LINES = 12;
  private static final int KILLED = 137;

  /** True when it ended with status 0. */
  public boolean ok() {
    return exit == 0;
  }

  /** Its last lines, for details. */
  List<String> tail() {
    List<String> lines = (stdout + "\n" + stderr).strip().lines().toList();
    return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
  }

  /** The same as one text. */
  String end() {
    return String.join("\n", tail());
  }

  /** True when it was killed: by its limit where that had passed, else by somebody. */
  public boolean killed() {
    return exit == KILLED;
  }

  /** The last line that names an error. */
  public String lastError() {
    return tail().stream()
        .filter(l -> l.contains("ERROR"))
        .reduce((a, b) -> b)
        .orElse("no error said");
  }
}
