package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which sites of the shipped environments hold members that a leader's list can tell of. */
class ReplicaTargetTest {
  private static final Declarations SHIPPED = Declarations.load(Path.of("environments"));

  private static ReplicaTarget of(String environment, DeclaredReplicas declared) {
    return ReplicaTarget.of(declared, SHIPPED.environment(environment).orThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "onprem-sync | onprem",
        "two-sites | onprem",
        "two-sites-standby | cloud,onprem",
        "two-sites-archive | onprem",
        "two-sites-cascade | cloud,onprem",
      })
  void sitesThatHoldMembersAtTheStart(String environment, String sites) {
    ReplicaTarget target = of(environment, new DeclaredReplicas(null, null, null));
    assertThat(String.join(",", target.sites())).isEqualTo(sites);
    assertThat(target.comparesOtherSites()).isTrue();
  }

  @Test
  void otherSitesAreComparedWhereThereAreAny() {
    DeclaredReplicas others = new DeclaredReplicas(null, new DeclaredReplicas.AtLeast(1, 0), null);
    assertThat(of("two-sites-standby", others).comparesOtherSites()).isTrue();
    assertThat(of("two-sites", others).comparesOtherSites()).isFalse();
  }

  private static DeclaredReplicas.AtLeast least(int standbys) {
    return new DeclaredReplicas.AtLeast(standbys, 0);
  }

  private static @Nullable String unreachable(String environment, DeclaredReplicas declared) {
    return of(environment, declared).unreachable(SHIPPED.environment(environment).orThrow());
  }

  /** What no drill can find is told before one is played. */
  @Test
  void moreThanThereAreMembersIsTold() {
    DeclaredReplicas three = new DeclaredReplicas(least(3), null, null);
    assertThat(unreachable("onprem-sync", new DeclaredReplicas(least(2), null, least(2)))).isNull();
    assertThat(unreachable("onprem-sync", three))
        .isEqualTo("3 standbys at the serving site, and there are 2");
    assertThat(unreachable("onprem-sync", new DeclaredReplicas(null, null, least(3))))
        .isEqualTo("3 standbys together, and there are 2");
    assertThat(unreachable("two-sites-standby", new DeclaredReplicas(null, null, least(4))))
        .isNull();
    assertThat(unreachable("two-sites-archive", new DeclaredReplicas(null, null, least(4))))
        .isEqualTo("4 standbys together, and there are 2");
    assertThat(unreachable("two-sites-standby", new DeclaredReplicas(null, least(2), null)))
        .isNull();
    assertThat(unreachable("two-sites-standby", new DeclaredReplicas(null, least(3), null)))
        .isEqualTo("3 standbys at each other site, and at cloud there are 2");
    assertThat(unreachable("two-sites", new DeclaredReplicas(null, least(3), null))).isNull();
  }
}
