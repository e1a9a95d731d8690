package io.drillyard.fault.act;

import io.drillyard.host.Host;
import io.drillyard.ledger.Ledger;
import io.drillyard.ledger.OrderAnswered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An order through Patroni's REST interface. What counts as the injection is the order leaving:
 * Patroni answers it only when all is over, so the answer is not waited for; it goes to the ledger
 * when it comes. That the order took hold is told by the answer and by the leader key's move.
 */
final class OrderInjection implements Injection {
  private static final int REST_PORT = 8008;
  private static final int LIMIT_MS = 3000;
  private static final int ANSWER_LIMIT_MS = 60_000;
  private static final Duration END_LIMIT = Duration.ofSeconds(2);
  private static final Pattern STATUS =
      Pattern.compile("HTTP/\\S+ (\\d{3}).*?\\r?\\n\\r?\\n(.*)", Pattern.DOTALL);
  private static final int MOST_WORDS = 300;

  private final Ledger ledger;
  private final String name;
  private final Host leader;
  private final String path;
  private final @Nullable String candidate;
  private final int port;
  private @Nullable Socket asked;
  private @Nullable Thread listener;

  /** A switchover to whomever Patroni chooses. */
  static OrderInjection switchover(String name, Host leader, Ledger ledger) {
    return new OrderInjection(name, leader, "/switchover", null, ledger, REST_PORT);
  }

  /** Whom it is ordered to stands on the ledger: the order permits nobody else's promotion. */
  static OrderInjection failover(String name, Host leader, Host candidate, Ledger ledger) {
    return new OrderInjection(name, leader, "/failover", candidate.name(), ledger, REST_PORT);
  }

  OrderInjection(
      String name, Host leader, String path, @Nullable String candidate, Ledger ledger, int port) {
    this.name = name;
    this.leader = leader;
    this.path = path;
    this.candidate = candidate;
    this.ledger = ledger;
    this.port = port;
  }

  @Override
  public List<String> targets() {
    return candidate == null ? List.of(leader.name()) : List.of(leader.name(), candidate);
  }

  @Override
  public String undo() {
    return "none: it is an order, not a fault";
  }

  @Override
  public void apply(Runnable inForce) {
    String body =
        candidate == null
            ? "{\"leader\": \"" + leader.name() + "\"}"
            : "{\"candidate\": \"" + candidate + "\"}";
    String request =
        "POST %s HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(path, body.length(), body);
    long start = ledger.now();
    try {
      Socket socket = new Socket();
      asked = socket;
      socket.connect(new InetSocketAddress(leader.managementAddress(), port), LIMIT_MS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      socket.setSoTimeout(ANSWER_LIMIT_MS);
      listener = Thread.ofVirtual().name("answer to an order").start(() -> listen(socket, start));
    } catch (IOException e) {
      throw new UncheckedIOException("the order did not reach Patroni", e);
    }
  }

  private void listen(Socket socket, long start) {
    int status = 0;
    String text;
    try (socket) {
      String said = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher answer = STATUS.matcher(said);
      if (answer.matches()) {
        status = Integer.parseInt(answer.group(1));
        text = answer.group(2).strip();
      } else {
        text = "no answer in HTTP: " + said.strip();
      }
    } catch (IOException e) {
      // The leader may well go away while it answers.
      text = "no answer: " + e.getMessage();
    }
    String words = text.length() > MOST_WORDS ? text.substring(0, MOST_WORDS) : text;
    ledger.append(new OrderAnswered(ledger.since(start), name, candidate, status, words));
  }

  @Override
  public void heal(Runnable gone) {
    // Nothing is held.
  }

  @Override
  public void end() {
    Socket socket = asked;
    Thread thread = listener;
    if (socket == null || thread == null) {
      return;
    }
    try {
      socket.close();
      thread.join(END_LIMIT);
    } catch (IOException e) {
      // It is of no more use.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public List<Sight> look(boolean expected) {
    return List.of();
  }
}
