package io.drillyard.ledger;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidTypeIdException;

/** One line of a ledger as an event. */
final class EventLine {
  private EventLine() {}

  /**
   * Parses one line.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static Event parse(byte[] buffer, int offset, int length) {
    Event fast = FastEventParser.parse(buffer, offset, length);
    if (fast != null) {
      return fast;
    }
    try {
      Event event = LedgerJson.READER.readValue(buffer, offset, length);
      if (event == null) {
        throw new IllegalArgumentException("no event");
      }
      return event;
    } catch (InvalidTypeIdException e) {
      throw new IllegalArgumentException(
          e.getTypeId() == null
              ? "an object without a 'kind'"
              : "unknown kind of event '" + e.getTypeId() + "'",
          e);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not an event: " + e.getOriginalMessage(), e);
    }
  }
}
