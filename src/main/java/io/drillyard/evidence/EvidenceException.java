package io.drillyard.evidence;

/** Evidence that cannot be read or written: says which file, what is wrong, and what to do. */
public final class EvidenceException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String file;
  private final String what;
  private final String remedy;

  /**
   * Says what is wrong.
   *
   * @param file with line where one is known
   * @param what is wrong, one sentence without a full stop
   * @param remedy what to do next, one sentence without a full stop
   */
  public EvidenceException(String file, String what, String remedy) {
    super(file + ": " + what + ". " + remedy + ".");
    this.file = file;
    this.what = what;
    this.remedy = remedy;
  }

  /** As above, keeping the cause. */
  public EvidenceException(String file, String what, String remedy, Throwable cause) {
    this(file, what, remedy);
    initCause(cause);
  }

  /** The file, with line where one is known. */
  public String file() {
    return file;
  }

  /** What is wrong with it. */
  public String what() {
    return what;
  }

  /** What to do next. */
  public String remedy() {
    return remedy;
  }
}
