package io.drillyard.launch;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whole lines as they are appended to a file. */
final class LineTail implements AutoCloseable {
  private final RandomAccessFile file;
  private final StringBuilder rest = new StringBuilder();

  LineTail(Path path) throws IOException {
    this.file = new RandomAccessFile(path.toFile(), "r");
  }

  /** Lines that were completed since the last call. */
  List<String> poll() throws IOException {
    List<String> lines = new ArrayList<>();
    byte[] chunk = new byte[8192];
    for (int n = file.read(chunk); n > 0; n = file.read(chunk)) {
      rest.append(new String(chunk, 0, n, StandardCharsets.UTF_8));
    }
    for (int end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
      lines.add(rest.substring(0, end));
      rest.delete(0, end + 1);
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
