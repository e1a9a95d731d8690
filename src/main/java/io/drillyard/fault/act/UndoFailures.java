package io.drillyard.fault.act;

import org.jspecify.annotations.Nullable;

/** Several undos of which each is tried, whatever became of the others; no error is lost. */
final class UndoFailures {
  private @Nullable RuntimeException first;

  /** Tries one. */
  void attempt(Runnable undo) {
    try {
      undo.run();
    } catch (RuntimeException e) {
      if (first == null) {
        first = e;
      } else {
        first.addSuppressed(e);
      }
    }
  }

  /** Throws the first failure with the others attached, if there was one. */
  void rethrow() {
    if (first != null) {
      throw first;
    }
  }
}
