package io.drillyard.host.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * The launcher's side of a lab's only way out: whoever connects to a socket file in the lab's
 * folder is connected to one declared endpoint, and to nothing else. Bytes are carried as they are;
 * TLS is between the lab and the endpoint.
 */
final class Relay implements AutoCloseable {
  /** The socket file, in the folder that the lab sees as its disks. */
  static final String SOCKET = "relay";

  private static final int MOST_CONNECTIONS = 128;
  private static final int CONNECT_MS = (int) Duration.ofSeconds(20).toMillis();

  private final SocketFile door;
  private final String host;
  private final int port;
  private final Semaphore free = new Semaphore(MOST_CONNECTIONS);

  private Relay(SocketFile door, String host, int port) {
    this.door = door;
    this.host = host;
    this.port = port;
  }

  /**
   * Opens it.
   *
   * @param folder that the lab sees as its disks
   * @param host DNS name or address of the endpoint, resolved anew for each connection
   */
  static Relay open(Path folder, Identity identity, String host, int port) {
    Relay relay = new Relay(SocketFile.open(folder, SOCKET, identity), host, port);
    relay.door.serve("relay to " + host, relay::take);
    return relay;
  }

  private void take(SocketChannel inside) {
    if (free.tryAcquire()) {
      Thread.ofVirtual().start(() -> connect(inside));
    } else {
      Pump.quietly(inside);
    }
  }

  /** An endpoint that is not reached is a closed connection to whoever asked. */
  private void connect(SocketChannel inside) {
    try (SocketChannel outside = SocketChannel.open()) {
      outside.socket().connect(new InetSocketAddress(host, port), CONNECT_MS);
      Pump.join(inside, outside);
    } catch (IOException | RuntimeException e) {
      Pump.quietly(inside);
    } finally {
      free.release();
    }
  }

  @Override
  public void close() {
    door.close();
  }
}
