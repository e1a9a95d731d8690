package io.drillyard.cli;

import io.drillyard.ledger.Event;
import io.drillyard.scenario.launch.Watcher;
import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;

/** Live progress: one status line per drill on a terminal, plain lines otherwise. */
final class Progress implements Watcher {
  private static final long REDRAW_NS = 250_000_000L;
  private static final double NS_PER_S = 1e9;

  private final PrintStream out;
  private final boolean terminal;
  private final Map<String, Status> running = new TreeMap<>();
  private int drawn;
  private long drawnAtNs;

  private Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** On that stream; the start script says whether it is a terminal. */
  static Progress on(PrintStream out) {
    return new Progress(out, Boolean.getBoolean("drillyard.terminal"));
  }

  /** True when colours are wanted. */
  static boolean colour() {
    return Boolean.getBoolean("drillyard.terminal") && System.getenv("NO_COLOR") == null;
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

    void write(Event.Write write) {
      if (write.routed() && write.acknowledged()) {
        inWindow++;
      }
      if (nowNs - windowNs > NS_PER_S) {
        perSecond = inWindow * NS_PER_S / (nowNs - windowNs);
        windowNs = nowNs;
        inWindow = 0;
      }
    }

    String line(String drill) {
      return "%-34s %5.1f s  %-10s %6.0f writes/s  leader %-6s fault %s"
          .formatted(drill, nowNs / NS_PER_S, phase, perSecond, leader, fault);
    }
  }

  @Override
  public synchronized void started(String drill) {
    running.put(drill, new Status());
    say(drill + ": started");
  }

  @Override
  public synchronized void saw(String drill, Event event) {
    Status status = running.computeIfAbsent(drill, d -> new Status());
    status.nowNs = Math.max(status.nowNs, event.at().endNs());
    switch (event) {
      case Event.Write write -> status.write(write);
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
        status.fault = injected.fault();
        tell(drill, status, "fault '" + injected.fault() + "': " + injected.description());
      }
      case Event.Healed healed -> {
        status.fault = "healed";
        tell(drill, status, "healed '" + healed.fault() + "'");
      }
      case Event.Awaited awaited ->
          tell(drill, status, (awaited.fulfilled() ? "" : "NOT in time: ") + awaited.condition());
      case Event.Note note -> {
        if (!note.level().equals("info")) {
          tell(drill, status, note.level() + ": " + note.text());
        }
      }
      default -> {}
    }
    redraw(false);
  }

  private void tell(String drill, Status status, String what) {
    if (!terminal) {
      say("%s: %.1f s: %s".formatted(drill, status.nowNs / NS_PER_S, what));
    }
  }

  @Override
  public synchronized void ended(String drill, String how) {
    running.remove(drill);
    say(drill + ": " + how);
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

  private void redraw(boolean now) {
    if (!terminal || (!now && System.nanoTime() - drawnAtNs < REDRAW_NS)) {
      return;
    }
    erase();
    running.forEach((drill, status) -> out.println(status.line(drill)));
    drawn = running.size();
    drawnAtNs = System.nanoTime();
    out.flush();
  }
}
