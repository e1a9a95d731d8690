package io.drillyard.evidence;

import io.drillyard.evidence.Evidence.Drill;
import io.drillyard.ledger.Event;
import java.util.List;

/** Where the events of a drill come from when they are needed; they are not kept. */
@FunctionalInterface
public interface LedgerSource {
  /**
   * The events of a drill's ledger, in file order. May throw when the ledger is missing or cut off;
   * the report then says so in place of the picture.
   */
  List<Event> events(Drill drill);
}
