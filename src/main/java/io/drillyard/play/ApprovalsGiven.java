package io.drillyard.play;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person hands in with a run: approvals from outside, who carries orders out, and an
 * emergency that replaces approvals.
 *
 * @param envelopes approvals as they were signed; empty: the drill's stand-ins sign
 * @param executor who runs it
 * @param breakGlass why orders are carried out without approval; null: they are not
 * @param longestMs how long an order waits for a person to approve it, milliseconds; 0: not at all
 */
public record ApprovalsGiven(
    List<String> envelopes, String executor, @Nullable String breakGlass, double longestMs) {
  /** Nothing was handed in. */
  public static final ApprovalsGiven NONE = new ApprovalsGiven(List.of(), "", null, 0);

  /** True where a person decides, and no stand-in does. */
  public boolean fromOutside() {
    return !envelopes.isEmpty() || breakGlass != null || longestMs > 0;
  }
}
