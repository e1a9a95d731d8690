package io.drillyard.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.declaration.ClusterRef;
import io.drillyard.declaration.Disruption;
import io.drillyard.fault.HostFault;
import io.drillyard.fault.OperatorFault;
import io.drillyard.fault.Who;
import io.drillyard.scenario.step.AwaitCondition;
import io.drillyard.scenario.step.BeginEpisode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A plan of several episodes: each is a drill of its own, and all are played in one. */
class DrillEpisodesTest {
  private static Drill lost() {
    return Drill.claiming("t", "c")
        .judgedFor("orders", Disruption.SITE_LOSS)
        .takenOverBy(ClusterRef.RESTORED)
        .steadyFor(Duration.ofSeconds(10))
        .inject("loss", new HostFault.PowerOff(Who.PRIMARY));
  }

  private static Drill both() {
    return lost()
        .heal("loss")
        .thenEpisode("back", Disruption.PLANNED_MAINTENANCE, ClusterRef.named("east"))
        .steadyFor(Duration.ofSeconds(10))
        .inject("order", new OperatorFault.Switchover(Who.PRIMARY.of(ClusterRef.FOLLOWER)));
  }

  @Test
  void eachIsADrillOfItsOwn() {
    List<Drill> episodes = both().episodes();
    assertThat(episodes).hasSize(2);
    Drill first = episodes.getFirst();
    Drill second = episodes.getLast();
    assertThat(first.disruption()).isEqualTo(Disruption.SITE_LOSS);
    assertThat(first.survivor()).isEqualTo(ClusterRef.RESTORED);
    assertThat(second.disruption()).isEqualTo(Disruption.PLANNED_MAINTENANCE);
    assertThat(second.survivor()).isEqualTo(ClusterRef.named("east"));
    assertThat(first.context()).isEqualTo(second.context());
    assertThat(first.steps().size() + second.steps().size() + 1).isEqualTo(both().steps().size());
    assertThat(lost().episodes()).hasSize(1);
  }

  @Test
  void theWholeWaitsAsOftenAsItsEpisodesDo() {
    long together = both().course().stream().filter(AwaitCondition.class::isInstance).count();
    long apart =
        both().episodes().stream()
            .flatMap(e -> e.course().stream())
            .filter(AwaitCondition.class::isInstance)
            .count();
    assertThat(together).isEqualTo(apart);
  }

  @Test
  void itSpeaksOfEveryClusterThatItsStepsAndFaultsName() {
    assertThat(both().clusters())
        .containsExactlyInAnyOrder(
            ClusterRef.RESTORED, ClusterRef.FOLLOWER, ClusterRef.named("east"));
    assertThat(both().furtherEpisodes()).extracting(BeginEpisode::name).containsExactly("back");
  }

  @Test
  void nothingMayBeInForceWhenAnotherOneBegins() {
    assertThatThrownBy(() -> lost().thenEpisode("back", Disruption.NODE_LOSS, ClusterRef.SERVING))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'loss' is still in force");
  }

  @Test
  void aControlIsOneEpisode() {
    assertThatThrownBy(
            () ->
                lost()
                    .heal("loss")
                    .knownUnsafe("dataLoss", "unsafe")
                    .thenEpisode("back", Disruption.NODE_LOSS, ClusterRef.SERVING))
        .hasMessageContaining("a control is one episode");
  }

  @Test
  void whoeverIsPartOfNoClusterIsMeantInNone() {
    assertThatThrownBy(() -> Who.STORE.of(ClusterRef.FOLLOWER))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Who.REPLICA.of(ClusterRef.FOLLOWER).words())
        .isEqualTo("a replica of the cluster that follows");
  }
}
