package io.drillyard.backup;

/** A file of a repository is not what it should be; says which and in what. */
public final class UnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With a sentence that names the file. */
  public UnreadableException(String message) {
    super(message);
  }

  /** With what made it unreadable. */
  public UnreadableException(String message, Throwable cause) {
    super(message, cause);
  }
}
