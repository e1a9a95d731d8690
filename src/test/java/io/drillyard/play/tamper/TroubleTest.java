package io.drillyard.play.tamper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TroubleTest {
  @Test
  void namesAreUniqueAlsoAmongTheDamages() {
    assertThat(Arrays.stream(Trouble.values()).map(Trouble::option))
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(
            Arrays.stream(Tampering.values()).map(Tampering::option).toList())
        .allSatisfy(name -> assertThat(Trouble.called(name)).isPresent());
    assertThat(Trouble.called("segment-missing")).isEmpty();
  }

  @Test
  void whatHasToBeNoticedNamesARungAndWhatIsCalledByItsKindSaysHow() {
    assertThat(Trouble.THROTTLED.beginning()).isEqualTo("throttled:");
    assertThat(Trouble.BUCKET_GONE.beginning()).isEqualTo("not_found:");
    assertThat(Trouble.BURSTS.rung()).isNull();
    assertThat(Arrays.stream(Trouble.values()).filter(t -> t.rung() == null))
        .containsExactly(Trouble.BURSTS, Trouble.SLOW);
  }
}
