package io.drillyard.fault.act;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.Awaiting;
import io.drillyard.HangTimeout;
import io.drillyard.host.FakeHost;
import io.drillyard.ledger.MemoryLedger;
import io.drillyard.ledger.OrderAnswered;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What Patroni answers to an order is on the ledger, with whom the order names. */
@HangTimeout
final class OrderInjectionTest {
  private final MemoryLedger ledger = new MemoryLedger();

  private OrderInjection order(ServerSocket patroni, @Nullable String candidate) {
    return new OrderInjection(
        "order", new FakeHost("pg1"), "/failover", candidate, ledger, patroni.getLocalPort());
  }

  private static ServerSocket patroni() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private OrderAnswered answer() {
    Awaiting.soon().until(() -> !ledger.events(OrderAnswered.class).isEmpty());
    return ledger.events(OrderAnswered.class).getFirst();
  }

  private OrderAnswered answered(String said) throws IOException {
    try (ServerSocket patroni = patroni()) {
      order(patroni, "pg3").apply(() -> {});
      try (Socket asked = patroni.accept()) {
        asked.getOutputStream().write(said.getBytes(StandardCharsets.UTF_8));
      }
      return answer();
    }
  }

  @Test
  void anAnswerHasItsStatusAndWords() throws IOException {
    OrderAnswered done =
        answered(
            "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\nFailed over to \"pg2\" instead of \"pg3\"");
    assertThat(done.status()).isEqualTo(200);
    assertThat(done.candidate()).isEqualTo("pg3");
    assertThat(done.named()).isEqualTo("pg2");
    assertThat(done.refused()).isFalse();
  }

  @Test
  void aRefusalIsOne() throws IOException {
    OrderAnswered refused = answered("HTTP/1.0 412 Precondition\r\n\r\nno candidates");
    assertThat(refused.refused()).isTrue();
    assertThat(refused.text()).isEqualTo("no candidates");
    assertThat(refused.named()).isNull();
  }

  @Test
  void aConnectionThatEndsIsNoAnswer() throws IOException {
    assertThat(answered("").status()).isZero();
  }

  @Test
  void theEndOfTheDrillEndsTheWaiting() throws IOException {
    try (ServerSocket patroni = patroni()) {
      OrderInjection order = order(patroni, null);
      order.apply(() -> {});
      order.end();
      assertThat(answer().status()).isZero();
      assertThat(answer().candidate()).isNull();
    }
  }
}
