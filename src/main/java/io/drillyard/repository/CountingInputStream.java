package io.drillyard.repository;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that knows how many bytes were read from it. */
final class CountingInputStream extends FilterInputStream {
  private long bytes;

  CountingInputStream(InputStream content) {
    super(content);
  }

  /** So many so far. */
  long bytes() {
    return bytes;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    if (one >= 0) {
      bytes++;
    }
    return one;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int n = super.read(into, offset, length);
    if (n > 0) {
      bytes += n;
    }
    return n;
  }
}
