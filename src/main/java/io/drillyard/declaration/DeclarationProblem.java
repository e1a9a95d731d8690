package io.drillyard.declaration;

import java.util.Locale;

/**
 * Something wrong in a declaration: where, what, and what to do about it.
 *
 * @param file as the user named it, so that a terminal can open it
 * @param line from 1; 0 when the problem is the whole file
 * @param column from 1; 0 when the problem is the whole file
 * @param message what is wrong, without a full stop
 * @param remedy what to write instead, as an instruction
 */
public record DeclarationProblem(
    String file, int line, int column, Severity severity, String message, String remedy) {

  /** How bad it is. */
  public enum Severity {
    /** Nothing can be drilled with this declaration. */
    ERROR,
    /** It can be drilled, but the reader of the evidence should know. */
    WARNING
  }

  /** True for an error. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** {@code environments/a.yaml:3:7}, or the file alone. */
  public String place() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }

  /** One line for a terminal: {@code environments/a.yaml:3:7: error: message. Remedy.} */
  @Override
  public String toString() {
    return place()
        + ": "
        + severity.name().toLowerCase(Locale.ROOT)
        + ": "
        + message
        + ". "
        + remedy
        + ".";
  }
}
