package io.drillyard.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows a growing ledger: each call returns the events of the lines completed since the last one.
 * A last line without its end is left for later. For one thread.
 */
public final class LedgerTail implements AutoCloseable {
  private static final int CHUNK = 1 << 16;

  private final Path file;
  private final LineSplitter splitter = new LineSplitter();
  private final LedgerReader.LineReader lines;
  private final byte[] chunk = new byte[CHUNK];
  private @Nullable InputStream in;

  LedgerTail(Path file) {
    this.file = file;
    this.lines = new LedgerReader.LineReader(file, false, ArrayList::new);
  }

  /**
   * The events that became complete since the last call; empty when there are none or the file does
   * not exist yet.
   *
   * @throws LedgerException when a complete line is no event
   */
  public List<Event> poll() {
    try {
      InputStream open = in;
      if (open == null) {
        open = Files.newInputStream(file);
        in = open;
      }
      for (int n = open.read(chunk); n > 0; n = open.read(chunk)) {
        splitter.feed(chunk, n, lines);
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw LedgerException.at(
          file, 0, "cannot be read: " + e.getMessage(), "Check the file and its permissions", e);
    }
    return lines.take();
  }

  @Override
  public void close() {
    try {
      if (in != null) {
        in.close();
      }
    } catch (IOException e) {
      throw LedgerException.at(file, 0, "cannot be closed", "Nothing was lost", e);
    }
  }
}
