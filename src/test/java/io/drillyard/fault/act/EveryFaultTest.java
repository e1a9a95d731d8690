package io.drillyard.fault.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.drillyard.Awaiting;
import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.RunSecrets;
import io.drillyard.declaration.Environment;
import io.drillyard.fault.Fault;
import io.drillyard.fault.FaultCatalogue;
import io.drillyard.fault.NetworkFault;
import io.drillyard.fault.OperatorFault;
import io.drillyard.fault.ProcessFault;
import io.drillyard.fault.RepositoryFault;
import io.drillyard.host.FakeYard;
import io.drillyard.host.HostException;
import io.drillyard.host.lab.TwoSites;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.MemoryLedger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What every fault of the catalogue must do, on hosts that only listen. */
class EveryFaultTest {
  private static final String ETCD_STATUS =
      "[{\"Status\": {\"header\": {\"member_id\": \"7\"}, \"leader\": \"7\"}}]";

  private static FakeYard yard() {
    FakeYard yard = new FakeYard();
    yard.hosts()
        .forEach(
            h -> {
              var host = yard.host(h.name());
              host.answer(".pid", 0, "42\n", "");
              host.answer("pgrep", 0, "43\n", "");
              host.answer("endpoint status", 0, ETCD_STATUS, "");
              host.answer("snapshot", 0, "c25hcA==\n", "");
              host.answer("/config", 0, "null\n", "");
              host.answer("awk -v own", 0, "3 9\n", "");
            });
    return yard;
  }

  private static FaultTargetHosts parts(FakeYard yard) {
    Environment environment = TwoSites.inMemory();
    Cluster cluster = new Cluster(yard, environment, environment.serving(), new RunSecrets());
    return new FaultTargetHosts(yard, cluster, environment, "inventory", "pg1");
  }

  /** Faults for which these few hosts have nobody, or that speak to Patroni itself. */
  private static boolean possible(Fault fault) {
    boolean route = fault.type().endsWith("-haproxy");
    boolean five =
        fault instanceof NetworkFault.Partition p && p.shape() == NetworkFault.Shape.RING;
    return !route
        && !five
        // They act on a store: RepositoryFaultTest.
        && !(fault instanceof RepositoryFault)
        && !(fault instanceof OperatorFault.Switchover)
        && !(fault instanceof OperatorFault.ForcedFailover);
  }

  @TestFactory
  Stream<DynamicTest> recordsItsUndoActsIsSeenAndIsTakenBack() {
    return FaultCatalogue.all().stream()
        .filter(EveryFaultTest::possible)
        .map(f -> DynamicTest.dynamicTest(f.type() + ": " + f.words(), () -> check(f)));
  }

  private static void check(Fault fault) {
    FakeYard yard = yard();
    MemoryLedger ledger = new MemoryLedger();
    Injector injector = new Injector(ledger, Duration.ZERO);
    FaultTargetHosts parts = parts(yard);
    injector.inject("one", fault, parts);
    List<Event> events = ledger.events();
    assertThat(events.get(0)).isInstanceOf(Event.Action.class);
    Event.Action undo = (Event.Action) events.get(0);
    assertThat(undo.verb()).isEqualTo(Injector.UNDO_RECORDED);
    assertThat(undo.detail()).isNotBlank();
    Event.Injected injected = ledger.events(Event.Injected.class).get(0);
    assertThat(injected.type()).isEqualTo(fault.type());
    assertThat(injected.targets()).isNotEmpty();
    assertThat(yard.told()).isNotEmpty();
    boolean momentary = fault.lasting() == Fault.Lasting.MOMENTARY;
    assertThat(injector.live()).hasSize(momentary ? 0 : 1);
    injector.witness("one", true);
    assertThat(ledger.events(Event.Witnessed.class)).isNotEmpty();
    yard.forget();
    injector.healAll();
    assertThat(injector.live()).isEmpty();
    assertThat(ledger.events(Event.Healed.class)).hasSize(momentary ? 0 : 1);
    if (!momentary) {
      assertThat(undo.detail()).isNotEqualTo("nothing to take back");
      eachIsLookedAt(injected, true, ledger.events(Event.Witnessed.class));
      eachIsLookedAt(injected, false, ledger.events(Event.Witnessed.class));
    } else {
      eachIsLookedAt(injected, true, ledger.events(Event.Witnessed.class));
    }
    Map<String, List<String>> aim = Objects.requireNonNull(injected.aim());
    if (!injected.type().equals("site-cut")) {
      aim.values().forEach(hosts -> assertThat(injected.targets()).containsAll(hosts));
    }
  }

  /** The judge wants each of several hosts named, while the fault is held and once it is gone. */
  private static void eachIsLookedAt(
      Event.Injected injected, boolean expected, List<Event.Witnessed> looks) {
    for (String target : injected.targets().size() < 2 ? List.<String>of() : injected.targets()) {
      assertThat(looks)
          .as("%s, expected %s", target, expected)
          .anyMatch(
              w ->
                  w.expected() == expected
                      && (w.witness() + " " + w.detail()).matches("(?s).*\\b" + target + "\\b.*"));
    }
  }

  @TestFactory
  Stream<DynamicTest> whatFailsHalfWayIsTakenBack() {
    return FaultCatalogue.all().stream()
        .filter(EveryFaultTest::possible)
        .filter(f -> f.lasting() == Fault.Lasting.HELD)
        .filter(f -> !(f instanceof NetworkFault.Flapping))
        .map(f -> DynamicTest.dynamicTest(f.type() + ": " + f.words(), () -> halfWay(f)));
  }

  private static void halfWay(Fault fault) {
    FakeYard yard = yard();
    MemoryLedger ledger = new MemoryLedger();
    Injector injector = new Injector(ledger, Duration.ZERO);
    FaultTargetHosts parts = parts(yard);
    for (String host : List.of("pg1", "pg2", "dr1", "repo1")) {
      // Whatever runs with "set -e" is the effect; so are the switches.
      yard.host(host).answer("set -e\n", 3, "", "it broke");
      yard.host(host).answer("power off", 3, "", "it broke");
    }
    yard.router().answer("set -e\n", 3, "", "it broke");
    Throwable failure = catchThrowable(() -> injector.inject("one", fault, parts));
    if (failure == null) {
      // A fault that tells its hosts nothing with "set -e" (a pause, a loop) did not break here.
      injector.healAll();
    } else {
      assertThat(failure).isInstanceOf(HostException.class).hasMessageContaining("it broke");
      assertThat(ledger.events(Event.Injected.class)).isEmpty();
    }
    assertThat(injector.live()).isEmpty();
  }

  /** A loop goes on until it is healed, and then no more. */
  @TestFactory
  Stream<DynamicTest> aLoopEnds() {
    return Stream.of(
            new ProcessFault.CrashLoop(
                io.drillyard.fault.Who.PRIMARY, ProcessFault.Kind.POSTMASTER, Duration.ofMillis(5)))
        .map(f -> DynamicTest.dynamicTest(f.words(), () -> loop(f)));
  }

  private static void loop(Fault fault) throws InterruptedException {
    FakeYard yard = yard();
    Injector injector = new Injector(new MemoryLedger(), Duration.ZERO);
    injector.inject("one", fault, parts(yard));
    Awaiting.soon().until(() -> yard.told().size() > 3);
    injector.heal("one");
    yard.forget();
    RepeatedAction.pause(Duration.ofMillis(100));
    assertThat(yard.told()).isEmpty();
  }
}
