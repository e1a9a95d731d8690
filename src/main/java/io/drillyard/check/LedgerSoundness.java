package io.drillyard.check;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.LedgerFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether a ledger is complete, consistent with itself, and its clock steady. */
public final class LedgerSoundness {
  /** A step of the wall clock against the monotonic one beyond this is a jump. */
  static final long JUMP_NS = 500_000_000L;

  /** Between two samples further apart than this the wall clock could have gone and come back. */
  private static final long SAMPLES_MAX_NS = 5_000_000_000L;

  /** The verb of somebody's stopping a drill by hand, to look around in its hosts. */
  public static final String STOPPED = "stopped-by-hand";

  private final LedgerViews history;
  private final List<String> problems = new ArrayList<>();
  private final List<String> clockProblems = new ArrayList<>();
  private boolean clockJumped;

  LedgerSoundness(LedgerViews history) {
    this.history = history;
    ends();
    phases();
    members();
    repeats();
    sequences();
    faults();
    errors();
    hands();
    clock();
  }

  /** What is missing or contradicts itself, in sentences; empty for a sound ledger. */
  List<String> problems() {
    return problems;
  }

  /** What is wrong with the clock, in sentences. */
  List<String> clockProblems() {
    return clockProblems;
  }

  /** True when a jump is proved; clock problems without it only say that nobody looked. */
  boolean clockJumped() {
    return clockJumped;
  }

  private void ends() {
    List<Event.Opened> opened = history.of(Event.Opened.class);
    List<Event.Closed> closed = history.of(Event.Closed.class);
    if (opened.size() != 1) {
      problems.add("the ledger has " + opened.size() + " opening events instead of one");
    } else if (opened.get(0).format() < 1 || opened.get(0).format() > LedgerFormat.VERSION) {
      problems.add("the ledger has format " + opened.get(0).format() + ", not known here");
    }
    if (closed.isEmpty()) {
      problems.add("the ledger was cut off: it has no closing event");
    } else if (closed.size() > 1) {
      problems.add("the ledger was closed " + closed.size() + " times");
    } else if (!closed.get(0).end().equals("complete")) {
      problems.add("the run ended " + closed.get(0).end() + ": " + closed.get(0).reason());
    }
    long first = opened.isEmpty() ? Long.MIN_VALUE : opened.get(0).at().startNs();
    long last = closed.isEmpty() ? Long.MAX_VALUE : closed.get(0).at().endNs();
    long outside = 0;
    for (Event event : history.events()) {
      if (event.at().startNs() < first || event.at().endNs() > last) {
        outside++;
      }
    }
    if (outside > 0) {
      problems.add(outside + " events lie before the opening or after the closing of the ledger");
    }
  }

  private void phases() {
    Long steady = history.entered("steady");
    Event.Injected disruption = history.faults().disruption();
    if (steady != null && disruption != null && disruption.at().startNs() < steady) {
      problems.add("fault '" + disruption.fault() + "' was injected before the steady phase began");
    }
    Set<String> names = new HashSet<>();
    for (Event.Phase phase : history.of(Event.Phase.class)) {
      if (!names.add(phase.name())) {
        problems.add("phase '" + phase.name() + "' was entered twice");
      }
    }
  }

  private void members() {
    Set<String> unknown = new HashSet<>();
    Set<String> strangers = new TreeSet<>();
    for (Event.Write write : history.writes()) {
      note(unknown, write.member());
      note(unknown, write.pinnedTo());
      if (write.acknowledged()
          && !write.routed()
          && !Objects.equals(write.member(), write.pinnedTo())) {
        strangers.add(write.writer());
      }
    }
    strangers.forEach(
        w -> problems.add("writer '" + w + "' is pinned, and another member served it"));
    history.of(Event.Probed.class).forEach(p -> note(unknown, p.member()));
    history.of(Event.RowsRead.class).forEach(r -> note(unknown, r.member()));
    history.of(Event.Standbys.class).forEach(s -> note(unknown, s.member()));
    history.of(Event.Relayed.class).forEach(r -> note(unknown, r.member()));
    history.of(Event.LeaderKey.class).forEach(k -> note(unknown, k.holder()));
    unknown.stream()
        .sorted()
        .limit(FindingBuilder.DETAILS_MAX)
        .forEach(m -> problems.add("member '" + m + "' is in no topology"));
  }

  /** Nobody looks at a member twice in the same nanosecond: such a line was copied. */
  private void repeats() {
    Map<String, Event.Probed> last = new HashMap<>();
    long copies = 0;
    for (Event.Probed probe : history.of(Event.Probed.class)) {
      copies += probe.equals(last.put(probe.member(), probe)) ? 1 : 0;
    }
    if (copies > 0) {
      problems.add(copies + " looks at members stand in the ledger twice");
    }
  }

  private void note(Set<String> unknown, @Nullable String member) {
    if (member != null && !history.members().containsKey(member)) {
      unknown.add(member);
    }
  }

  private void sequences() {
    sequencesByWriter(history.writes())
        .forEach(
            (writer, sequences) -> {
              if (sequences.length > 0 && sequences[0] < 1) {
                problems.add("writer '" + writer + "' used a sequence below 1");
              }
              for (int i = 1; i < sequences.length; i++) {
                if (sequences[i] == sequences[i - 1]) {
                  problems.add("writer '" + writer + "' used sequence " + sequences[i] + " twice");
                  break;
                }
              }
              long missing = missing(sequences);
              if (missing > 0) {
                problems.add(missing + " writes of writer '" + writer + "' have no outcome");
              }
            });
  }

  /** Every scheduled write comes to an outcome, from sequence 1 on: one without it was left out. */
  private static long missing(long[] ascending) {
    long distinct = 0;
    for (int i = 0; i < ascending.length; i++) {
      distinct += i == 0 || ascending[i] != ascending[i - 1] ? 1 : 0;
    }
    return ascending.length == 0 ? 0 : ascending[ascending.length - 1] - distinct;
  }

  /** The harness itself says that it failed: an undo, or an observer that stopped. */
  private void errors() {
    for (Event.Note note : history.of(Event.Note.class)) {
      if (note.level().equals("error") && !note.text().contains(NoSplitBrain.ARCHIVE_CLASH)) {
        problems.add("the harness noted an error: " + note.text());
      }
    }
  }

  /** Whoever looks around has a root's shell, and what is done there is on no ledger. */
  private void hands() {
    for (Event.Action action : history.of(Event.Action.class)) {
      if (action.verb().equals(STOPPED)) {
        problems.add(
            "somebody stopped the drill by hand ("
                + action.detail()
                + "): what was done in its hosts meanwhile is not recorded");
        return;
      }
    }
  }

  /** What each writer sent, ascending. */
  static Map<String, long[]> sequencesByWriter(List<Event.Write> writes) {
    Map<String, Integer> counts = new HashMap<>();
    writes.forEach(w -> counts.merge(w.writer(), 1, Integer::sum));
    Map<String, long[]> all = new HashMap<>();
    Map<String, Integer> filled = new HashMap<>();
    counts.forEach((writer, n) -> all.put(writer, new long[n]));
    for (Event.Write write : writes) {
      int i = filled.merge(write.writer(), 1, Integer::sum) - 1;
      all.getOrDefault(write.writer(), new long[0])[i] = write.sequence();
    }
    all.values().forEach(Arrays::sort);
    return all;
  }

  private void faults() {
    Map<String, Event.Injected> byName = new HashMap<>();
    for (Event.Injected fault : history.faults().injected()) {
      if (byName.putIfAbsent(fault.fault(), fault) != null) {
        problems.add("fault '" + fault.fault() + "' was injected twice");
      }
    }
    for (Event.Healed heal : history.of(Event.Healed.class)) {
      Event.Injected fault = byName.get(heal.fault());
      if (fault == null || heal.at().startNs() < fault.at().startNs()) {
        problems.add("fault '" + heal.fault() + "' was healed without having been injected");
      }
    }
    for (Event.Witnessed seen : history.of(Event.Witnessed.class)) {
      if (!byName.containsKey(seen.fault())) {
        problems.add("fault '" + seen.fault() + "' was witnessed but never injected");
        break;
      }
    }
  }

  private void clock() {
    List<Event.WallClock> samples = history.of(Event.WallClock.class);
    List<Event.Injected> injected = history.faults().injected();
    if (samples.size() < 2) {
      clockProblems.add("nobody compared the wall clock with the monotonic one");
      return;
    }
    if (!injected.isEmpty()
        && (samples.get(0).at().startNs() > injected.get(0).at().startNs()
            || samples.get(samples.size() - 1).at().endNs() < watchedUntil())) {
      clockProblems.add("the wall clock was not watched from before the fault until the end");
    }
    jumps(samples);
  }

  /** Against all samples before, not only the last one: a clock can be moved in small steps. */
  private void jumps(List<Event.WallClock> samples) {
    long highestLower = Long.MIN_VALUE;
    long lowestUpper = Long.MAX_VALUE;
    for (int i = 0; i < samples.size(); i++) {
      Event.WallClock sample = samples.get(i);
      highestLower = Math.max(highestLower, sample.epochNs() - sample.at().endNs());
      lowestUpper = Math.min(lowestUpper, sample.epochNs() - sample.at().startNs());
      long off = highestLower - lowestUpper;
      if (off > JUMP_NS && !clockJumped) {
        clockJumped = true;
        clockProblems.add(
            0,
            "the wall clock moved by at least %d ms by %s of the run"
                .formatted(off / 1_000_000, FindingBuilder.seconds(sample.at().startNs() / 1e6)));
      }
      long apart = i == 0 ? 0 : sample.at().startNs() - samples.get(i - 1).at().endNs();
      if (apart > SAMPLES_MAX_NS) {
        clockProblems.add(
            "the wall clock was not watched for "
                + FindingBuilder.seconds(apart / 1e6)
                + " of the run");
      }
    }
  }

  /** The last heal, and the end of the load. */
  private long watchedUntil() {
    Long collect = history.entered("collect");
    long last = collect == null ? 0 : collect;
    for (Event.Injected fault : history.faults().injected()) {
      last = Math.max(last, fault.at().endNs());
    }
    for (Event.Healed heal : history.of(Event.Healed.class)) {
      last = Math.max(last, heal.at().endNs());
    }
    return last;
  }
}
