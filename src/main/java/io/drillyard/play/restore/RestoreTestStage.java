package io.drillyard.play.restore;

import io.drillyard.cluster.FaultyStoreProxy;
import io.drillyard.cluster.ObjectStore;
import io.drillyard.declaration.Environment;
import io.drillyard.declaration.RestorePolicy;
import io.drillyard.fault.act.FaultTargetHosts;
import io.drillyard.fault.act.RepositoryAccess;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.Testbed;
import io.drillyard.repository.Repository;
import java.util.Map;

/**
 * What the plans of restore tests are played on: the lab's own source with its store, and whoever
 * restores from it.
 *
 * @param usual what all tests share, by the usual way to the store
 * @param owner the store as its owner sees it, whatever befalls the way of others
 * @param access how faults reach the store
 * @param clean what every object is like while nothing befalls the repository; of a living source
 *     nothing: it writes on
 */
record RestoreTestStage(
    Testbed yard,
    DemonstrationSource source,
    ObjectStore store,
    RestoreTestReader reader,
    RepositoryUnderTest usual,
    Repository owner,
    RepositoryAccess access,
    Map<String, String> clean,
    ProgressLines progress) {

  /** What a test by that policy meets now: the way to the store may be another. */
  RepositoryUnderTest setting(RestorePolicy policy) {
    return new RepositoryUnderTest(
        policy,
        reader.stanza(),
        reader.sandbox(),
        reader.firewall(),
        usual.whileSourceRan(),
        usual.stanza(),
        source.writes(),
        usual.sourceEnded(),
        usual.versions(),
        usual.silence(),
        usual.path());
  }

  /** What every object of the repository is like now, by its bytes; of a source that is off. */
  Map<String, String> fingerprints() {
    return new StanzaReader(owner, source.path(), source.stanza()).digests();
  }

  /** Who plays which part now. */
  FaultTargetHosts parts() {
    return usual.live() ? source.parts(access) : source.partsWhenOff(access);
  }

  /** What went through the proxy that a trouble put before the store. */
  FaultyStoreProxy.Counts proxyCounts() {
    Environment.RepositoryState state = store.state();
    return FaultyStoreProxy.before(yard.host(state.host()), state, state.port()).counts();
  }

  /** Says what every member of the source wrote into its logs last. */
  void lastWords() {
    for (Host member : source.members()) {
      progress.say(
          "%s's last words:\n%s"
              .formatted(
                  member.name(),
                  member
                      .attempt(
                          Command.sh(
                              "tail -n 25 /var/log/50-patroni.log; tail -n 15 /var/log/pgbackrest/*.log"))
                      .stdout()));
    }
  }
}
