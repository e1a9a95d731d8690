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
final class LauncherRelay implements AutoCloseable {
  /** The socket file, in the folder that the lab sees as its disks. */
  static final String SOCKET = "relay";

  private static final int MOST_CONNECTIONS = 128;
  private static final int CONNECT_MS = (int) Duration.ofSeconds(20).toMillis();

  private final UnixSocketFile door;
  private final String host;
  private final int port;
  private final Semaphore free = new Semaphore(MOST_CONNECTIONS);

  private LauncherRelay(UnixSocketFile door, String host, int port) {
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
  static LauncherRelay open(Path folder, HarnessUser identity, String host, int port) {
    LauncherRelay relay =
        new LauncherRelay(UnixSocketFile.open(folder, SOCKET, identity), host, port);
    relay.door.serve("relay to " + host, relay::take);
    return relay;
  }

  private void take(SocketChannel inside) {
    if (free.tryAcquire()) {
      Thread.ofVirtual().start(() -> connect(inside));
    } else {
      ConnectionPump.quietly(inside);
    }
  }

  /** An endpoint that is not reached is a closed connection to whoever asked. */
  private void connect(SocketChannel inside) {
    try (SocketChannel outside = SocketChannel.open()) {
      outside.socket().connect(new InetSocketAddress(host, port), CONNECT_MS);
      ConnectionPump.join(inside, outside);
    } catch (IOException | RuntimeException e) {
      ConnectionPump.quietly(inside);
    } finally {
      free.release();
    }
  }

  @Override
  public void close() {
    door.close();
  }
}
