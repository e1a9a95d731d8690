package io.drillyard.cli;

import io.drillyard.check.LedgerSoundness;
import io.drillyard.launch.DrillWatcher;
import io.drillyard.ledger.Event;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Path;

/**
 * Says how to look around when a drill stops by hand, and lets it go on when Enter is pressed, or
 * when there is nobody who could.
 */
final class ManualPausePrompt implements DrillWatcher {
  private final DrillWatcher inner;
  private final PrintStream out;
  private final BufferedReader in;
  private volatile Runnable goOn = () -> {};

  /**
   * In front of another watcher.
   *
   * @param out where it says how
   * @param in where Enter comes from
   */
  ManualPausePrompt(DrillWatcher inner, PrintStream out, InputStream in) {
    this.inner = inner;
    this.out = out;
    this.in = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
  }

  /** What lets stopped drills go on. */
  void goesOnBy(Runnable how) {
    goOn = how;
  }

  @Override
  public void started(String drill) {
    inner.started(drill);
  }

  @Override
  public void saw(String drill, Event event) {
    inner.saw(drill, event);
    if (event instanceof Event.Action action && action.verb().equals(LedgerSoundness.STOPPED)) {
      explain(drill, action);
      // The drill's own events must be followed meanwhile.
      Thread.ofPlatform().daemon().name("wait for Enter").start(this::await);
    }
  }

  private void explain(String drill, Event.Action action) {
    out.printf(
        """
        %s is stopped, %s.
          Everything runs on: load, probes, and the fault if it is in force. In another terminal:
            bin/drillyard shell                    lists the hosts
            bin/drillyard shell pg1                a root's shell in one of them
            bin/drillyard shell pg1 -- patronictl -c /etc/patroni/drillyard.yml list
            bin/drillyard watch                    the drill, live
          Press Enter to go on. What is done by hand is on no ledger: the verdict will be UNDETERMINED.
        """,
        drill, action.detail());
    out.flush();
  }

  private void await() {
    try {
      if (in.readLine() == null) {
        out.println("nobody can press Enter (no standard input): going on");
      }
    } catch (IOException e) {
      out.println("standard input cannot be read: going on");
    }
    goOn.run();
  }

  @Override
  public void waits(String drill, Path folder) {
    inner.waits(drill, folder);
  }

  @Override
  public void ended(String drill, String how) {
    inner.ended(drill, how);
  }
}
