package io.drillyard.host.lab;

import io.drillyard.host.HostException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
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
  private static final int LONGEST_PATH = 107;
  private static final int CONNECT_MS = (int) Duration.ofSeconds(20).toMillis();

  private final ServerSocketChannel door;
  private final Path file;
  private final String host;
  private final int port;
  private final Semaphore free = new Semaphore(MOST_CONNECTIONS);

  private Relay(ServerSocketChannel door, Path file, String host, int port) {
    this.door = door;
    this.file = file;
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
    Path file = folder.resolve(SOCKET);
    if (file.toString().length() > LONGEST_PATH) {
      throw new HostException(
          "%s is too long for a socket's name (%d characters at most). Remedy: set DRILLYARD_CACHE to a shorter folder."
              .formatted(file, LONGEST_PATH));
    }
    try {
      ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      door.bind(UnixDomainSocketAddress.of(file));
      if (identity == Identity.ROOT) {
        Files.setAttribute(file, "unix:uid", Identity.ROOT_LAB_BASE);
      }
      Relay relay = new Relay(door, file, host, port);
      Thread.ofVirtual().name("relay to " + host).start(() -> Pump.serve(door, relay::take));
      return relay;
    } catch (IOException e) {
      throw new HostException("cannot open the relay " + file + ": " + e.getMessage(), e);
    }
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
    Pump.quietly(door);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new HostException("cannot remove " + file + ": " + e.getMessage(), e);
    }
  }
}
