package io.drillyard.cli;

import io.drillyard.launch.DrillWatcher;
import io.drillyard.ledger.Event;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Live progress: one status line per drill on a terminal, plain lines otherwise. */
final class RunProgress implements DrillWatcher {
  private static final long REDRAW_NS = 250_000_000L;
  private static final double NS_PER_S = 1e9;
  private static final int USUAL_COLUMNS = 80;

  private final PrintStream out;
  private final boolean terminal;
  private final int columns;
  private final LongSupplier clockNs;
  private final Map<String, Status> running = new TreeMap<>();
  private int drawn;
  private long drawnAtNs;

  /**
   * Shows progress there.
   *
   * @param terminal lines may be taken back and drawn again
   * @param columns of the terminal; a status line is never longer, since a wrapped one could not be
   *     taken back
   * @param clockNs monotonic, for the pace of drawing
   */
  RunProgress(PrintStream out, boolean terminal, int columns, LongSupplier clockNs) {
    this.out = out;
    this.terminal = terminal;
    this.columns = columns;
    this.clockNs = clockNs;
    this.drawnAtNs = clockNs.getAsLong() - REDRAW_NS;
  }

  /** On that stream; the start script says whether it is a terminal, and how wide. */
  static RunProgress on(PrintStream out) {
    return new RunProgress(
        out,
        Boolean.getBoolean("drillyard.terminal"),
        Integer.getInteger("drillyard.columns", USUAL_COLUMNS),
        System::nanoTime);
  }

  /** True when colours are wanted on standard output. */
  static boolean colour() {
    return Boolean.getBoolean("drillyard.colour") && colourAllowed();
  }

  /** False when the user set NO_COLOR to anything but nothing. */
  static boolean colourAllowed() {
    String no = System.getenv("NO_COLOR");
    return no == null || no.isEmpty();
  }

  /** What is known of one running drill. */
  private static final class Status {
    private String phase = "starting";
    private String leader = "-";
    private String fault = "-";
    private long nowNs;
    private long windowNs;
    private int inWindow;
    private double perSecond;

    /** Time goes on with every event: a rate must fall when no more writes come. */
    void saw(Event event) {
      nowNs = Math.max(nowNs, event.at().endNs());
      if (event instanceof Event.Write write && write.routed() && write.acknowledged()) {
        inWindow++;
      }
      if (nowNs - windowNs > NS_PER_S) {
        perSecond = inWindow * NS_PER_S / (nowNs - windowNs);
        windowNs = nowNs;
        inWindow = 0;
      }
    }

    String line(String drill) {
      return "%-30s %5.1f s  %-9s %4.0f writes/s  leader %-5s fault %s"
          .formatted(drill, nowNs / NS_PER_S, phase, perSecond, leader, fault);
    }
  }

  @Override
  public synchronized void started(String drill) {
    running.put(drill, new Status());
    say(drill + ": started");
  }

  @Override
  public synchronized void waits(String drill, Path folder) {
    say(
        "%s waits for approval: bin/drillyard approve %s --as NAME --reason TEXT"
            .formatted(drill, folder));
  }

  @Override
  public synchronized void saw(String drill, Event event) {
    Status status = running.computeIfAbsent(drill, d -> new Status());
    status.saw(event);
    switch (event) {
      case Event.Phase phase -> {
        status.phase = phase.name();
        tell(drill, status, phase.name());
      }
      case Event.LeaderKey key -> {
        String holder = key.holder();
        status.leader = holder == null ? "none" : holder;
        tell(drill, status, "leader of " + key.cluster() + ": " + status.leader);
      }
      case Event.Injected injected -> {
        status.fault = injected.fault() + " injected";
        tell(drill, status, "fault '" + injected.fault() + "': " + injected.description());
      }
      case Event.Witnessed seen -> {
        if (seen.expected()) {
          status.fault = seen.fault() + (seen.holds() ? " in force" : " NOT in force");
        }
      }
      case Event.Healed healed -> {
        status.fault = healed.fault() + " healed";
        tell(drill, status, "healed '" + healed.fault() + "'");
      }
      case Event.Awaited awaited -> {
        if (awaited.fulfilled()) {
          tell(drill, status, awaited.condition());
        } else {
          warn(drill, status, "NOT in time: " + awaited.condition());
        }
      }
      case Event.Note note -> {
        if (!note.level().equals("info")) {
          warn(drill, status, note.level() + ": " + note.text());
        }
      }
      default -> {}
    }
    redraw(false);
  }

  private void tell(String drill, Status status, String what) {
    if (!terminal) {
      warn(drill, status, what);
    }
  }

  /** Worth a line of its own that stays, on a terminal too. */
  private void warn(String drill, Status status, String what) {
    say("%s: %.1f s: %s".formatted(drill, status.nowNs / NS_PER_S, what));
  }

  @Override
  public synchronized void ended(String drill, String how) {
    running.remove(drill);
    say(drill + ": " + how);
  }

  /** A line that says nothing of one drill. */
  synchronized void line(String line) {
    say(line);
  }

  private void say(String line) {
    erase();
    out.println(line);
    redraw(true);
  }

  /** Takes the status lines away, before something else is printed. */
  synchronized void erase() {
    for (; drawn > 0; drawn--) {
      out.print("\u001b[1A\u001b[2K");
    }
  }

  /** Cut to what fits a terminal so wide. */
  static String fit(String line, int columns) {
    // One column stays free: some terminals wrap as soon as the last one is filled.
    int most = Math.max(1, columns - 1);
    return line.length() <= most ? line : line.substring(0, most - 1) + "…";
  }

  private void redraw(boolean now) {
    if (!terminal || (!now && clockNs.getAsLong() - drawnAtNs < REDRAW_NS)) {
      return;
    }
    erase();
    running.forEach((drill, status) -> out.println(fit(status.line(drill), columns)));
    drawn = running.size();
    drawnAtNs = clockNs.getAsLong();
    out.flush();
  }
}
