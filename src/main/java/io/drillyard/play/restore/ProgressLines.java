package io.drillyard.play.restore;

/** Tells the launcher what goes on, a line at a time. */
interface ProgressLines {
  /** One line. */
  void say(String line);
}
