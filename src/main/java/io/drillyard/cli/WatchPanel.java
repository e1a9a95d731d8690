package io.drillyard.cli;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Lsn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One running drill as a block of lines: load, leader, every member, every fault, what was done
 * last. Made of ledger events alone, so that it shows what will be judged.
 */
final class WatchPanel {
  private static final double NS_PER_S = 1e9;
  private static final long STALE_NS = 2_000_000_000L;
  private static final int SECONDS = 40;
  private static final int RECENT = 512;
  private static final int LAST_WORDS = 3;
  private static final String BARS = " ▁▂▃▄▅▆▇█";

  private final String drill;
  private final int[] perSecond = new int[SECONDS];
  private final Deque<Long> latencies = new ArrayDeque<>();
  private final Map<String, Event.Probed> members = new TreeMap<>();
  private final Map<String, Event.LeaderKey> leaders = new LinkedHashMap<>();
  private final Map<String, Fault> faults = new LinkedHashMap<>();
  private final Deque<String> last = new ArrayDeque<>();
  private String phase = "starting";
  private @Nullable String end;
  private long nowNs;
  private long second;
  private long acknowledgedNs = -1;
  private long refused;
  private long unknown;

  /** A fault and what is known of it. */
  private record Fault(Event.Injected injected, @Nullable Boolean holds, long healedNs) {}

  WatchPanel(String drill) {
    this.drill = drill;
  }

  /** True once its ledger was closed. */
  boolean ended() {
    return end != null;
  }

  /** Takes the next event of its ledger. */
  void saw(Event event) {
    nowNs = Math.max(nowNs, event.at().endNs());
    switch (event) {
      case Event.Write write -> write(write);
      case Event.Probed probed -> members.put(probed.member(), probed);
      case Event.LeaderKey key -> leaders.put(key.cluster(), key);
      case Event.Phase begun -> phase = begun.name();
      case Event.Injected injected -> faults.put(injected.fault(), new Fault(injected, null, 0));
      case Event.Witnessed seen ->
          faults.computeIfPresent(
              seen.fault(), (n, f) -> new Fault(f.injected(), seen.holds(), f.healedNs()));
      case Event.Healed healed ->
          faults.computeIfPresent(
              healed.fault(), (n, f) -> new Fault(f.injected(), f.holds(), healed.at().endNs()));
      case Event.Action action ->
          say(action.actor() + ": " + action.verb() + " " + action.subject(), action);
      case Event.Awaited awaited ->
          say((awaited.fulfilled() ? "now " : "NOT in time: ") + awaited.condition(), awaited);
      case Event.Closed closed -> end = closed.end();
      default -> {}
    }
  }

  private void say(String words, Event event) {
    last.addLast("%.1f s  %s".formatted(event.at().endNs() / NS_PER_S, words));
    if (last.size() > LAST_WORDS) {
      last.removeFirst();
    }
  }

  private void write(Event.Write write) {
    if (!write.routed()) {
      return;
    }
    advance((long) (write.at().endNs() / NS_PER_S));
    switch (write.outcome()) {
      case ACKNOWLEDGED -> {
        perSecond[(int) (second % SECONDS)]++;
        acknowledgedNs = Math.max(acknowledgedNs, write.at().endNs());
        latencies.addLast(write.at().endNs() - write.scheduledNs());
        if (latencies.size() > RECENT) {
          latencies.removeFirst();
        }
      }
      case REFUSED -> refused++;
      default -> unknown++;
    }
  }

  /** Seconds in which nothing came in are empty, not as they were a while ago. */
  private void advance(long to) {
    for (; second < to; second++) {
      perSecond[(int) ((second + 1) % SECONDS)] = 0;
    }
  }

  /** Its lines as they stand now, none longer than the columns. */
  List<String> lines(int columns) {
    advance((long) (nowNs / NS_PER_S));
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s  %.1f s  %s"
            .formatted(drill, nowNs / NS_PER_S, end == null ? "phase " + phase : "ended: " + end));
    lines.add(
        "  routed   %4d/s %s  last acknowledged %s ago"
            .formatted(perSecond[(int) ((second + SECONDS - 1) % SECONDS)], bars(), ago()));
    lines.add(
        "           p50 %s  p99 %s   refused %d  outcome unknown %d"
            .formatted(quantile(0.5), quantile(0.99), refused, unknown));
    leaders.forEach(
        (cluster, key) ->
            lines.add(
                "  leader   %s holds the key of %s since %.1f s"
                    .formatted(
                        key.holder() == null ? "nobody" : key.holder(),
                        cluster,
                        key.at().endNs() / NS_PER_S)));
    members.values().forEach(m -> lines.add(member(m)));
    faults.values().forEach(f -> lines.add(fault(f)));
    last.forEach(words -> lines.add("  last     " + words));
    return lines.stream().map(line -> RunProgress.fit(line, columns)).toList();
  }

  private String member(Event.Probed probed) {
    boolean stale = nowNs - probed.at().endNs() > STALE_NS;
    String state =
        switch (probed.result()) {
          case COMMITTED -> "commits";
          case READ_ONLY -> "read-only";
          case UNREACHABLE -> "unreachable";
          case HUNG -> "no answer";
          case ERROR -> "error";
        };
    return "  %-8s %-11s timeline %-3s %s%s"
        .formatted(
            probed.member(),
            state,
            probed.timeline() == 0 ? "-" : probed.timeline(),
            probed.lsn() == 0 ? "-" : Lsn.format(probed.lsn()),
            stale
                ? "  (not looked at for %.0f s)".formatted((nowNs - probed.at().endNs()) / NS_PER_S)
                : "");
  }

  private String fault(Fault fault) {
    Boolean holds = fault.holds();
    String state =
        fault.healedNs() > 0
            ? "healed at %.1f s".formatted(fault.healedNs() / NS_PER_S)
            : holds == null ? "injected" : holds ? "in force" : "NOT in force";
    return "  fault    %s: %s (%s)"
        .formatted(fault.injected().fault(), state, fault.injected().description());
  }

  private String ago() {
    return acknowledgedNs < 0 ? "never" : "%.1f s".formatted((nowNs - acknowledgedNs) / NS_PER_S);
  }

  private String quantile(double q) {
    if (latencies.isEmpty()) {
      return "-";
    }
    long[] sorted = latencies.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(q * sorted.length) - 1;
    return String.format(Locale.ROOT, "%.1f ms", sorted[Math.max(0, rank)] / 1e6);
  }

  /** Acknowledgements in each of the last seconds, the youngest at the right. */
  private String bars() {
    int most = Math.max(1, Arrays.stream(perSecond).max().orElse(1));
    StringBuilder bars = new StringBuilder(SECONDS);
    for (long s = second + 1; s <= second + SECONDS - 1; s++) {
      int value = perSecond[(int) (s % SECONDS)];
      int height = value == 0 ? 0 : 1 + value * (BARS.length() - 2) / most;
      bars.append(BARS.charAt(Math.min(BARS.length() - 1, height)));
    }
    return bars.toString();
  }
}
