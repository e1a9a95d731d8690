package io.drillyard.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.host.FakeHost;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.MemoryLedger;
import io.drillyard.ledger.ServicesSeen;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a host's supervisor wrote down is read on the harness's clock. */
final class ServiceSupervisorTest {
  private static final Interval AT = new Interval(100_000_000_000L, 100_100_000_000L);

  private static List<ServicesSeen.End> ends(boolean on, String... lines) {
    return ServiceSupervisor.ends("500.00\n42\n" + String.join("\n", lines) + "\n", AT, on);
  }

  @Test
  void anEndHasItsTimeAndHowItCame() {
    assertThat(
            ends(
                true,
                "410.00 42 10-etcd started 11",
                "450.00 42 10-etcd ended 11 exit 2",
                "460.50 42 50-patroni ended 12 signal 9"))
        .containsExactly(
            new ServicesSeen.End(
                new Interval(50_000_000_000L, 50_100_000_000L), "10-etcd", 11, 2, null, false),
            new ServicesSeen.End(
                new Interval(60_500_000_000L, 60_600_000_000L), "50-patroni", 12, null, 9, false));
  }

  @Test
  void whatWasStartedAfterwardsWasStartedAgain() {
    assertThat(
            ends(
                true,
                "450.00 42 10-etcd ended 11 signal 9",
                "451.00 42 10-etcd started 13",
                "- - 10-etcd runs 13"))
        .singleElement()
        .matches(ServicesSeen.End::restarted);
  }

  @Test
  void whatDoesNotRunAndWhoseEndNobodySawEndedUnseen() {
    String[] record = {"410.00 42 10-etcd started 11", "411.00 41 50-patroni started 12"};
    assertThat(ends(true, record))
        .containsExactly(
            new ServicesSeen.End(
                new Interval(10_000_000_000L, AT.endNs()), "10-etcd", 11, null, null, false));
    // Patroni was started in an earlier boot, and without power nothing runs.
    assertThat(ends(false, record)).isEmpty();
  }

  @Test
  void aTornLineIsNoEnd() {
    assertThat(ends(true, "450.00 42 10-etcd ended 11 sig")).isEmpty();
    assertThat(ends(true, "450.00 42 10-e")).isEmpty();
    assertThatThrownBy(() -> ServiceSupervisor.ends("", AT, true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aHostThatDoesNotTellIsSaidToBeUnknown() {
    MemoryLedger ledger = new MemoryLedger();
    FakeHost host = new FakeHost("pg1");
    host.answer("/proc/uptime", 1, "", "cut: no such file");
    assertThat(ServiceSupervisor.read(host, ledger).problem()).contains("no such file");
    host.answer("/proc/uptime", 0, "nonsense", "");
    assertThat(ServiceSupervisor.read(host, ledger).problem()).contains("nonsense");
    host.answer("/proc/uptime", 0, "500.00\n42\n", "");
    assertThat(ServiceSupervisor.read(host, ledger).problem()).isNull();
  }
}
