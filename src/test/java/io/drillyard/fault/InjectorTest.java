package io.drillyard.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.Secrets;
import io.drillyard.host.FakeYard;
import io.drillyard.host.lab.TwoSites;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Ledger;
import io.drillyard.ledger.MemoryLedger;
import io.drillyard.target.Environment;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The undo stands on the ledger before the first effect, and no undo is forgotten. */
class InjectorTest {
  private final FakeYard yard = new FakeYard();
  private final MemoryLedger ledger = new MemoryLedger();
  private final Injector injector = new Injector(ledger);
  private final Parts parts = parts(yard);

  static Parts parts(FakeYard yard) {
    Environment environment = TwoSites.inMemory();
    Cluster cluster = new Cluster(yard, environment, environment.primary(), new Secrets());
    return new Parts(yard, cluster, "pg1");
  }

  private static Fault cut(Integer... ports) {
    return new Fault.Cut(Who.PRIMARY, Set.of(Who.REPLICAS), List.of(ports));
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
  void theUndoIsRecordedBeforeTheFirstEffect() {
    Watched watched = new Watched();
    new Injector(watched).inject("cut", cut(), parts);
    assertThat(watched.toldBeforeUndo).isZero();
    assertThat(yard.told()).containsExactly("pg1: nft -f -");
    assertThat(ledger.events(Event.Action.class))
        .singleElement()
        .satisfies(
            undo -> {
              assertThat(undo.subject()).isEqualTo("cut");
              assertThat(undo.detail()).isEqualTo("pg1: nft delete table inet drillyard_cut");
            });
    assertThat(ledger.events(Event.Injected.class).get(0).targets()).containsExactly("pg1", "pg2");
  }

  @Test
  void powerOffCutsTheNamedHostAndHealingTurnsItOn() {
    injector.inject("power", new Fault.PowerOff(Who.PRIMARY), parts);
    assertThat(yard.told()).containsExactly("pg1: power off");
    assertThat(injector.live()).containsExactly("power");
    injector.heal("power");
    assertThat(yard.told()).contains("pg1: power on");
    assertThat(injector.live()).isEmpty();
  }

  @Test
  void siteLossCutsTheLinkFirstAndRestoresItFirst() {
    injector.inject("site", new Fault.SiteLoss(), parts);
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
    injector.inject("quorum", new Fault.PowerOff(Who.ETCD_MAJORITY), parts);
    assertThat(yard.told()).containsExactlyInAnyOrder("pg2: power off", "dr1: power off");
    assertThat(ledger.events(Event.Injected.class).get(0).plane()).isEqualTo("consensus");
  }

  @Test
  void aFrozenProcessIsTheOneThatRanThen() {
    yard.host("pg1").answer("ps -o stat=", 0, "Tsl\n", "");
    injector.inject("freeze", new Fault.Freeze(Who.PRIMARY, "etcd"), parts);
    assertThat(yard.told()).contains("pg1: kill -STOP 42");
    injector.heal("freeze");
    assertThat(yard.told()).contains("pg1: kill -CONT 42");
  }

  @Test
  void whatFailsHalfWayIsUndoneAtOnceAndTheFailureIsTold() {
    yard.host("pg2").answer("power off", 1, "", "stuck");
    Throwable failure = catchThrowable(() -> injector.inject("site", new Fault.SiteLoss(), parts));
    assertThat(failure).hasMessageContaining("pg2: stuck");
    assertThat(yard.told()).contains("router: ip link set to-onprem up");
    assertThat(yard.host("pg1").isOn()).isTrue();
    assertThat(injector.live()).isEmpty();
    assertThat(ledger.events(Event.Injected.class)).isEmpty();
  }

  @Test
  void aHostThatDoesNotComeBackKeepsNoOtherDown() {
    injector.inject("site", new Fault.SiteLoss(), parts);
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
    assertThatThrownBy(() -> injector.inject("cut", cut(5432), parts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'cut'");
    assertThat(injector.live()).containsExactly("cut");
  }

  @Test
  void healAllTriesEveryUndoInReverseAndLosesNoError() {
    injector.inject("one", cut(), parts);
    injector.inject("two", new Fault.Freeze(Who.PRIMARY, "etcd"), parts);
    injector.inject("three", cut(5432), parts);
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
    assertThat(undos.get(1)).contains("kill -CONT 42");
    assertThat(undos.get(2)).contains("drillyard_one");
    assertThat(ledger.events(Event.Note.class)).hasSize(2);
    // What could not be undone stays on the list, so that it can be tried again.
    assertThat(injector.live()).containsExactly("one", "three");
  }

  @Test
  void halfACutIsWhateverTheDrillCannotUse() {
    injector.inject("cut", cut(), parts);
    // Out of pg1 nothing passes; back from pg2 it does.
    yard.host("pg1").answer("/dev/tcp/", 124, "", "");
    yard.host("pg2").answer("/dev/tcp/", 0, "", "");
    injector.witness("cut", true);
    injector.witness("cut", false);
    List<Event.Witnessed> sights = ledger.events(Event.Witnessed.class);
    assertThat(sights).extracting(Event.Witnessed::holds).containsExactly(false, true);
    assertThat(sights)
        .allSatisfy(s -> assertThat(s.detail()).startsWith("only half").contains("SILENT"));
  }

  @Test
  void aRefusalMeansThatPacketsPass() {
    injector.inject("cut", cut(5432), parts);
    yard.host("pg1").answer("/dev/tcp/", 1, "", "connect: Connection refused");
    injector.witness("cut", true);
    yard.host("pg1").answer("/dev/tcp/", 1, "", "connect: No route to host");
    injector.witness("cut", true);
    assertThat(ledger.events(Event.Witnessed.class))
        .extracting(Event.Witnessed::holds)
        .containsExactly(false, true);
  }

  @Test
  void aLookThatFailsProvesNeither() {
    injector.inject("cut", cut(5432), parts);
    yard.host("pg1").answer("/dev/tcp/", 127, "", "bash: command not found");
    injector.witness("cut", true);
    injector.witness("cut", false);
    assertThat(ledger.events(Event.Witnessed.class))
        .extracting(Event.Witnessed::holds)
        .containsExactly(false, true);
    assertThat(ledger.events(Event.Witnessed.class).get(0).detail()).contains("the look failed");
  }

  @Test
  void healingLetsTheWitnessesLook() {
    injector.inject("freeze", new Fault.Freeze(Who.PRIMARY, "etcd"), parts);
    yard.host("pg1").answer("stat=", 0, "Tl\n", "");
    injector.witness("freeze", true);
    yard.host("pg1").answer("stat=", 0, "Sl\n", "");
    injector.heal("freeze");
    assertThat(ledger.events(Event.Witnessed.class))
        .extracting(s -> s.expected() + " " + s.holds())
        .containsExactly("true true", "false false");
  }
}
