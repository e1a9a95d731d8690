package io.drillyard.check;

import io.drillyard.declaration.Target;

/** One claim that is judged. Implementations are stateless and pure. */
public interface Check {
  /** Its name in plans, reports and JSON, e.g. {@code noSplitBrain}. */
  String name();

  /** Judges a run. Never throws on any ledger: what cannot be decided is UNDETERMINED. */
  Finding judge(LedgerViews history, Target target);
}
