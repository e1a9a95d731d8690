package io.drillyard.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServiceContinuityTest {
  private final ServiceContinuity continuity = new ServiceContinuity(Duration.ofNanos(500));

  @Test
  void nothingServedIsNoService() {
    assertThat(continuity.at(0)).isZero();
    assertThat(continuity.at(Long.MAX_VALUE)).isZero();
  }

  @Test
  void gapsUpToTheThresholdAreNone() {
    continuity.served(1_000);
    continuity.served(1_500);
    continuity.served(2_000);
    assertThat(continuity.at(2_500)).isEqualTo(Duration.ofNanos(1_000));
  }

  @Test
  void anOutageStartsItAnew() {
    continuity.served(1_000);
    continuity.served(1_400);
    continuity.served(1_901);
    continuity.served(2_000);
    assertThat(continuity.at(2_000)).isEqualTo(Duration.ofNanos(99));
  }

  @Test
  void whileThereIsAnOutageNothingCounts() {
    continuity.served(1_000);
    continuity.served(1_400);
    assertThat(continuity.at(1_900)).isEqualTo(Duration.ofNanos(400));
    assertThat(continuity.at(1_901)).isZero();
  }

  @Test
  void oneRecordedLateNeverClosesAGapThatWasSeen() {
    continuity.served(1_000);
    continuity.served(1_600);
    continuity.served(1_300);
    continuity.served(1_700);
    assertThat(continuity.at(1_700)).isEqualTo(Duration.ofNanos(100));
  }

  @Test
  void theRateIsOfWholeTenthsBeforeNow() {
    ServiceContinuity writes = new ServiceContinuity(Duration.ofMillis(500));
    for (int ms = 0; ms < 40_000; ms += 20) {
      writes.served(Duration.ofMillis(ms).toNanos());
    }
    long now = Duration.ofMillis(39_990).toNanos();
    assertThat(writes.perSecond(now, Duration.ofSeconds(9))).isEqualTo(50);
    assertThat(writes.perSecond(now + Duration.ofSeconds(9).toNanos(), Duration.ofSeconds(9)))
        .isLessThan(1);
    assertThat(writes.at(now)).isEqualTo(Duration.ofMillis(39_980));
  }

  @Test
  void aStallLowersTheRate() {
    ServiceContinuity writes = new ServiceContinuity(Duration.ofMillis(500));
    for (int ms = 0; ms < 10_000; ms += 10) {
      if (ms < 5_000 || ms >= 5_400) {
        writes.served(Duration.ofMillis(ms).toNanos());
      }
    }
    long now = Duration.ofSeconds(10).toNanos();
    assertThat(writes.perSecond(now, Duration.ofSeconds(8))).isEqualTo(95);
    assertThat(writes.perSecond(now, Duration.ofSeconds(4))).isEqualTo(100);
  }

  @Test
  void whatIsNotKeptIsNotCounted() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> continuity.perSecond(0, Duration.ofSeconds(26)));
  }
}
