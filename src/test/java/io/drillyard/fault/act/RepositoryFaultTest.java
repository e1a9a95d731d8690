package io.drillyard.fault.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.cluster.ArchiveAccount;
import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.PgBackRest;
import io.drillyard.cluster.RunSecrets;
import io.drillyard.declaration.Environment;
import io.drillyard.fault.ObjectDamage;
import io.drillyard.fault.RepositoryFault;
import io.drillyard.fault.RepositoryFault.ObjectsDamaged;
import io.drillyard.fault.RepositoryFault.StoreClient;
import io.drillyard.fault.RepositoryFault.StoreTroubled;
import io.drillyard.fault.StoreTrouble;
import io.drillyard.host.FakeYard;
import io.drillyard.host.HostException;
import io.drillyard.host.lab.TwoSites;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.MemoryLedger;
import io.drillyard.repository.MemoryRepository;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What befalls repositories, on a store in memory and hosts that only listen. */
class RepositoryFaultTest {
  private static final String SEGMENT =
      "orders/archive/orders/17-1/0000000100000000/%024X-0123456789012345678901234567890123456789.zst";

  private final Environment environment = TwoSites.inMemory();
  private final FakeYard yard = new FakeYard();
  private final MemoryRepository objects = MemoryRepository.of(segments());
  private final FakeObjectStore store = new FakeObjectStore(environment.repository(), objects);
  private final MemoryLedger ledger = new MemoryLedger();
  private final Injector injector = new Injector(ledger, Duration.ZERO);

  private static Map<String, String> segments() {
    Map<String, String> all = new TreeMap<>();
    for (int n = 1; n <= 5; n++) {
      all.put(SEGMENT.formatted(n), "segment " + n);
    }
    all.put("elsewhere/of-somebody-else", "untouched");
    return all;
  }

  private FaultTargetHosts parts() {
    Cluster cluster = new Cluster(yard, environment, environment.serving(), new RunSecrets());
    return new FaultTargetHosts(yard, cluster, environment, "inventory", "pg1")
        .reaching(
            RepositoryAccess.archiving(
                List.of(new ArchiveAccount(store, store.grant(cluster.plan().account())))));
  }

  private void inject(RepositoryFault fault) {
    injector.inject("one", fault, parts());
  }

  @Test
  void aMissingSegmentIsMissingAndComesBack() {
    inject(new ObjectsDamaged(ObjectDamage.SEGMENT_MISSING));
    assertThat(objects.texts()).doesNotContainKey(SEGMENT.formatted(3)).hasSize(5);
    assertThat(injector.inForce("one")).isTrue();
    injector.healAll();
    assertThat(objects.texts()).isEqualTo(segments());
    List<Event.Witnessed> looks = ledger.events(Event.Witnessed.class);
    assertThat(looks.getLast().holds()).isFalse();
    assertThat(ledger.events(Event.Injected.class).getFirst().targets())
        .containsExactly(environment.repository().host());
  }

  @Test
  void whatIsHalfUndoneIsNeitherInForceNorGone() {
    inject(new ObjectsDamaged(ObjectDamage.TAIL_MISSING));
    objects.revive(SEGMENT.formatted(5));
    assertThat(injector.inForce("one")).isFalse();
    injector.witness("one", false);
    assertThat(ledger.events(Event.Witnessed.class).getLast().holds()).isTrue();
  }

  @Test
  void everythingIsDeletedBelowItsPathAloneAndRevived() {
    inject(new ObjectsDamaged(ObjectDamage.EVERYTHING_DELETED));
    assertThat(objects.texts()).containsOnlyKeys("elsewhere/of-somebody-else");
    injector.healAll();
    assertThat(objects.texts()).isEqualTo(segments());
  }

  @Test
  void whatThereIsNotCannotBeDamaged() {
    assertThatThrownBy(() -> inject(new ObjectsDamaged(ObjectDamage.HISTORY_MISSING)))
        .isInstanceOf(HostException.class)
        .hasMessageContaining("no object ends in .history");
    assertThatThrownBy(() -> inject(new ObjectsDamaged(ObjectDamage.ROLLED_BACK)))
        .hasMessageContaining("nobody kept");
    assertThat(objects.texts()).isEqualTo(segments());
    assertThat(ledger.events(Event.Injected.class)).isEmpty();
  }

  @Test
  void anAccountThatIsRevokedIsGrantedAgain() {
    inject(new StoreTroubled(StoreClient.ARCHIVER, StoreTrouble.REVOKED));
    assertThat(store.revoked()).containsExactly("orders");
    // The store in memory admits everybody: a revocation that nobody feels is no fault in force.
    assertThat(injector.inForce("one")).isFalse();
    injector.healAll();
    assertThat(store.revoked()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "UNRESOLVED, 0, 6, true",
    "UNRESOLVED, 0, 0, false",
    "UNRESOLVED, 1, 6, false",
    "WRONG_REGION, 0, 0, true",
    "WRONG_REGION, 1, 0, false"
  })
  void anotherNameOrRegionIsSeenInTheConfigurationAndByAsking(
      StoreTrouble trouble, int grep, int curl, boolean holds) {
    for (String member : environment.serving().members()) {
      yard.host(member).answer("grep -F", grep, "", "");
      yard.host(member).answer("curl", curl, "", "");
    }
    inject(new StoreTroubled(StoreClient.ARCHIVER, trouble));
    String file =
        String.valueOf(
            yard.host("pg1").files().entrySet().stream()
                .filter(e -> e.getKey().equals(PgBackRest.CONFIGURATION))
                .findFirst()
                .orElseThrow()
                .getValue());
    assertThat(file).containsAnyOf("unknown." + store.state().endpoint(), "elsewhere-1");
    assertThat(injector.inForce("one")).isEqualTo(holds);
    injector.heal("one");
    assertThat(yard.host("pg1").files().get(PgBackRest.CONFIGURATION))
        .doesNotContain("unknown.")
        .doesNotContain("elsewhere-1");
  }

  @Test
  void aMemberWithoutPowerArchivesNothingAndShowsNoEnd() {
    for (String member : environment.serving().members()) {
      yard.host(member).answer("curl", 6, "", "");
    }
    inject(new StoreTroubled(StoreClient.ARCHIVER, StoreTrouble.UNRESOLVED));
    yard.host("pg1").power().off();
    assertThat(injector.inForce("one")).isTrue();
    injector.witness("one", false);
    assertThat(ledger.events(Event.Witnessed.class).getLast().holds()).isTrue();
    // No proxy is in the way of a name that does not resolve: nobody is killed.
    assertThat(ledger.events(Event.Injected.class).getFirst().signals()).isEmpty();
  }

  @Test
  void whoeverRestoresMustBeThere() {
    assertThatThrownBy(() -> inject(new StoreTroubled(StoreClient.READER, StoreTrouble.SLOW)))
        .isInstanceOf(HostException.class)
        .hasMessageContaining("restore test");
    FaultTargetHosts unreached =
        new FaultTargetHosts(
            yard,
            new Cluster(yard, environment, environment.serving(), new RunSecrets()),
            environment,
            "inventory",
            "pg1");
    assertThatThrownBy(
            () -> injector.inject("other", new RepositoryFault.QueueLimited(), unreached))
        .hasMessageContaining("do not reach");
  }

  @Test
  void everyTroubleThatAnswersSaysSoInS3sWords() {
    for (StoreTrouble trouble : StoreTrouble.values()) {
      for (StoreClient client : StoreClient.values()) {
        String rules = String.join("\n", StoreTroubleAnswers.rules(client, trouble));
        String body = StoreTroubleAnswers.body(trouble);
        assertThat(rules.contains("return status")).as(trouble.name()).isEqualTo(!body.isEmpty());
        assertThat(rules).contains(body);
      }
    }
  }
}
