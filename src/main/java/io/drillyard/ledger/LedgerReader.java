package io.drillyard.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a ledger back: strictly (a whole ledger or an error), leniently (what a crashed run left),
 * or while it grows ({@link LedgerTail}).
 */
public final class LedgerReader {
  private static final int CHUNK = 1 << 16;
  private static final String RUN_AGAIN =
      "The run did not finish or the file was cut; run the drill again, or report it as crashed";

  private LedgerReader() {}

  /**
   * What a run left behind.
   *
   * @param events every line that could be read
   * @param problem null when the ledger is whole; else why it is not
   */
  public record WhatIsThere(List<Event> events, @Nullable String problem) {
    /** True when the ledger was closed properly and every line was read. */
    public boolean whole() {
      return problem == null;
    }
  }

  /**
   * Reads a whole ledger, from {@code opened} to {@code closed}.
   *
   * @throws LedgerException when it is truncated, of a newer format, or holds a line that is no
   *     event
   */
  public static List<Event> read(Path file) {
    LineReader lines = new LineReader(file, false, PackedEvents::new);
    readAll(file, lines);
    LedgerException problem = lines.problem();
    if (problem != null) {
      throw problem;
    }
    return lines.events;
  }

  /**
   * Reads what there is of a ledger whose run may have crashed. Lines that are no events are left
   * out, and said.
   *
   * @throws LedgerException when the file cannot be read at all, or is of a newer format
   */
  public static WhatIsThere readWhatIsThere(Path file) {
    LineReader lines = new LineReader(file, true, PackedEvents::new);
    readAll(file, lines);
    LedgerException problem = lines.problem();
    return new WhatIsThere(lines.events, problem == null ? null : problem.getMessage());
  }

  /** Follows a ledger while it is being written. The file need not exist yet. */
  public static LedgerTail tail(Path file) {
    return new LedgerTail(file);
  }

  private static void readAll(Path file, LineReader lines) {
    LineSplitter splitter = new LineSplitter();
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        splitter.feed(chunk, n, lines);
      }
    } catch (NoSuchFileException e) {
      throw LedgerException.at(file, 0, "no such file", "Name the ledger of a stored run", e);
    } catch (IOException e) {
      throw LedgerException.at(
          file, 0, "cannot be read: " + e.getMessage(), "Check the file and its permissions", e);
    }
    lines.unfinishedBytes = splitter.unfinishedBytes();
  }

  /** Turns lines into events and remembers the first defect. */
  static final class LineReader implements LineSplitter.Lines {
    private final Path file;
    private final boolean lenient;
    private final Supplier<List<Event>> lists;
    private List<Event> events;
    private long line;
    private long defects;
    private int unfinishedBytes;
    private boolean closed;
    private @Nullable LedgerException first;

    /** Reads into lists of that kind. */
    LineReader(Path file, boolean lenient, Supplier<List<Event>> lists) {
      this.file = file;
      this.lenient = lenient;
      this.lists = lists;
      this.events = lists.get();
    }

    @Override
    public void line(byte[] buffer, int offset, int length) {
      line++;
      Event event;
      try {
        event = EventLine.parse(buffer, offset, length);
      } catch (IllegalArgumentException e) {
        String text = new String(buffer, offset, Math.min(length, 80), StandardCharsets.UTF_8);
        defect(
            line == 1
                ? "not a ledger: the first line is no event (" + text + ")"
                : e.getMessage() + " (" + text + ")",
            "The file was damaged or written by another version; restore it from the run's folder",
            e);
        return;
      }
      if (line == 1 && !(event instanceof Event.Opened)) {
        defect(
            "does not begin with an 'opened' event", "Its beginning is missing; restore it", null);
      }
      if (event instanceof Event.Opened opened && opened.format() > LedgerFormat.VERSION) {
        // Never lenient: an old reader could misunderstand a newer file and judge it wrongly.
        throw LedgerException.at(
            file,
            line,
            "format "
                + opened.format()
                + " is newer than this version reads (up to "
                + LedgerFormat.VERSION
                + ")",
            "Use the version of drillyard that wrote it, or a later one",
            null);
      }
      if (closed) {
        defect("an event after the 'closed' event", "Two runs wrote to one file; run again", null);
      }
      closed = closed || event instanceof Event.Closed;
      events.add(event);
    }

    private void defect(String wrong, String remedy, @Nullable Throwable cause) {
      LedgerException defect = LedgerException.at(file, line, wrong, remedy, cause);
      if (!lenient) {
        throw defect;
      }
      defects++;
      first = first == null ? defect : first;
    }

    /** What is wrong with everything read, once the end of the file was reached. */
    private @Nullable LedgerException problem() {
      if (first != null) {
        return defects == 1
            ? first
            : new LedgerException(first.getMessage() + " (and " + (defects - 1) + " more)", first);
      }
      if (unfinishedBytes > 0) {
        return LedgerException.at(file, line + 1, "truncated in the last line", RUN_AGAIN, null);
      }
      if (!closed) {
        return LedgerException.at(
            file, line, "truncated: ends without a 'closed' event", RUN_AGAIN, null);
      }
      return null;
    }

    /** Hands over the events read since the last call. */
    List<Event> take() {
      List<Event> taken = events;
      events = lists.get();
      return taken;
    }
  }
}
