package io.drillyard.check;

import io.drillyard.check.Finding.Measured;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Each routed client by itself: one that is served must not hide one that is not. */
final class WorstClient {
  private WorstClient() {}

  /** The worst finding over all routed clients; null when there was none. */
  static @Nullable Finding of(LedgerViews history, Function<String, Finding> judge) {
    Finding worst = null;
    for (String writer : history.routedWriters()) {
      Finding one = judge.apply(writer);
      worst = worst == null || worse(one, worst) ? one : worst;
    }
    return worst;
  }

  private static boolean worse(Finding one, Finding than) {
    if (one.verdict() != than.verdict()) {
      return Judge.verdict(List.of(one, than)) == one.verdict();
    }
    Measured a = one.measured();
    Measured b = than.measured();
    return a != null && b != null && a.upper() > b.upper();
  }
}
