package io.drillyard.evidence;

import io.drillyard.evidence.picture.EventsByKind;
import io.drillyard.ledger.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Acknowledged writes that the final read did not find: a plain reading of the ledger for the
 * reader's eye. The judgement is the check's.
 *
 * @param routed of the clients that count for RPO
 * @param pinned of the writers that watch single members
 */
record LostWrites(List<Event.Write> routed, List<Event.Write> pinned) {
  /** Null when the surviving rows were never read: then nothing can be said. */
  static @Nullable LostWrites of(EventsByKind seen) {
    Event.RowsRead survivors = null;
    for (Event.RowsRead read : seen.all(Event.RowsRead.class)) {
      survivors = read.purpose().equals("survivors") ? read : survivors;
    }
    if (survivors == null) {
      return null;
    }
    Map<String, List<Event.Span>> present = new HashMap<>();
    survivors.rows().forEach(rows -> present.put(rows.writer(), rows.present()));
    List<Event.Write> lost =
        seen.all(Event.Write.class).stream()
            .filter(Event.Write::acknowledged)
            .filter(w -> !holds(present.getOrDefault(w.writer(), List.of()), w.sequence()))
            .toList();
    return new LostWrites(
        lost.stream().filter(Event.Write::routed).toList(),
        lost.stream().filter(w -> !w.routed()).toList());
  }

  /** Spans are in order, as read by the database. */
  private static boolean holds(List<Event.Span> spans, long sequence) {
    int low = 0;
    int high = spans.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Event.Span span = spans.get(middle);
      if (sequence < span.from()) {
        high = middle - 1;
      } else if (sequence > span.to()) {
        low = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }
}
