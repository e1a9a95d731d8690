package repository;

import static io.drillyard.check.backup.Rung.REACHABLE;
import static io.drillyard.check.backup.Rung.RESTORE;

import io.drillyard.fault.RepositoryFault.StoreClient;
import io.drillyard.fault.RepositoryFault.StoreTroubled;
import io.drillyard.fault.StoreTrouble;
import io.drillyard.scenario.RestoreDrill;
import io.drillyard.scenario.RestoreScenarios;
import java.util.List;

/**
 * Whoever restores cannot reach the store as usual: to be noticed and called by its kind, or got
 * over.
 */
public final class TroubledWayToTheStore implements RestoreScenarios {
  @Override
  public List<RestoreDrill> plans() {
    return List.of(
        noticed(StoreTrouble.REFUSED, "unreachable"),
        noticed(StoreTrouble.UNRESOLVED, "unreachable"),
        noticed(StoreTrouble.STALLED, "unreachable"),
        noticed(StoreTrouble.THROTTLED, "throttled"),
        noticed(StoreTrouble.TOO_MANY_REQUESTS, "throttled"),
        noticed(StoreTrouble.INTERNAL_ERRORS, "failed"),
        noticed(StoreTrouble.EXPIRED, "denied"),
        noticed(StoreTrouble.REVOKED, "denied"),
        noticed(StoreTrouble.SKEWED, "denied"),
        trouble(StoreTrouble.WRONG_REGION).testCaughtBy(REACHABLE).heal(),
        noticed(StoreTrouble.BUCKET_GONE, "not_found"),
        trouble(StoreTrouble.BACKUPS_FORBIDDEN).testCaughtBy(RESTORE).heal(),
        trouble(StoreTrouble.BURSTS).testOvercome().heal(),
        trouble(StoreTrouble.SLOW).testOvercome().heal(),
        RestoreDrill.ofRepository(
                "delta",
                "restore --delta over files of which one is altered, one is gone and one is nobody's")
            .restoreOver());
  }

  private static RestoreDrill noticed(StoreTrouble trouble, String kind) {
    return trouble(trouble).testCaughtBy(REACHABLE, kind).heal();
  }

  private static RestoreDrill trouble(StoreTrouble trouble) {
    return RestoreDrill.ofRepository(trouble.option(), trouble.words())
        .inject(new StoreTroubled(StoreClient.READER, trouble));
  }
}
