package io.drillyard.play.restore;

import io.drillyard.check.backup.Rung;
import io.drillyard.host.HostException;
import io.drillyard.repository.Repository;
import java.io.IOException;
import java.util.Map;

/**
 * Somebody with the source's credentials deletes everything, in a store that keeps versions; what
 * was deleted is brought back.
 */
final class RansomTest {
  private static final String WORDS = "everything is deleted with the source's own credentials";

  private final Repository writable;

  RansomTest(Repository writable) {
    this.writable = writable;
  }

  /** Two tests: of nothing, and of what came back, which must be the same bytes. */
  void demand(RestoreTestSeries series, RepositoryUnderTest setting, Map<String, String> clean)
      throws IOException {
    clean.keySet().forEach(writable::delete);
    Map<String, String> left = setting.fingerprints();
    if (!left.isEmpty()) {
      throw new HostException("objects are left that were deleted: " + left.keySet());
    }
    RestoreTestOutcome gone = series.damaged(setting, RestoreOrder.RANSOM, left);
    series.write(gone.as(RepositoryFaultResults.caught(WORDS, Rung.REACHABLE, "", gone)));
    clean.keySet().forEach(writable::revive);
    Map<String, String> back = setting.fingerprints();
    if (!back.equals(clean)) {
      throw new HostException("what came back is not what was deleted");
    }
    RestoreTestOutcome after =
        series.damaged(setting, RestoreOrder.RANSOM + RestoreOrder.AFTERWARDS, back);
    series.write(
        after.as(
            RepositoryFaultResults.overcome(
                WORDS + ": brought back from the store's versions", after)));
  }
}
