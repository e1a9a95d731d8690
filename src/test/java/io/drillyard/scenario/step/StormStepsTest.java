package io.drillyard.scenario.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.HangLimit;
import io.drillyard.check.FaultTookHold;
import io.drillyard.fault.Fault;
import io.drillyard.fault.HostFault;
import io.drillyard.fault.Who;
import io.drillyard.host.HostException;
import io.drillyard.ledger.Event;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The steps of a storm: tolerant of each other, never silent about what was left out. */
class StormStepsTest {
  private static final Fault OFF = new HostFault.PowerOff(Who.PRIMARY);
  private static final Duration PATIENCE = Duration.ofMillis(1200);

  private final FakeStage stage = new FakeStage();

  private List<Event.Action> left() {
    return stage.of(Event.Action.class).stream()
        .filter(a -> a.verb().equals(FaultTookHold.NOT_INJECTED))
        .toList();
  }

  @Test
  void severalFaultsAreHeldAndHealedByName() throws InterruptedException {
    new InjectStormFault("s1", OFF, PATIENCE).run(stage);
    new InjectStormFault("s2", new HostFault.PowerOff(Who.REPLICA), PATIENCE).run(stage);
    assertThat(stage.injector().live()).containsExactly("s1", "s2");
    new HealStormFault("s1").run(stage);
    assertThat(stage.injector().live()).containsExactly("s2");
    new HealStormFault("s2").run(stage);
    new HealStormFault("s2").run(stage);
    assertThat(stage.of(Event.Healed.class).stream().map(Event.Healed::fault))
        .containsExactly("s1", "s2");
    assertThat(left()).isEmpty();
  }

  /** What was read and looked at after the injection, in order. */
  private List<String> order() {
    return stage.ledger().events().stream()
        .map(
            e ->
                switch (e) {
                  case Event.Note n when n.text().contains("old primary") -> n.text();
                  case Event.Healed h -> "healed";
                  default -> "";
                })
        .filter(words -> !words.isEmpty())
        .toList();
  }

  @Test
  void aStormReadsWhatAnOldPrimaryHoldsAsADrillDoes() throws InterruptedException {
    List<String> wanted = List.of("rows of the old primary", "WAL of the old primary", "healed");
    new HealStormFault("s1").run(stage);
    assertThat(order()).isEmpty();
    new InjectStormFault("s1", OFF, PATIENCE).run(stage);
    new HealStormFault("s1").run(stage);
    assertThat(order()).isEqualTo(wanted);
    new InjectFault("s2", OFF).run(stage);
    new HealFault("s2").run(stage);
    assertThat(order().subList(3, 6)).isEqualTo(wanted);
    new InjectStormFault("s3", OFF, PATIENCE).run(stage);
    new EndStorm(List.of()).run(stage);
    assertThat(order().subList(6, 9)).isEqualTo(wanted);
  }

  @Test
  void aTargetThatIsNotThereYetIsWaitedFor() throws InterruptedException {
    stage.leaderless = 1;
    new InjectStormFault("s1", OFF, HangLimit.quietSeconds(1).duration()).run(stage);
    assertThat(stage.injector().live()).containsExactly("s1");
    assertThat(left()).isEmpty();
  }

  @Test
  void aFaultThatCannotBeInjectedIsWrittenDown() throws InterruptedException {
    stage.leaderless = 100;
    new InjectStormFault("s1", OFF, PATIENCE).run(stage);
    assertThat(stage.injector().live()).isEmpty();
    assertThat(left()).hasSize(1);
    assertThat(left().getFirst().subject()).isEqualTo("s1");
    assertThat(left().getFirst().detail()).contains("no member holds the leader key");
  }

  @Test
  void aHostThatAnotherFaultHoldsIsNotTouched() throws InterruptedException {
    new InjectStormFault("s1", new HostFault.Pause(Who.PRIMARY), PATIENCE).run(stage);
    new InjectStormFault("s2", OFF, PATIENCE).run(stage);
    assertThat(stage.injector().live()).containsExactly("s1");
    assertThat(left()).hasSize(1);
    assertThat(left().getFirst().detail()).contains("another fault holds pg1");
    assertThat(stage.of(Event.Injected.class)).hasSize(1);
  }

  @Test
  void anUndoThatFailsIsTriedAgainAtTheEndAndNeverForgotten() throws InterruptedException {
    new InjectStormFault("s1", OFF, PATIENCE).run(stage);
    stage.yard.host("pg1").answer("power on", 1, "", "stuck");
    new HealStormFault("s1").run(stage);
    assertThat(stage.injector().live()).containsExactly("s1");
    assertThat(stage.of(Event.Note.class)).anyMatch(n -> n.text().contains("stuck"));
    assertThatThrownBy(() -> new EndStorm(List.of()).run(stage))
        .isInstanceOf(HostException.class)
        .hasMessageContaining("stuck");
  }

  @Test
  void theEndHealsWhateverIsStillInForce() throws InterruptedException {
    new InjectStormFault("s1", OFF, PATIENCE).run(stage);
    new EndStorm(List.of()).run(stage);
    assertThat(stage.injector().live()).isEmpty();
    assertThat(stage.of(Event.Phase.class).getLast().name()).isEqualTo("healed");
  }

  @Test
  void aCertainViolationEndsWaitsAndInjectsNothingMore() throws InterruptedException {
    new AwaitStormTime(Duration.ZERO, Duration.ZERO).run(stage);
    stage.violation = Optional.of("two primaries");
    long start = System.nanoTime();
    new AwaitStormTime(Duration.ofMinutes(10), Duration.ofMinutes(10)).run(stage);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThan(HangLimit.quietly(StormState.JUDGE_EVERY).duration());
    new InjectStormFault("s1", OFF, PATIENCE).run(stage);
    assertThat(stage.injector().live()).isEmpty();
    assertThat(left()).hasSize(1);
    assertThat(stage.of(Event.Action.class).stream().map(Event.Action::verb))
        .contains(StormState.CERTAIN);
    assertThat(stage.of(Event.Phase.class).stream().map(Event.Phase::name))
        .containsExactly("fault");
  }
}
