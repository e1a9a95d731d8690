package io.drillyard.play.tamper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StoreTroubleTest {
  @Test
  void namesAreUniqueAlsoAmongTheDamages() {
    assertThat(Arrays.stream(StoreTrouble.values()).map(StoreTrouble::option))
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(
            Arrays.stream(RepositoryDamage.values()).map(RepositoryDamage::option).toList())
        .allSatisfy(name -> assertThat(StoreTrouble.called(name)).isPresent());
    assertThat(StoreTrouble.called("segment-missing")).isEmpty();
  }

  @Test
  void whatHasToBeNoticedNamesARungAndWhatIsCalledByItsKindSaysHow() {
    assertThat(StoreTrouble.THROTTLED.beginning()).isEqualTo("throttled:");
    assertThat(StoreTrouble.BUCKET_GONE.beginning()).isEqualTo("not_found:");
    assertThat(StoreTrouble.BURSTS.rung()).isNull();
    assertThat(Arrays.stream(StoreTrouble.values()).filter(t -> t.rung() == null))
        .containsExactly(StoreTrouble.BURSTS, StoreTrouble.SLOW);
  }
}
