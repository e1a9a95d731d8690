package io.drillyard.check;

import static io.drillyard.ledger.Event.ProbeResult.COMMITTED;
import static io.drillyard.ledger.Event.ProbeResult.ERROR;
import static io.drillyard.ledger.Event.ProbeResult.HUNG;
import static io.drillyard.ledger.Event.ProbeResult.READ_ONLY;
import static io.drillyard.ledger.Event.ProbeResult.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.WriteOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How long nobody looked at a member of a small run: a fault at 10 s, the end of load at 20 s. */
final class ProbeCoverageTest {
  private static final long S = 1_000 * Forge.MS;

  /** One member, a momentary fault from 10 to 10.01 s, load until 20 s, and one answer before. */
  private static Forge run() {
    Forge forge = new Forge().topology(0, "alpha", "a", "pg1", "pg1");
    forge.add(
        new Event.Injected(
            Forge.at(10_000, 10_010), "loss", "kill", "process", List.of("pg1"), "", true));
    return look(forge.phase(20_000, "collect"), 1_000, 1_004, READ_ONLY);
  }

  private static Forge look(Forge forge, double from, double to, Event.ProbeResult result) {
    return look(forge, from, to, result, null);
  }

  private static Forge look(
      Forge forge, double from, double to, Event.ProbeResult result, @Nullable String error) {
    return forge.add(
        new Event.Probed(Forge.at(from, to), "pg1", result, result == READ_ONLY, 1, 0, 0, error));
  }

  private static Forge looks(Forge forge, double from, double to) {
    for (double ms = from; ms <= to; ms += 500) {
      look(forge, ms, ms, READ_ONLY);
    }
    return forge;
  }

  private static long longest(Forge forge) {
    return ProbeCoverage.longestNs(forge.history());
  }

  @Test
  void theLongestGapLiesBetweenTheEndOfOneLookAndTheStartOfTheNext() {
    Forge forge = looks(looks(run(), 10_000, 13_000), 17_000, 20_000);
    assertThat(longest(forge)).isEqualTo(4 * S);
    look(forge, 14_000, 15_500, COMMITTED);
    assertThat(longest(forge)).isEqualTo(15 * S / 10);
  }

  @Test
  void theWindowBeginsWithTheInjectionAndEndsWithTheLoad() {
    assertThat(longest(looks(run(), 13_000, 20_000))).isEqualTo(3 * S);
    assertThat(longest(looks(run(), 10_000, 17_500))).isEqualTo(25 * S / 10);
    assertThat(longest(run())).isEqualTo(10 * S);
  }

  @Test
  void aLookAtTheLastInstantCountsALaterOneDoesNot() {
    assertThat(longest(look(looks(run(), 10_000, 17_000), 20_000, 20_004, READ_ONLY)))
        .isEqualTo(3 * S);
    Forge late = looks(run(), 10_000, 17_000);
    assertThat(longest(look(late, 20_500, 20_504, READ_ONLY))).isEqualTo(3 * S);
  }

  @Test
  void withoutTheEndOfLoadTheLastWriteEndsTheWindow() {
    Forge forge = looks(run().without(Event.Phase.class), 10_000, 12_000);
    forge.write(14_000, 15_000, "routed@a", null, WriteOutcome.UNKNOWN, null, 0, 0);
    forge.write(13_000, 14_000, "routed@a", null, WriteOutcome.UNKNOWN, null, 0, 0);
    assertThat(longest(forge)).isEqualTo(3 * S);
  }

  @Test
  void theWindowReachesToTheLastHealWhereThatComesLater() {
    Forge forge = looks(run(), 10_000, 20_000);
    forge.injected(11_000, 11_010, "cut", "cut", "network").healed(24_000, 25_000, "cut");
    assertThat(longest(forge)).isEqualTo(5 * S);
  }

  @Test
  void aMemberIsWatchedFromWhenItJoined() {
    Forge forge = looks(run(), 10_000, 20_000).topology(16_000, "alpha", "a", "pg1", "pg1", "pg2");
    forge.probes(17_000, 20_000, "pg2", READ_ONLY, 1);
    assertThat(longest(forge)).isEqualTo(S);
    Forge early = looks(run(), 10_000, 20_000).topology(9_000, "alpha", "a", "pg1", "pg1", "pg2");
    early.probes(13_000, 20_000, "pg2", READ_ONLY, 1);
    assertThat(longest(early)).isEqualTo(3 * S);
  }

  @Test
  void aLookThatHungForMoreThanThreeSecondsSawNothing() {
    Forge forge = looks(looks(run(), 10_000, 12_000), 17_000, 20_000);
    assertThat(longest(look(forge, 13_000, 16_000, COMMITTED))).isEqualTo(S);
    Forge longer = looks(looks(run(), 10_000, 12_000), 17_000, 20_000);
    assertThat(longest(look(longer, 13_000, 16_000.001, COMMITTED))).isEqualTo(5 * S);
  }

  @Test
  void aLookThatFoundNoPlaceSawNothing() {
    Forge forge = looks(looks(run(), 10_000, 12_000), 17_000, 20_000);
    assertThat(longest(look(forge, 14_500, 14_500, ERROR, "53300"))).isEqualTo(5 * S);
    assertThat(longest(look(forge, 14_500, 14_500, UNREACHABLE, "08001: timed out")))
        .isEqualTo(5 * S);
    assertThat(longest(look(forge, 14_500, 14_500, UNREACHABLE, "08001: connection refused")))
        .isEqualTo(25 * S / 10);
  }

  @Test
  void aShortLookInsideALongerOneEndsNothing() {
    Forge forge = looks(looks(run(), 10_000, 12_000), 17_000, 20_000);
    look(forge, 12_500, 15_000, COMMITTED);
    look(forge, 13_000, 13_004, READ_ONLY);
    assertThat(longest(forge)).isEqualTo(2 * S);
  }

  @Test
  void anyGapIsAllowedUpToTwoSeconds() {
    Forge two = looks(looks(run(), 10_000, 14_000), 16_000, 20_000);
    assertThat(ProbeCoverage.gaps(two.history())).isEmpty();
    Forge more = looks(looks(run(), 10_000, 14_000), 16_000.000001, 20_000);
    look(more, 20_000, 20_000, READ_ONLY);
    assertThat(ProbeCoverage.gaps(more.history()))
        .containsExactly("pg1 was not watched for 2.000 s of the fault window");
  }

  @Test
  void aMemberThatNeverAnsweredMayHaveBeenLookedForElsewhere() {
    Forge forge = looks(run().without(Event.Probed.class), 10_000, 20_000);
    assertThat(ProbeCoverage.gaps(forge.history())).isEmpty();
    for (Event.ProbeResult silent : List.of(UNREACHABLE, HUNG, ERROR)) {
      Forge mute =
          forge.each(
              Event.Probed.class,
              p -> new Event.Probed(p.at(), p.member(), silent, false, 0, 0, 0, null));
      assertThat(ProbeCoverage.gaps(mute.history()))
          .containsExactly("pg1 never answered anybody: whoever looked may have looked elsewhere");
    }
  }

  /** Answered before the fault, and from then on only by what is tried. */
  private static String gaps(java.util.function.BiConsumer<Forge, Double> tried) {
    Forge forge = run();
    for (double ms = 10_000; ms <= 20_000; ms += 500) {
      tried.accept(forge, ms);
    }
    return String.join("; ", ProbeCoverage.gaps(forge.history()));
  }

  private static String errors(Event.ProbeResult result, String error) {
    return gaps((forge, ms) -> look(forge, ms, ms + 4, result, error));
  }

  @Test
  void anErrorOfAnyOtherKindIsAGap() {
    String blind = "pg1 was not watched for 10.000 s of the fault window";
    for (String error :
        List.of(
            "57P01: FATAL: terminating connection due to administrator command",
            "57P04: FATAL: database was dropped",
            "57P05: FATAL: terminating connection due to idle-session timeout",
            "57014: ERROR: canceling statement due to statement timeout",
            "55P03: ERROR: canceling statement due to lock timeout",
            "28P01: FATAL: password authentication failed",
            "3D000: FATAL: database does not exist",
            "42P01: ERROR: relation does not exist",
            "42501: ERROR: permission denied",
            "XX001: ERROR: invalid page in block 0",
            "53100: ERROR: could not extend file: No space left on device",
            "58030: ERROR: could not read block")) {
      assertThat(errors(ERROR, error)).as(error).isEqualTo(blind);
    }
    assertThat(errors(UNREACHABLE, "08006: An I/O error occurred")).isEqualTo(blind);
    assertThat(errors(UNREACHABLE, "08001: The connection attempt failed.")).isEqualTo(blind);
    assertThat(errors(HUNG, "no answer yet")).isEqualTo(blind);
    assertThat(gaps((forge, ms) -> readOnlyByDefault(forge, ms))).isEqualTo(blind);
  }

  /** 25006 of a primary: somebody set default_transaction_read_only. */
  private static void readOnlyByDefault(Forge forge, double ms) {
    forge.add(
        new Event.Probed(
            Forge.at(ms, ms + 4), "pg1", READ_ONLY, false, 0, 0, 0, "25006: ERROR: read-only"));
  }

  @Test
  void noServerIsALookAndSoIsOneThatStartsOrStops() {
    assertThat(errors(UNREACHABLE, "08001: connection refused")).isEmpty();
    assertThat(errors(ERROR, "57P03: FATAL: the database system is starting up")).isEmpty();
    assertThat(errors(ERROR, "57P03: FATAL: the database system is shutting down")).isEmpty();
  }

  @Test
  void aWriteIsALookOnlyWhereItCommitted() {
    for (String state : List.of("DY001", "25006", "08006", "57P03", "53300", "40001")) {
      assertThat(gaps((forge, ms) -> pinned(forge, ms, WriteOutcome.REFUSED, null, state)))
          .as(state)
          .startsWith("pg1 was not watched for 10");
    }
    assertThat(gaps((forge, ms) -> pinned(forge, ms, WriteOutcome.ACKNOWLEDGED, "pg1", null)))
        .isEmpty();
    Forge alone = run().without(Event.Probed.class);
    for (double ms = 10_000; ms <= 20_000; ms += 500) {
      pinned(alone, ms, WriteOutcome.ACKNOWLEDGED, "pg1", null);
    }
    assertThat(ProbeCoverage.gaps(alone.history())).isEmpty();
  }

  private static void pinned(
      Forge forge,
      double ms,
      WriteOutcome outcome,
      @Nullable String member,
      @Nullable String sqlState) {
    forge.add(
        new Event.Write(
            Forge.at(ms, ms + 4),
            (long) (ms * Forge.MS),
            "pinned-pg1",
            "a",
            "pg1",
            (long) ms,
            outcome,
            member,
            1,
            0,
            0,
            sqlState,
            null));
  }

  @Test
  void aCommitThatIsNotAnsweredCountsWhileASecondSessionSeesItWait() {
    assertThat(gaps((forge, ms) -> waits(forge, ms, "pg1", Event.Probed.SESSION))).isEmpty();
    assertThat(gaps((forge, ms) -> waits(forge, ms, "pg2", Event.Probed.SESSION))).isNotEmpty();
    assertThat(gaps((forge, ms) -> waits(forge, ms, "pg1", "psql"))).isNotEmpty();
  }

  private static void waits(Forge forge, double ms, String member, String session) {
    forge.add(new Event.SyncWait(Forge.at(ms, ms + 4), member, List.of(session)));
  }

  @Test
  void withoutFaultOrMembersThereIsNothingToWatch() {
    assertThat(ProbeCoverage.gaps(new Forge().history()))
        .containsExactly("there is no fault window to watch");
    Forge nobody = run().without(Event.Topology.class);
    assertThat(ProbeCoverage.gaps(nobody.history()))
        .containsExactly("no topology names the members to watch");
    Forge unharmed = run().without(Event.Injected.class);
    assertThat(longest(unharmed)).isEqualTo(Long.MAX_VALUE);
    assertThat(longest(nobody)).isZero();
  }

  /** Power off from 10 s, seen off from 11 to 11.5 s, back from 18 s. */
  private static Forge dark(String type, String target, boolean holds) {
    Forge forge =
        looks(look(run().without(Event.Injected.class), 10_000, 10_000, READ_ONLY), 18_500, 20_000);
    forge.add(
        new Event.Injected(Forge.at(10_000, 10_010), "loss", type, "host", List.of(target), "off"));
    forge.healed(18_000, 18_010, "loss");
    return forge.add(
        new Event.Witnessed(Forge.at(11_000, 11_500), "loss", true, holds, "arp", "no answer"));
  }

  @Test
  void aHostWithoutPowerIsNotBlindFromTheEndOfTheFirstLookThatSawItUntilTheHeal() {
    // 10.0 to 11.5 before, and 18.0 to 18.5 after: two gaps, for it was seen dark between them.
    assertThat(longest(dark("power-off", "pg1", true))).isEqualTo(15 * S / 10);
    Forge again = dark("power-off", "pg1", true).witnessed(15_000, "loss", true, true);
    assertThat(longest(again)).isEqualTo(15 * S / 10);
  }

  @Test
  void onceItWasSeenWithPowerItIsExcusedOnlyUpToTheLastLookThatSawItWithout() {
    Forge forge = dark("power-off", "pg1", true).witnessed(14_000, "loss", true, true);
    // Off from 11.5 to 14.001 s; the next look is at 18.5 s.
    assertThat(longest(forge.witnessed(16_000, "loss", true, false)))
        .isEqualTo(18_500 * Forge.MS - 14_001 * Forge.MS);
    // Before it was first seen without power, it was still losing it.
    Forge still = dark("power-off", "pg1", true).witnessed(10_500, "loss", true, false);
    assertThat(longest(still)).isEqualTo(15 * S / 10);
  }

  @Test
  void onlyAWitnessedPowerOffOfThatHostExcusesIt() {
    assertThat(longest(dark("freeze-patroni", "pg1", true))).isEqualTo(85 * S / 10);
    // Every process of the host stopped, or the whole site without power.
    assertThat(longest(dark("pause", "pg1", true))).isEqualTo(15 * S / 10);
    assertThat(longest(dark("site-loss", "pg1", true))).isEqualTo(15 * S / 10);
    assertThat(longest(dark("power-off", "pg2", true))).isEqualTo(85 * S / 10);
    assertThat(longest(dark("power-off", "pg1", false))).isEqualTo(85 * S / 10);
    assertThat(longest(dark("power-off", "pg1", true).without(Event.Healed.class)))
        .isEqualTo(85 * S / 10);
    Forge other = dark("power-off", "pg1", true).without(Event.Witnessed.class);
    assertThat(longest(other.witnessed(11_000, "another", true, true))).isEqualTo(85 * S / 10);
  }

  @Test
  void aWitnessCountsFromTheInjectionUntilBeforeTheHeal() {
    Forge base = dark("power-off", "pg1", true).without(Event.Witnessed.class);
    assertThat(longest(base.witnessed(9_999, "loss", true, true))).isEqualTo(85 * S / 10);
    assertThat(longest(base.witnessed(17_999, "loss", true, true))).isEqualTo(85 * S / 10);
    assertThat(longest(base.witnessed(10_000, "loss", true, true))).isEqualTo(S / 2);
  }

  @Test
  void whatIsBlindBeforeTheDarkAndAfterItDoesNotAddUp() {
    // Dark from 11.9 to 17.0 s: 1.9 s before it, 1.9 s after it, and neither is more than two.
    Forge base = base(18_900).witnessed(11_899, "loss", true, true);
    assertThat(longest(base)).isEqualTo(19 * S / 10);
    assertThat(ProbeCoverage.gaps(base.history())).isEmpty();
    // One of them alone that is longer is a gap, before it or after it.
    assertThat(ProbeCoverage.gaps(base(19_010).witnessed(11_899, "loss", true, true).history()))
        .containsExactly("pg1 was not watched for 2.010 s of the fault window");
    assertThat(ProbeCoverage.gaps(base(17_500).witnessed(12_009, "loss", true, true).history()))
        .containsExactly("pg1 was not watched for 2.010 s of the fault window");
  }

  /** Power off at 10 s and on again at 17 s, with the next look then. */
  private static Forge base(double nextLookMs) {
    Forge forge = look(run().without(Event.Injected.class), 10_000, 10_000, READ_ONLY);
    forge.add(
        new Event.Injected(
            Forge.at(10_000, 10_010), "loss", "power-off", "host", List.of("pg1"), "off"));
    return looks(forge.healed(17_000, 17_010, "loss"), nextLookMs, 22_000);
  }

  @Test
  void twoFaultsThatOverlapAreDarkTogether() {
    Forge forge = base(20_000).witnessed(10_499, "loss", true, true);
    forge.add(
        new Event.Injected(
            Forge.at(11_000, 11_010), "stop", "pause", "host", List.of("pg1"), "stopped"));
    forge.healed(19_000, 19_010, "stop").witnessed(11_499, "stop", true, true);
    // Without power until 17.0 s and stopped until 19.0 s; a second until the look at 20.0 s.
    assertThat(longest(forge)).isEqualTo(S);
  }
}
