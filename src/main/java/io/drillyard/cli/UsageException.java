package io.drillyard.cli;

/** The words on the command line ask for something that there is not; says what there is. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
