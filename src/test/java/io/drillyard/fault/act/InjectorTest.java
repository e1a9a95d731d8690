package io.drillyard.fault.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.RunSecrets;
import io.drillyard.declaration.Environment;
import io.drillyard.fault.Fault;
import io.drillyard.fault.HostFault;
import io.drillyard.fault.NetworkFault;
import io.drillyard.fault.NetworkPlane;
import io.drillyard.fault.ProcessFault;
import io.drillyard.fault.Who;
import io.drillyard.host.FakeYard;
import io.drillyard.host.lab.TwoSites;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Ledger;
import io.drillyard.ledger.MemoryLedger;
import io.drillyard.ledger.SentSignal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The undo stands on the ledger before the first effect, and no undo is forgotten. */
class InjectorTest {
  private final FakeYard yard = new FakeYard();
  private final MemoryLedger ledger = new MemoryLedger();
  private final Injector injector = new Injector(ledger, Duration.ZERO);
  private final FaultTargetHosts parts = parts(yard);

  static FaultTargetHosts parts(FakeYard yard) {
    Environment environment = TwoSites.inMemory();
    Cluster cluster = new Cluster(yard, environment, environment.serving(), new RunSecrets());
    return new FaultTargetHosts(yard, cluster, environment, "inventory", "pg1");
  }

  private static Fault cut(NetworkPlane... planes) {
    return NetworkFault.Cut.between(Who.PRIMARY, Who.REPLICAS).on(planes);
  }

  private void reached(String host, String word) {
    String lines =
        java.util.stream.Stream.of("198.18.1.11", "198.18.1.12", "198.18.2.11")
            .flatMap(a -> java.util.stream.Stream.of(":5432 ", ":2379 ").map(p -> a + p + word))
            .collect(java.util.stream.Collectors.joining("\n"));
    yard.host(host).answer("python3", 0, lines, "");
  }

  @BeforeEach
  void forgetTheSetUp() {
    yard.forget();
    yard.host("pg1").answer("/run/10-etcd.pid", 0, "42\n", "");
  }

  /** Sees how much the hosts had been told when an event was appended. */
  private final class Watched implements Ledger {
    private int toldBeforeUndo = -1;

    @Override
    public long now() {
      return ledger.now();
    }

    @Override
    public void append(Event event) {
      if (event instanceof Event.Action action && action.verb().equals("undo-recorded")) {
        toldBeforeUndo = yard.told().size();
      }
      ledger.append(event);
    }
  }

  @Test
  void theLedgerTellsWhomItWasAimedAtAndWhatItEnds() {
    injector.inject("kill", new ProcessFault.Kill(Who.PRIMARY, ProcessFault.Kind.ETCD), parts);
    injector.inject("power", new HostFault.PowerOff(Who.REPLICA), parts);
    List<Event.Injected> injected = ledger.events(Event.Injected.class);
    assertThat(injected.get(0).aim()).isEqualTo(Map.of("PRIMARY", List.of("pg1")));
    assertThat(injected.get(0).signals())
        .containsExactly(new SentSignal("pg1", "10-etcd", SentSignal.KILL));
    assertThat(injected.get(1).aim()).isEqualTo(Map.of("REPLICA", List.of("pg2")));
    assertThat(injected.get(1).signals())
        .containsExactly(new SentSignal("pg2", SentSignal.EVERY, SentSignal.KILL));
  }

  @Test
  void aPausedHostHasNoProcessThatRuns() {
    var pause = new PauseInjection(List.of(yard.host("pg1")));
    yard.host("pg1").answer("awk -v own", 0, "8 9\n", "");
    assertThat(pause.look(true)).extracting(Injection.Sight::holds).containsExactly(false);
    assertThat(pause.look(false)).extracting(Injection.Sight::holds).containsExactly(true);
    yard.host("pg1").answer("awk -v own", 0, "9 9\n", "");
    assertThat(pause.look(true)).extracting(Injection.Sight::holds).containsExactly(true);
    yard.host("pg1").answer("awk -v own", 0, "0 0\n", "");
    assertThat(pause.look(true)).extracting(Injection.Sight::holds).containsExactly(false);
  }

  @Test
  void theUndoIsRecordedBeforeTheFirstEffect() {
    Watched watched = new Watched();
    new Injector(watched, Duration.ZERO).inject("cut", cut(), parts);
    assertThat(watched.toldBeforeUndo).isZero();
    assertThat(yard.told())
        .singleElement()
        .satisfies(t -> assertThat(t).startsWith("pg1: ").contains("nft -f -"));
    assertThat(ledger.events(Event.Action.class))
        .singleElement()
        .satisfies(
            undo -> {
              assertThat(undo.subject()).isEqualTo("cut");
              assertThat(undo.detail()).startsWith("pg1: nft delete table inet drillyard_cut");
            });
    assertThat(ledger.events(Event.Injected.class).get(0).targets()).containsExactly("pg1", "pg2");
  }

  @Test
  void powerOffCutsTheNamedHostAndHealingTurnsItOn() {
    injector.inject("power", new HostFault.PowerOff(Who.PRIMARY), parts);
    assertThat(yard.told()).containsExactly("pg1: power off");
    assertThat(injector.live()).containsExactly("power");
    injector.heal("power");
    assertThat(yard.told()).contains("pg1: power on");
    assertThat(injector.live()).isEmpty();
  }

  @Test
  void siteLossCutsTheLinkFirstAndRestoresItFirst() {
    injector.inject("site", new HostFault.SiteLoss(), parts);
    assertThat(yard.told())
        .startsWith("router: ip link set to-onprem down")
        .containsExactlyInAnyOrder(
            "router: ip link set to-onprem down", "pg1: power off", "pg2: power off");
    yard.forget();
    injector.healAll();
    assertThat(yard.told())
        .startsWith("router: ip link set to-onprem up")
        .contains("pg1: power on", "pg2: power on");
  }

  @Test
  void quorumIsLostByJustEnoughMembersElsewhere() {
    injector.inject("quorum", new HostFault.PowerOff(Who.ETCD_MAJORITY), parts);
    assertThat(yard.told()).containsExactlyInAnyOrder("pg2: power off", "dr1: power off");
    assertThat(ledger.events(Event.Injected.class).get(0).plane()).isEqualTo("consensus");
  }

  @Test
  void aFrozenProcessIsTheOneThatRanThen() {
    yard.host("pg1").answer("ps -o stat=", 0, "Tsl\n", "");
    injector.inject("freeze", new ProcessFault.Freeze(Who.PRIMARY, ProcessFault.Kind.ETCD), parts);
    assertThat(yard.told()).anyMatch(t -> t.contains("kill -STOP 42"));
    injector.heal("freeze");
    assertThat(yard.told()).anyMatch(t -> t.contains("for p in 42; do kill -CONT"));
  }

  @Test
  void whatFailsHalfWayIsUndoneAtOnceAndTheFailureIsTold() {
    yard.host("pg2").answer("power off", 1, "", "stuck");
    Throwable failure =
        catchThrowable(() -> injector.inject("site", new HostFault.SiteLoss(), parts));
    assertThat(failure).hasMessageContaining("pg2: stuck");
    assertThat(yard.told()).contains("router: ip link set to-onprem up");
    assertThat(yard.host("pg1").isOn()).isTrue();
    assertThat(injector.live()).isEmpty();
    assertThat(ledger.events(Event.Injected.class)).isEmpty();
  }

  @Test
  void aHostThatDoesNotComeBackKeepsNoOtherDown() {
    injector.inject("site", new HostFault.SiteLoss(), parts);
    yard.router().answer("to-onprem up", 2, "", "no such device");
    yard.host("pg2").answer("power on", 1, "", "no disk");
    assertThatThrownBy(injector::healAll)
        .hasMessageContaining("pg2: no disk")
        .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessageContaining("no such device"));
    assertThat(yard.host("pg1").isOn()).isTrue();
  }

  @Test
  void aNameInForceIsNotGivenTwice() {
    injector.inject("cut", cut(), parts);
    assertThatThrownBy(() -> injector.inject("cut", cut(NetworkPlane.REPLICATION), parts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'cut'");
    assertThat(injector.live()).containsExactly("cut");
  }

  @Test
  void healAllTriesEveryUndoInReverseAndLosesNoError() {
    injector.inject("one", cut(), parts);
    injector.inject("two", new ProcessFault.Freeze(Who.PRIMARY, ProcessFault.Kind.ETCD), parts);
    injector.inject("three", cut(NetworkPlane.REPLICATION), parts);
    yard.forget();
    yard.host("pg1").answer("drillyard_three", 1, "", "no such thing three");
    yard.host("pg1").answer("drillyard_one", 1, "", "no such thing one");
    assertThatThrownBy(injector::healAll)
        .hasMessageContaining("three")
        .satisfies(
            e ->
                assertThat(e.getSuppressed())
                    .singleElement()
                    .satisfies(s -> assertThat(s).hasMessageContaining("one")));
    List<String> undos =
        yard.told().stream().filter(t -> t.contains("delete") || t.contains("CONT")).toList();
    assertThat(undos).hasSize(3);
    assertThat(undos.get(0)).contains("drillyard_three");
    assertThat(undos.get(1)).contains("for p in 42; do kill -CONT");
    assertThat(undos.get(2)).contains("drillyard_one");
    assertThat(ledger.events(Event.Action.class))
        .filteredOn(a -> a.verb().equals(Injector.UNDO_FAILED))
        .hasSize(2);
    // What could not be undone stays on the list, so that it can be tried again.
    assertThat(injector.live()).containsExactly("one", "three");
  }

  @Test
  void halfACutIsWhateverTheDrillCannotUse() {
    injector.inject("cut", cut(), parts);
    // Out of pg1 nothing passes; back from pg2 it does.
    reached("pg1", "SILENT");
    reached("pg2", "CONNECTED");
    injector.witness("cut", true);
    injector.witness("cut", false);
    List<Event.Witnessed> sights = ledger.events(Event.Witnessed.class);
    // Whoever looks from pg2 contradicts, whatever is expected: neither in force nor gone.
    assertThat(sights)
        .extracting(s -> s.expected() + " " + s.witness() + " " + s.holds())
        .containsExactly("true pg1 true", "true pg2 false", "false pg1 true", "false pg2 false");
  }

  @Test
  void aRefusalMeansThatPacketsPass() {
    injector.inject("cut", cut(NetworkPlane.REPLICATION), parts);
    reached("pg2", "SILENT");
    reached("pg1", "REFUSED");
    injector.witness("cut", true);
    reached("pg1", "SILENT");
    injector.witness("cut", true);
    assertThat(ledger.events(Event.Witnessed.class))
        .extracting(Event.Witnessed::holds)
        .containsExactly(false, true, true, true);
  }

  @Test
  void aLookThatFailsProvesNeither() {
    injector.inject("cut", cut(NetworkPlane.REPLICATION), parts);
    yard.host("pg1").answer("python3", 127, "", "python3: command not found");
    yard.host("pg2").answer("python3", 127, "", "python3: command not found");
    injector.witness("cut", true);
    injector.witness("cut", false);
    assertThat(ledger.events(Event.Witnessed.class))
        .extracting(Event.Witnessed::holds)
        .containsExactly(false, false, true, true);
    assertThat(ledger.events(Event.Witnessed.class).get(0).detail()).contains("UNKNOWN");
  }

  @Test
  void healingLetsTheWitnessesLook() {
    injector.inject("freeze", new ProcessFault.Freeze(Who.PRIMARY, ProcessFault.Kind.ETCD), parts);
    yard.host("pg1").answer("stat=", 0, "Tl\n", "");
    injector.witness("freeze", true);
    yard.host("pg1").answer("stat=", 1, "Sl\n", "");
    injector.heal("freeze");
    assertThat(ledger.events(Event.Witnessed.class))
        .extracting(s -> s.expected() + " " + s.holds())
        .containsExactly("true true", "false false");
  }
}
