package io.drillyard.repository;

import org.jspecify.annotations.Nullable;

/** A store did not do what it was asked; names the store, the key and the reason. */
public final class RepositoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why it did not; the same words for every kind of store. */
  public enum Kind {
    /** No such object, bucket or container. */
    NOT_FOUND,
    /** The credentials are wrong, or may not do this. */
    DENIED,
    /** There is an object of that key, and there was to be none. */
    EXISTS,
    /** It asks to be left alone for a while. */
    THROTTLED,
    /** Nobody answered, or nobody who could prove to be the store. */
    UNREACHABLE,
    /** It answered with what cannot be right: another length, another digest, no protocol. */
    CORRUPT,
    /** It answered with a failure of its own. */
    FAILED
  }

  private final Kind kind;

  /** With message and cause. */
  public RepositoryException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Of an object that is not there. */
  static RepositoryException absent(String key, String wanted) {
    return new RepositoryException(
        Kind.NOT_FOUND, "'%s' is not there to be %s".formatted(key, wanted), null);
  }

  /** Why. */
  public Kind kind() {
    return kind;
  }
}
