package io.drillyard.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.Awaiting;
import io.drillyard.HangTimeout;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.MemoryLedger;
import io.drillyard.ledger.WriteOutcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every scheduled write gets exactly one event, also when there is no server, or a silent one. */
@HangTimeout
final class WorkloadTest {
  private static final ClientSettings SETTINGS =
      new ClientSettings(
          200,
          40,
          2,
          Duration.ofMillis(100),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofMillis(500),
          "u",
          "top-secret",
          address -> address);

  private final MemoryLedger ledger = new MemoryLedger();

  private static LoadClient client(String name, int port) {
    return new LoadClient(name, "onprem", null, null, "jdbc:postgresql://127.0.0.1:" + port + "/x");
  }

  /** A port that listens and never says anything. */
  private static ServerSocket silent() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = silent()) {
      return socket.getLocalPort();
    }
  }

  private List<Event.Write> writes(String writer) {
    return ledger.events(Event.Write.class).stream()
        .filter(w -> w.writer().equals(writer))
        .toList();
  }

  private void assertEachSequenceOnce(String writer) {
    long count = writes(writer).size();
    assertThat(writes(writer).stream().mapToLong(Event.Write::sequence).sorted().toArray())
        .isEqualTo(java.util.stream.LongStream.rangeClosed(1, count).toArray());
  }

  @Test
  void withoutAServerEveryWriteIsRefused() throws IOException {
    Workload load = Workload.start(ledger, List.of(client("a", closedPort())), SETTINGS);
    Awaiting.soon().until(() -> load.tally("a").refused() > 60);
    load.stop(Duration.ofSeconds(2));
    assertEachSequenceOnce("a");
    assertThat(writes("a"))
        .allSatisfy(
            w -> {
              assertThat(w.outcome()).isEqualTo(WriteOutcome.REFUSED);
              assertThat(w.sqlState()).isIn("08001", WriteFailureOutcomes.NO_FREE_CONNECTION);
              assertThat(w.at().startNs()).isGreaterThanOrEqualTo(w.scheduledNs());
            });
    assertThat(writes("a")).extracting(Event.Write::sqlState).contains("08001");
    assertThat(load.acknowledgedCount("a")).isZero();
    assertThat(load.lastAcknowledged()).isEmpty();
  }

  @Test
  void aSilentServerHoldsUpItsConnectionsButNotTheSchedule() throws IOException {
    try (ServerSocket server = silent()) {
      Workload load = Workload.start(ledger, List.of(client("a", server.getLocalPort())), SETTINGS);
      Awaiting.soon().until(() -> load.tally("a").refused() > 100);
      load.stop(Duration.ofMillis(100));
    }
    assertEachSequenceOnce("a");
    // Open loop: the schedule stands, 5 ms apart, whatever became of the writes.
    List<Long> scheduled = writes("a").stream().map(Event.Write::scheduledNs).sorted().toList();
    for (int i = 1; i < scheduled.size(); i++) {
      assertThat(scheduled.get(i) - scheduled.get(i - 1)).isBetween(4_999_999L, 5_000_001L);
    }
    assertThat(writes("a")).extracting(Event.Write::outcome).containsOnly(WriteOutcome.REFUSED);
  }

  @Test
  void nothingIsRecordedAfterTheStop() throws IOException {
    Workload load = Workload.start(ledger, List.of(client("a", closedPort())), SETTINGS);
    Awaiting.soon().until(() -> !writes("a").isEmpty());
    load.stop(Duration.ofSeconds(2));
    int then = ledger.events().size();
    Awaiting.soon().during(Duration.ofMillis(300)).until(() -> ledger.events().size() == then);
  }

  @Test
  void twoWritersOfOneNameAreRefused() throws IOException {
    int port = closedPort();
    Workload load = Workload.start(ledger, List.of(client("a", port)), SETTINGS);
    assertThatThrownBy(() -> load.add(client("a", port))).hasMessageContaining("'a'");
    assertThatThrownBy(() -> load.redirect("b", "x")).hasMessageContaining("'b'");
    load.stop(Duration.ofSeconds(2));
  }

  @Test
  void noPasswordIsEverShown() throws IOException {
    Workload load = Workload.start(ledger, List.of(client("a", closedPort())), SETTINGS);
    Awaiting.soon().until(() -> !writes("a").isEmpty());
    load.stop(Duration.ofSeconds(2));
    assertThat(ledger.events().toString() + SETTINGS).doesNotContain("top-secret");
  }

  @Test
  void timeOutsAreRoundedUpToTheDriversUnit() {
    assertThat(JdbcConnector.wholeSeconds(Duration.ofMillis(1))).isEqualTo(1);
    assertThat(JdbcConnector.wholeSeconds(Duration.ofSeconds(2))).isEqualTo(2);
    assertThat(JdbcConnector.wholeSeconds(Duration.ofMillis(2001))).isEqualTo(3);
    assertThat(JdbcConnector.wholeSeconds(Duration.ZERO)).isEqualTo(1);
  }
}
