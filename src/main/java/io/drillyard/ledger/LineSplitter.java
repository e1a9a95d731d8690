package io.drillyard.ledger;

import java.util.Arrays;

/** Cuts a stream of bytes into lines and keeps an unfinished last one for later. */
final class LineSplitter {
  /** Receives one line, without its line end, as a range of a buffer that is reused afterwards. */
  interface Lines {
    void line(byte[] buffer, int offset, int length);
  }

  private byte[] unfinished = new byte[0];

  /** Hands on every line that these bytes complete. */
  void feed(byte[] bytes, int length, Lines lines) {
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        if (unfinished.length > 0) {
          keep(bytes, start, i);
          byte[] whole = unfinished;
          unfinished = new byte[0];
          lines.line(whole, 0, whole.length);
        } else {
          lines.line(bytes, start, i - start);
        }
        start = i + 1;
      }
    }
    keep(bytes, start, length);
  }

  private void keep(byte[] bytes, int from, int to) {
    int had = unfinished.length;
    if (to > from) {
      unfinished = Arrays.copyOf(unfinished, had + to - from);
      System.arraycopy(bytes, from, unfinished, had, to - from);
    }
  }

  /** Bytes of a last line that has no end yet. */
  int unfinishedBytes() {
    return unfinished.length;
  }
}
