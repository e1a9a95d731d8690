package io.drillyard.host.lab;

import io.drillyard.host.HostException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Lets a lab ask its launcher whether a control endpoint answers: an address that has nothing to do
 * with the store that was silent, and tells our own network's silence from the store's. Who
 * connects to the socket file gets one word; nothing is carried on.
 */
public final class ControlEndpointProbe implements AutoCloseable {
  private static final String SOCKET = "control";
  private static final String YES = "CONNECTED";
  private static final String NO = "SILENT";
  private static final int CONNECT_MS = (int) Duration.ofSeconds(10).toMillis();

  private final UnixSocketFile door;

  private ControlEndpointProbe(UnixSocketFile door) {
    this.door = door;
  }

  /**
   * Opens the launcher's side.
   *
   * @param folder that the lab sees as its disks
   * @param host DNS name or address of the control endpoint, resolved anew each time
   */
  static ControlEndpointProbe open(Path folder, HarnessUser identity, String host, int port) {
    UnixSocketFile door = UnixSocketFile.open(folder, SOCKET, identity);
    door.serve("control of " + host, asking -> answer(asking, host, port));
    return new ControlEndpointProbe(door);
  }

  private static void answer(SocketChannel asking, String host, int port) {
    String word;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MS);
      word = YES;
    } catch (IOException | RuntimeException e) {
      word = NO;
    }
    try (asking) {
      asking.write(ByteBuffer.wrap((word + "\n").getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      // Nobody waits for it any more.
    }
  }

  /**
   * Asks, from inside the lab.
   *
   * @return whether the control endpoint took a connection just now; empty: none is declared
   */
  public static Optional<Boolean> ask(LabEntryPoint.Inside inside) {
    Path file = inside.disks().resolve(SOCKET);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (SocketChannel launcher = SocketChannel.open(UnixDomainSocketAddress.of(file));
        BufferedReader said =
            new BufferedReader(
                new InputStreamReader(Channels.newInputStream(launcher), StandardCharsets.UTF_8))) {
      return Optional.of(YES.equals(said.readLine()));
    } catch (IOException e) {
      throw new HostException("the launcher does not answer: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    door.close();
  }
}
