package io.drillyard.play.restore;

import io.drillyard.cluster.FaultyStoreProxy;
import io.drillyard.cluster.ObjectStore;
import io.drillyard.declaration.Environment;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.play.tamper.BackupIncident;
import io.drillyard.play.tamper.StoreTrouble;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What keeps a source's members from archiving, and its end. */
final class ArchivePushFault {
  private static final String FILLER = "/srv/objects/.filled-by-the-drill";

  private final ObjectStore store;
  private final DemonstrationSource source;
  private final Host storeHost;
  private final FaultyStoreProxy door;

  /**
   * Of one source.
   *
   * @param door before its store; nobody listens there yet
   */
  ArchivePushFault(
      ObjectStore store, DemonstrationSource source, Host storeHost, FaultyStoreProxy door) {
    this.store = store;
    this.source = source;
    this.storeHost = storeHost;
    this.door = door;
  }

  /** It happens. */
  void begin(BackupIncident incident) {
    Environment.RepositoryState state = store.state();
    switch (incident) {
      case PUSH_REVOKED -> store.revoke(source.stanza());
      case PUSH_WRONG_REGION ->
          source.through(null, Map.of("repo1-s3-region", StoreTrouble.OTHER_REGION));
      case PUSH_UNRESOLVED ->
          source
              .members()
              .forEach(m -> names(m, "sed -i.known '/%s/d'".formatted(state.endpoint())));
      case STORE_FULL ->
          // Whatever is left of the volume, which is bounded, and no more.
          storeHost.attempt(
              Command.sh(
                      "dd if=/dev/zero of=%s bs=1M 2>/dev/null; dd if=/dev/zero of=%s.2 bs=4k 2>/dev/null; true"
                          .formatted(FILLER, FILLER))
                  .within(Duration.ofSeconds(60)));
      case PUSH_REFUSED -> {
        door.shut();
        source.through(FaultyStoreProxy.PORT, Map.of());
      }
      default -> {
        door.open(incident.rules());
        source.through(FaultyStoreProxy.PORT, Map.of());
      }
    }
  }

  /** The cause is gone, at the same door: whoever waits there is served. */
  void end(BackupIncident incident) {
    switch (incident) {
      case PUSH_REVOKED -> store.grant(source.stanza());
      case PUSH_WRONG_REGION -> source.through(null, Map.of());
      case PUSH_UNRESOLVED -> source.members().forEach(m -> names(m, "cp /etc/hosts.known"));
      case STORE_FULL -> storeHost.run(Command.sh("rm -f %s %s.2".formatted(FILLER, FILLER)));
      default -> door.open(List.of());
    }
  }

  private static void names(Host member, String change) {
    member.run(Command.sh(change + " /etc/hosts"));
  }
}
