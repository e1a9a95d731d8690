package io.drillyard.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the supervisor of one host wrote down of its services, read at the end of the drill.
 *
 * @param at when it was read
 * @param ends every end of a service, oldest first
 * @param problem why nothing, or not all, could be read; null: it is all
 */
public record ServicesSeen(Interval at, String host, List<End> ends, @Nullable String problem)
    implements Event.Apart {
  /**
   * One service ended.
   *
   * @param at when, as its host's clock tells it
   * @param service e.g. {@code 50-patroni}
   * @param pid in the host
   * @param exit its exit status; null: a signal ended it, or nobody saw how it ended
   * @param signal that ended it; null: it ended by itself, or nobody saw how
   * @param restarted it was started again later
   */
  public record End(
      Interval at,
      String service,
      long pid,
      @Nullable Integer exit,
      @Nullable Integer signal,
      boolean restarted) {}
}
