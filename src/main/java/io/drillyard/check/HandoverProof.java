package io.drillyard.check;

import io.drillyard.ledger.HandoverToken;
import io.drillyard.ledger.Lsn;
import io.drillyard.ledger.TokenProved;
import java.util.ArrayList;
import java.util.List;

/** Whether a cluster that is to take over holds the whole history that a token tells. */
public final class HandoverProof {
  private HandoverProof() {}

  /** Why it does not, in words; empty: it does. */
  public static List<String> unproved(HandoverToken token, TokenProved proved) {
    List<String> why = new ArrayList<>();
    if (!proved.token().equals(token.id())) {
      why.add("%s proves token %s, not %s".formatted(proved.member(), proved.token(), token.id()));
    }
    if (!proved.systemIdentifier().equals(token.systemIdentifier())) {
      why.add(
          "%s is of another database system, %s"
              .formatted(proved.member(), proved.systemIdentifier()));
    }
    if (proved.timeline() != token.timeline() || !proved.history().equals(token.history())) {
      why.add(
          "%s is on timeline %d, and its history is not that of timeline %d of the token"
              .formatted(proved.member(), proved.timeline(), token.timeline()));
    }
    if (Long.compareUnsigned(proved.replayedLsn(), token.endLsn()) < 0) {
      why.add(
          "%s has replayed to %s, and the token tells %s"
              .formatted(
                  proved.member(), Lsn.format(proved.replayedLsn()), Lsn.format(token.endLsn())));
    }
    token
        .acknowledged()
        .forEach(
            (writer, sequence) -> {
              Long row = proved.rows().get(writer);
              if (row == null || row < sequence) {
                why.add(
                    "the last acknowledged write of %s, %d, is not on %s"
                        .formatted(writer, sequence, proved.member()));
              }
            });
    return List.copyOf(why);
  }
}
