package io.drillyard.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The order of a switchover. What counts as the injection is the order leaving; Patroni answers it
 * only when all is over, so the answer is not waited for.
 */
final class SwitchoverOrder implements Injection {
  private static final int REST_PORT = 8008;
  private static final int LIMIT_MS = 3000;

  private final Parts parts;

  SwitchoverOrder(Parts parts) {
    this.parts = parts;
  }

  @Override
  public List<String> targets() {
    return List.of(parts.primary());
  }

  @Override
  public String undo() {
    return "none: a switchover is an order, not a fault";
  }

  @Override
  public void apply(Runnable inForce) {
    String body = "{\"leader\": \"" + parts.primary() + "\"}";
    String request =
        "POST /switchover HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    try {
      Socket socket = new Socket();
      socket.connect(
          new InetSocketAddress(parts.primaryHost().managementAddress(), REST_PORT), LIMIT_MS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      socket.setSoTimeout(60_000);
      Thread.ofVirtual().name("switchover answer").start(() -> drain(socket));
    } catch (IOException e) {
      throw new UncheckedIOException("the switchover was not ordered", e);
    }
  }

  private static void drain(Socket socket) {
    try (socket) {
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      // The leader may well go away while it answers; what it did is seen elsewhere.
    }
  }

  @Override
  public void heal(Runnable gone) {
    // Nothing is held.
  }

  @Override
  public List<Sight> look(boolean expected) {
    return List.of();
  }
}
