package io.drillyard.check;

import static io.drillyard.check.Drills.BACK;
import static io.drillyard.check.Drills.END;
import static io.drillyard.check.Drills.FAULT;
import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Finding.Measured;
import io.drillyard.declaration.Rpo;
import io.drillyard.declaration.ServiceLevel;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.WriteOutcome;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Service is a rate, not an acknowledgement. Fifty writes a second, the fault at 10 s. */
final class ServiceIsARateTest {
  private static final int EVERY_MS = 20;

  /** After the fault the writes of a stretch fail, but for one of so many. */
  private static Forge partly(Forge forge, double fromMs, double toMs, int oneOf) {
    int n = 0;
    for (double ms = fromMs; ms < toMs; ms += EVERY_MS) {
      boolean served = oneOf > 0 && n++ % oneOf == 0;
      forge.write(
          ms,
          ms + Forge.TOOK_MS,
          "routed@a",
          null,
          served ? WriteOutcome.ACKNOWLEDGED : WriteOutcome.REFUSED,
          served ? "pg2" : null,
          served ? 2 : 0);
    }
    return forge;
  }

  private static Forge silentFrom(double ms) {
    return Drills.lostPrimary()
        .without(
            e -> e instanceof Event.Write w && w.routed() && w.at().startNs() >= ms * Forge.MS);
  }

  private static Finding judge(Forge forge, long rtoMs) {
    return Drills.judge("recoveryTime", read(forge), Drills.rto(rtoMs));
  }

  private static Forge read(Forge forge) {
    Forge copy = new Forge();
    forge.events().forEach(copy::add);
    return Drills.readBack(copy.renumbered(), Drills.ALL_ACKS);
  }

  private static Measured measured(Finding finding) {
    return Objects.requireNonNull(finding.measured());
  }

  @Test
  void oneWriteInTwentyFiveIsNoService() {
    // 96 % are refused from 18 to 36 s; no gap between acknowledgements exceeds 500 ms.
    Forge forge = partly(silentFrom(BACK), BACK, 36_000, 25);
    Finding finding = judge(partly(forge, 36_000, END, 1), 20_000);
    assertThat(finding.verdict()).isEqualTo(MISSED);
    assertThat(measured(finding).lower()).isBetween(25_000.0, 26_000.0);
    assertThat(measured(finding).upper()).isBetween(25_000.0, 26_010.0);
    assertThat(Objects.requireNonNull(finding.parts().get("served-until-recovery")).upper())
        .isLessThan(10);
  }

  @Test
  void threeOfFourRefusedAndHalfRefusedAreNoServiceEither() {
    for (int oneOf : new int[] {2, 4}) {
      Forge forge = partly(silentFrom(BACK), BACK, 36_000, oneOf);
      assertThat(judge(partly(forge, 36_000, END, 1), 20_000).verdict()).isEqualTo(MISSED);
    }
  }

  @Test
  void aClientThatIsServedLessWithoutAnyGapIsOut() {
    // No outage at all by gaps: from the fault on every fifth write is served, until 30 s.
    Forge forge = partly(silentFrom(FAULT), FAULT, 30_000, 5);
    Finding finding = judge(partly(forge, 30_000, END, 1), 15_000);
    assertThat(finding.verdict()).isEqualTo(MISSED);
    assertThat(measured(finding).lower()).isGreaterThan(18_000);
  }

  @Test
  void nineOfTenAreService() {
    Forge forge = silentFrom(BACK);
    int n = 0;
    for (double ms = BACK; ms < END; ms += EVERY_MS) {
      boolean refused = n++ % 20 == 10;
      forge.write(
          ms,
          ms + 4,
          "routed@a",
          null,
          refused ? WriteOutcome.REFUSED : WriteOutcome.ACKNOWLEDGED,
          refused ? null : "pg2",
          refused ? 0 : 2);
    }
    assertThat(judge(forge, 20_000).verdict()).isEqualTo(MET);
    assertThat(measured(judge(forge, 20_000)).upper()).isEqualTo(8_004);
  }

  @Test
  void aDeclaredShareIsAsked() {
    Forge forge = read(partly(partly(silentFrom(BACK), BACK, 36_000, 2), 36_000, END, 1));
    assertThat(Drills.judge("recoveryTime", forge, share(0.45, 30)).verdict()).isEqualTo(MET);
    assertThat(Drills.judge("recoveryTime", forge, share(0.6, 30)).verdict()).isEqualTo(MISSED);
  }

  private static Target share(double share, long settlingSeconds) {
    Target usual = Drills.rto(20_000);
    return new Target(
        usual.context(),
        usual.objective(),
        usual.outageThreshold(),
        usual.routedRate(),
        usual.leastLoad(),
        usual.steady(),
        true,
        null,
        "alpha",
        new ServiceLevel(share, Duration.ofSeconds(settlingSeconds)));
  }

  /** Back at 18 s, and out again for a while; the heal is at the end. */
  private static Forge again(double fromMs, double toMs) {
    Forge forge = silentFrom(BACK).without(Event.Healed.class).without(Event.Witnessed.class);
    forge.healed(44_000, 44_010, "loss").witnessed(44_020, "loss", false, false);
    forge.witnessed(10_050, "loss", true, true);
    partly(forge, BACK, fromMs, 1);
    partly(forge, fromMs, toMs, 0);
    return partly(forge, toMs, END, 1);
  }

  @Test
  void anOutageWithinTheSettlingTimeIsTheSameOne() {
    Finding finding = judge(again(24_000, 28_000), 15_000);
    assertThat(finding.verdict()).isEqualTo(MISSED);
    assertThat(measured(finding).upper()).isEqualTo(18_004);
  }

  @Test
  void aLaterOneIsJudgedByItsOwnLength() {
    Forge forge = read(again(30_000, 34_000));
    Finding same = Drills.judge("recoveryTime", forge, share(0.9, 30));
    assertThat(measured(same).upper()).isEqualTo(24_004);
    Finding later = Drills.judge("recoveryTime", forge, share(0.9, 10));
    assertThat(later.verdict()).isEqualTo(MET);
    assertThat(measured(later).upper()).isEqualTo(8_004);
  }

  @Test
  void whatWasMadeUpForAfterAStallAsksNobodyForMoreAfterwards() {
    // Two of the five seconds before the fault were stalls, and the writes came all the same.
    Forge forge = Drills.powerOff();
    for (double ms = 5_500; ms < 9_500; ms += 1_000) {
      forge.add(new Event.Stalled(Forge.at(ms, ms + 500), 500 * Forge.MS));
    }
    Finding finding = Drills.judge("recoveryTime", forge, Drills.rto(20_000));
    assertThat(finding.verdict()).isEqualTo(MET);
    assertThat(measured(finding).upper()).isEqualTo(8_004);
  }

  @Test
  void noThresholdHidesAnOutage() {
    Target usual = Drills.rto(20_000);
    Target lax =
        new Target(
            usual.context(),
            usual.objective(),
            Duration.ofDays(99_999),
            50,
            0.9,
            Duration.ofSeconds(5),
            true,
            null,
            "alpha");
    Finding finding = Drills.judge("recoveryTime", Drills.powerOff(), lax);
    assertThat(measured(finding).upper()).isEqualTo(8_004);
    assertThat(finding.verdict()).isEqualTo(MET);
  }

  @Test
  void fiveWritesProveNoLoss() {
    Forge sparse =
        Drills.lostPrimary()
            .without(
                e ->
                    e instanceof Event.Write w
                        && w.routed()
                        && w.at().startNs() % 2_000_000_000L != 0)
            .renumbered();
    Target target = Drills.load(0.5, 0.5, Duration.ofSeconds(5));
    Finding finding =
        Drills.judge("loadWasAdequate", Drills.readBack(sparse, Drills.ALL_ACKS), target);
    assertThat(finding.verdict()).isEqualTo(UNDETERMINED);
    assertThat(finding.code()).isEqualTo("below-the-floor");
  }

  @Test
  void noClientMayWriteMoreRarelyThanATenthOfAnRpoInTime() {
    Forge forge = Drills.powerOff();
    assertThat(Drills.judge("loadWasAdequate", forge, Drills.rpo(rpo(200))).verdict())
        .isEqualTo(MET);
    assertThat(Drills.judge("loadWasAdequate", forge, Drills.rpo(rpo(199))).code())
        .isEqualTo("below-the-floor");
  }

  private static Rpo rpo(long ms) {
    return new Rpo.Time(Duration.ofMillis(ms));
  }
}
