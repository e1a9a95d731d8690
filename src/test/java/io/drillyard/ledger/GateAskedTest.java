package io.drillyard.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A look ages as a whole: no part of it stays as fresh as it was. */
class GateAskedTest {
  private static GateAsked.Look look(
      double ms, GateAsked.@Nullable FenceSeen fence, GateAsked.@Nullable HandoverSeen handover) {
    return new GateAsked.Look(
        List.of(
            new GateAsked.MemberSeen("pg1", "silent", 100 + ms),
            new GateAsked.MemberSeen("pg2", "stopped", 200 + ms)),
        fence,
        true,
        new GateAsked.StandbySeen("dr1", 7, 8, 9.0),
        new GateAsked.ArchiveSeen("s", 4.0, List.of("p"), 5.0),
        30 + ms,
        handover);
  }

  private static GateAsked.FenceSeen fence(double ms) {
    return new GateAsked.FenceSeen(true, List.of("a"), List.of("b"), 50 + ms);
  }

  private static GateAsked.HandoverSeen handover(double ms, @Nullable Double witnessedMs) {
    return new GateAsked.HandoverSeen(
        "t", List.of("u"), List.of("r"), List.of("l"), 60 + ms, witnessedMs);
  }

  @Test
  void everyAgeGrows() {
    assertThat(look(0, fence(0), handover(0, 70.0)).aged(1_000))
        .isEqualTo(look(1_000, fence(1_000), handover(1_000, 1_070.0)));
    assertThat(look(0, fence(0), handover(0, 70.0)).aged(0))
        .isEqualTo(look(0, fence(0), handover(0, 70.0)));
  }

  @Test
  void whatWasNotSeenStaysUnseen() {
    assertThat(look(0, null, null).aged(5)).isEqualTo(look(5, null, null));
    assertThat(look(0, null, handover(0, null)).aged(5))
        .isEqualTo(look(5, null, handover(5, null)));
  }
}
