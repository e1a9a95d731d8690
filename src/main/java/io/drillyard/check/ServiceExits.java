package io.drillyard.check;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.SentSignal;
import io.drillyard.ledger.ServicesSeen;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The services that ended while the drill ran, as their hosts' supervisors wrote it down: by a
 * fault, by themselves, or by somebody's hand.
 */
final class ServiceExits {
  /** The format from which on the supervisors' records are in the ledger. */
  static final int FORMAT = 6;

  /** A supervisor notices an end a moment after it, and its host's clock was read from outside. */
  private static final long SLACK_NS = 2_000_000_000L;

  /** Signals that the kernel sends to a process for what it did itself: ILL, TRAP, ABRT, … */
  private static final Set<Integer> OWN = Set.of(4, 5, 6, 7, 8, 11, 31);

  private static final int KILL = 9;

  /** A shell tells of its child's signal by an exit status above this. */
  private static final int BY_SIGNAL = 128;

  private final LedgerViews history;
  private final List<String> undeclared = new ArrayList<>();
  private final List<String> own = new ArrayList<>();
  private final List<String> unread = new ArrayList<>();
  private long firstUndeclaredNs = Long.MAX_VALUE;

  ServiceExits(LedgerViews history) {
    this.history = history;
    Set<String> read = new HashSet<>();
    for (ServicesSeen seen : history.of(ServicesSeen.class)) {
      if (seen.problem() == null) {
        read.add(seen.host());
      } else {
        unread.add(
            "which services of %s ended is not known: %s".formatted(seen.host(), seen.problem()));
      }
      seen.ends().forEach(end -> judge(seen.host(), end));
    }
    boolean asked = history.of(Event.Opened.class).stream().anyMatch(o -> o.format() >= FORMAT);
    for (String member : asked ? history.members().keySet() : Set.<String>of()) {
      if (!read.contains(member)
          && unread.stream().noneMatch(u -> u.contains(" " + member + " "))) {
        unread.add("which services of %s ended was not read".formatted(member));
      }
    }
  }

  /** Ends that somebody brought about and no fault: nothing can be concluded from such a drill. */
  List<String> undeclared() {
    return undeclared;
  }

  /** What was before it, no such end can have brought about; the largest value without any. */
  long firstUndeclaredNs() {
    return firstUndeclaredNs;
  }

  /** Ends that are the cluster's own doing. */
  List<String> own() {
    return own;
  }

  /** Hosts whose record is missing. */
  List<String> unread() {
    return unread;
  }

  private void judge(String host, ServicesSeen.End end) {
    if (!whileItRan(end)) {
      return;
    }
    String what =
        "service %s of %s %s at %s, and %s"
            .formatted(
                end.service(),
                host,
                how(end),
                FindingBuilder.seconds(end.at().startNs() / 1e6),
                end.restarted() ? "was started again" : "stayed down");
    Integer exit = end.exit();
    Integer signal = signal(end);
    boolean byItself = signal == null ? exit != null && exit != 0 : OWN.contains(signal);
    if (byItself) {
      own.add(what);
    } else if (!sent(host, end, signal)) {
      firstUndeclaredNs = Math.min(firstUndeclaredNs, end.at().startNs() - SLACK_NS);
      undeclared.add(
          exit != null && signal == null
              ? what + ": it was told to, and by no fault"
              : what + ": no fault did that");
    }
  }

  private static String how(ServicesSeen.End end) {
    if (end.exit() != null) {
      return "ended with status " + end.exit();
    }
    return end.signal() == null ? "ended unseen" : "was killed by signal " + end.signal();
  }

  private static @Nullable Integer signal(ServicesSeen.End end) {
    Integer exit = end.exit();
    return exit != null && exit > BY_SIGNAL ? Integer.valueOf(exit - BY_SIGNAL) : end.signal();
  }

  /** From when the members were named until the load was told to end. */
  private boolean whileItRan(ServicesSeen.End end) {
    List<Event.Topology> topologies = history.of(Event.Topology.class);
    long from = topologies.isEmpty() ? Long.MIN_VALUE : topologies.get(0).at().startNs();
    Long collect = history.entered("collect");
    return end.at().endNs() >= from && (collect == null || end.at().startNs() <= collect);
  }

  /**
   * Whether a fault sent it, while it was in force. A daemon that ends with status 0 was told to
   * end; by which signal it does not say, but SIGKILL lets nobody end so. Of an end that nobody saw
   * any will do.
   */
  private boolean sent(String host, ServicesSeen.End end, @Nullable Integer signal) {
    for (Event.Injected fault : history.faults().injected()) {
      Event.Healed heal = history.faults().healOf(fault);
      long until =
          heal != null
              ? heal.at().endNs()
              : fault.holdsNothing() ? fault.at().endNs() : Long.MAX_VALUE - SLACK_NS;
      List<SentSignal> signals = fault.signals();
      if (signals != null
          && end.at().endNs() >= fault.at().startNs()
          && end.at().startNs() <= until + SLACK_NS
          && signals.stream()
              .anyMatch(
                  s ->
                      s.reaches(host, end.service())
                          && (signal != null
                              ? s.signal() == signal
                              : end.exit() == null || s.signal() != KILL))) {
        return true;
      }
    }
    return false;
  }
}
