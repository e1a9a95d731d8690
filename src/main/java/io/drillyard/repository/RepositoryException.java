package io.drillyard.repository;

/** A store did not do what it was asked; names the store, the key and the reason. */
public final class RepositoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With message and cause. */
  public RepositoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
