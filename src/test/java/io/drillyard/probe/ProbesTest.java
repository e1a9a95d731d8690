package io.drillyard.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.Awaiting;
import io.drillyard.HangTimeout;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Event.ProbeResult;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.MemoryLedger;
import io.drillyard.ledger.PatroniSeen;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a probe cannot get an answer to is itself an observation, and stays bounded. */
@HangTimeout
final class ProbesTest {
  private static final ProbeSettings QUICK =
      new ProbeSettings(
          Duration.ofMillis(25),
          Duration.ofMillis(200),
          Duration.ofSeconds(1),
          Duration.ofMillis(200),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));
  private static final SuperuserLogin LOGIN =
      new SuperuserLogin("postgres", "top-secret", "postgres");

  private final MemoryLedger ledger = new MemoryLedger();

  private Probes probe(int port) {
    return Probes.start(
        ledger,
        List.of(new MemberAddress("n1", "127.0.0.1", port, 1)),
        List.of(),
        EtcdLogin.NONE,
        "x",
        false,
        Map.of(),
        LOGIN,
        QUICK);
  }

  private long count(ProbeResult result) {
    return ledger.events(Event.Probed.class).stream().filter(p -> p.result() == result).count();
  }

  @Test
  void aRefusedConnectionIsUnreachableAndTriedAgain() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    try (Probes probes = probe(port)) {
      Awaiting.soon().until(() -> count(ProbeResult.UNREACHABLE) >= 5);
      Awaiting.soon().until(() -> probes.patroni("n1").isPresent());
      assertThat(probes.writable()).isEmpty();
      assertThat(probes.leader()).isEmpty();
      assertThat(probes.patroni("n1").orElseThrow().role()).isEqualTo("unreachable");
    }
    assertThat(ledger.events().toString() + LOGIN).doesNotContain("top-secret");
  }

  @Test
  void aSilentServerIsSaidToHangWhileItHangsAndThenTriedAnew() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Probes probes = probe(silent.getLocalPort())) {
      // When the driver gives up is the driver's affair: what must come is a later attempt.
      Awaiting.soon().until(this::saidTwiceAndTriedAnew);
      assertThat(probes.writable()).isEmpty();
      List<Event.Probed> hung = ledger.events(Event.Probed.class);
      assertThat(hung.getFirst().at().lengthNs()).isGreaterThanOrEqualTo(200_000_000L);
      // The same look, longer each time: one outstanding, not one more each time.
      for (int i = 1; i < hung.size(); i++) {
        Interval before = hung.get(i - 1).at();
        Interval look = hung.get(i).at();
        assertThat(look.startNs()).isGreaterThanOrEqualTo(before.startNs());
        if (look.startNs() == before.startNs()) {
          assertThat(look.lengthNs()).isGreaterThan(before.lengthNs());
        }
      }
    }
    int then = ledger.events().size();
    Awaiting.soon().during(Duration.ofMillis(300)).until(() -> ledger.events().size() == then);
  }

  /** A machine that stood still for a whole look said it once: a later one says it twice. */
  private boolean saidTwiceAndTriedAnew() {
    List<Long> starts =
        ledger.events(Event.Probed.class).stream().map(p -> p.at().startNs()).toList();
    long looks = starts.stream().distinct().count();
    return looks > 1 && starts.size() > looks;
  }

  @Test
  void theHangWatchSpeaksOncePerLimit() {
    AtomicLong clock = new AtomicLong();
    MemoryLedger still = new MemoryLedger(clock::get);
    HangWatch watch = new HangWatch(still, "n1", Duration.ofNanos(100), still::append);
    watch.look();
    watch.begin(0, true);
    clock.set(99);
    watch.look();
    assertThat(still.events()).isEmpty();
    clock.set(120);
    watch.look();
    watch.look();
    clock.set(350);
    watch.look();
    watch.end();
    clock.set(900);
    watch.look();
    assertThat(still.events(Event.Probed.class))
        .extracting(Event.Probed::at)
        .containsExactly(new Interval(0, 120), new Interval(0, 350));
  }

  @Test
  void resultsAreToldApart() {
    assertThat(MemberProbe.resultOf(new SQLException("ro", "25006")))
        .isEqualTo(ProbeResult.READ_ONLY);
    assertThat(MemberProbe.resultOf(new SQLException("refused", "08001")))
        .isEqualTo(ProbeResult.UNREACHABLE);
    assertThat(MemberProbe.resultOf(new SQLException("starting up", "57P03")))
        .isEqualTo(ProbeResult.ERROR);
    assertThat(
            MemberProbe.resultOf(
                new SQLException("io", "08006", new SocketTimeoutException("Read timed out"))))
        .isEqualTo(ProbeResult.HUNG);
    assertThat(
            MemberProbe.resultOf(
                new SQLException("io", "08001", new SocketTimeoutException("Connect timed out"))))
        .isEqualTo(ProbeResult.UNREACHABLE);
  }

  @Test
  void patronisAnswersAreRead() throws IOException {
    assertThat(
            PatroniProbe.seen(
                Interval.instant(1),
                "n1",
                "{\"state\":\"running\",\"role\":\"primary\",\"timeline\":3,\"pause\":true}"))
        .isEqualTo(new PatroniSeen(Interval.instant(1), "n1", "primary", "running", 3, true));
    assertThat(
            PatroniProbe.seen(
                Interval.instant(1), "n1", "{\"state\":\"stopped\",\"role\":\"replica\"}"))
        .isEqualTo(new PatroniSeen(Interval.instant(1), "n1", "replica", "stopped", 0, false));
  }
}
