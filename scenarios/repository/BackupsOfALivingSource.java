package repository;

import static io.drillyard.check.backup.Rung.BACKUP_AGE;
import static io.drillyard.check.backup.Rung.CONTINUITY;
import static io.drillyard.check.backup.Rung.FRESHNESS;
import static io.drillyard.check.backup.Rung.REACHABLE;

import io.drillyard.check.backup.Rung;
import io.drillyard.fault.Fault;
import io.drillyard.fault.RepositoryFault;
import io.drillyard.fault.RepositoryFault.StoreClient;
import io.drillyard.fault.RepositoryFault.StoreTroubled;
import io.drillyard.fault.StoreTrouble;
import io.drillyard.scenario.RestoreDrill;
import io.drillyard.scenario.RestoreScenarios;
import java.time.Duration;
import java.util.List;

/**
 * What befalls the backups of a source that lives on. A restore test during it has to notice, or
 * comes through it; when it has ended, and what it needs was done, the next one has to prove the
 * backup again.
 */
public final class BackupsOfALivingSource implements RestoreScenarios {
  private static final Duration NO_BACKUP_FOR = Duration.ofSeconds(20);
  private static final Duration MOMENT = Duration.ofSeconds(5);

  @Override
  public List<RestoreDrill> plans() {
    return List.of(
        push(StoreTrouble.REFUSED),
        push(StoreTrouble.STALLED),
        push(StoreTrouble.THROTTLED),
        push(StoreTrouble.TOO_MANY_REQUESTS),
        push(StoreTrouble.INTERNAL_ERRORS),
        push(StoreTrouble.EXPIRED),
        // The restore test asks with the same account.
        begun(new StoreTroubled(StoreClient.ARCHIVER, StoreTrouble.REVOKED))
            .untilArchiveIsStale()
            .testCaughtBy(REACHABLE, "denied")
            .heal()
            .testOvercome(),
        push(StoreTrouble.SKEWED),
        push(StoreTrouble.WRONG_REGION),
        push(StoreTrouble.BUCKET_GONE),
        gotOver(StoreTrouble.BURSTS),
        gotOver(StoreTrouble.SLOW),
        push(StoreTrouble.WRITING_DENIED),
        push(StoreTrouble.UNRESOLVED),
        noticed(new RepositoryFault.StoreFull(), FRESHNESS),
        begun(new RepositoryFault.QueueLimited())
            .untilDropped(4)
            .heal()
            .testCaughtBy(CONTINUITY)
            .backUp()
            .testOvercome(),
        living("archive-expired", new RepositoryFault.ArchiveExpired().words())
            .backUp()
            .work(MOMENT)
            .backUp()
            .work(MOMENT)
            .inject(new RepositoryFault.ArchiveExpired())
            .testOf("oldest", CONTINUITY)
            .testOvercome(),
        living("backup-missed", "no backup was taken for longer than declared")
            .backUp()
            .work(NO_BACKUP_FOR.plusSeconds(2))
            .testTolerating(NO_BACKUP_FOR, BACKUP_AGE)
            .backUp()
            .testOvercome(NO_BACKUP_FOR),
        living(
                "one-context",
                "one context's table is dropped: its database alone is restored to the instant before, and the others go on")
            .restoreOneContext(),
        // It may cost the source a member, so it comes last.
        living(
                "wal-disk-full",
                "nobody listens at the store until the primary's volume is full of WAL")
            .inject(new StoreTroubled(StoreClient.ARCHIVER, StoreTrouble.REFUSED))
            .untilPrimaryStops()
            .testCaughtBy(FRESHNESS)
            .heal()
            .testOvercome());
  }

  private static RestoreDrill push(StoreTrouble trouble) {
    return noticed(new StoreTroubled(StoreClient.ARCHIVER, trouble), FRESHNESS);
  }

  private static RestoreDrill noticed(Fault fault, Rung rung) {
    return begun(fault).untilArchiveIsStale().testCaughtBy(rung).heal().testOvercome();
  }

  private static RestoreDrill gotOver(StoreTrouble trouble) {
    return begun(new StoreTroubled(StoreClient.ARCHIVER, trouble))
        .archivingAllTheSame()
        .testOvercome()
        .heal()
        .testOvercome();
  }

  private static RestoreDrill begun(Fault fault) {
    return living(fault.type(), fault.words()).inject(fault);
  }

  private static RestoreDrill living(String name, String title) {
    return RestoreDrill.ofLivingSource(name, title);
  }
}
