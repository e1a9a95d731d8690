package io.drillyard.host;

import java.util.ArrayList;
import java.util.List;

/**
 * What commands a host was given, and how many; the newest in words. Those that only look are left
 * out. Threads may share it.
 */
public final class CommandLog {
  private static final int KEPT = 50;

  private final List<String> newest = new ArrayList<>();
  private long count;

  /** A command is about to be run. */
  public synchronized void add(Command command) {
    if (command.looks()) {
      return;
    }
    count++;
    newest.add(command.words());
    if (newest.size() > KEPT) {
      newest.removeFirst();
    }
  }

  /** How many there were so far. */
  public synchronized long count() {
    return count;
  }

  /** Those after so many, as far as they are kept. */
  public synchronized List<String> since(long earlier) {
    long fresh = Math.min(count - earlier, newest.size());
    return List.copyOf(newest.subList((int) (newest.size() - Math.max(0, fresh)), newest.size()));
  }
}
