package io.drillyard.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Approvals name a plan by its digest: whatever of the plan changes, changes it. */
class DrillPlanTest {
  private static final DrillPlan.Episode BACK =
      new DrillPlan.Episode(2, "back", "failback", true, "t2");

  /** By its parts, in order; the last two may be missing. */
  private static DrillPlan plan(String... parts) {
    return new DrillPlan(
        parts[0],
        parts[1],
        parts[2],
        parts[3],
        parts[4],
        parts[5],
        parts[6].isEmpty() ? null : parts[6],
        parts[7].isEmpty() ? null : parts[7],
        parts[8],
        Map.of("patroni.ttl", parts[9]),
        List.of(parts[10]),
        List.of(parts[11]),
        parts[12].isEmpty()
            ? null
            : List.of(new DrillPlan.Episode(2, "back", "failback", true, parts[12])),
        parts[13].isEmpty() ? null : Map.of("failover", parts[13]));
  }

  private static String[] parts() {
    String[] parts = new String[14];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = "part" + i;
    }
    return parts;
  }

  @Test
  void everyPartCounts() {
    List<String> digests = new ArrayList<>(List.of(plan(parts()).sha256()));
    for (int i = 0; i < 14; i++) {
      for (String other : new String[] {"other", ""}) {
        String[] parts = parts();
        parts[i] = other;
        digests.add(plan(parts).sha256());
      }
    }
    assertThat(digests).allMatch(d -> d.matches("[0-9a-f]{64}"));
    assertThat(new HashSet<>(digests)).hasSameSizeAs(digests);
    assertThat(plan(parts()).sha256()).isEqualTo(digests.getFirst());
  }

  /** What is not there does not count: plans of before there was such keep their digests. */
  @Test
  void whatIsNotThereDoesNotCount() {
    String[] parts = parts();
    parts[6] = "";
    parts[12] = "";
    parts[13] = "";
    DrillPlan bare = plan(parts);
    DrillPlan empty =
        new DrillPlan(
            bare.scenario(),
            bare.environment(),
            bare.context(),
            bare.disruption(),
            bare.title(),
            bare.claim(),
            "",
            bare.why(),
            bare.target(),
            bare.settings(),
            bare.notChecked(),
            bare.warnings(),
            List.of(),
            new TreeMap<>());
    assertThat(empty.sha256()).isEqualTo(bare.sha256());
  }

  /** No value can be written so that it looks like the part that comes next. */
  @Test
  void partsCannotRunIntoEachOther() {
    String[] one = parts();
    one[0] = "a\nenvironment 1 b";
    one[1] = "c";
    String[] two = parts();
    two[0] = "a";
    two[1] = "b\nenvironment 1 c";
    assertThat(plan(one).sha256()).isNotEqualTo(plan(two).sha256());
  }

  @Test
  void withoutWarningsItIsTheSamePlan() {
    String[] warned = parts();
    warned[11] = "other";
    assertThat(plan(parts()).unwarned().sha256()).isEqualTo(plan(warned).unwarned().sha256());
    assertThat(plan(parts()).unwarned().sha256()).isNotEqualTo(plan(parts()).sha256());
    assertThat(plan(parts()).unwarned().warnings()).isEmpty();
    assertThat(plan(parts()).unwarned().episodes()).hasSize(1);
  }

  @Test
  void episodesAreFoundByTheirNumber() {
    String[] alone = parts();
    alone[12] = "";
    assertThat(plan(alone).length()).isEqualTo(1);
    assertThat(plan(alone).episode(2)).isNull();
    String[] two = parts();
    two[12] = "t2";
    assertThat(plan(two).length()).isEqualTo(2);
    assertThat(plan(two).episode(2)).isEqualTo(BACK);
    assertThat(plan(two).episode(1)).isNull();
    assertThat(plan(two).episode(3)).isNull();
  }
}
