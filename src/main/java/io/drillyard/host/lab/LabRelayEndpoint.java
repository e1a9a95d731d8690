package io.drillyard.host.lab;

import io.drillyard.host.HostException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * The lab's side of its only way out: who connects to a port of the harness's client address at a
 * site is handed to the launcher's relay.
 */
public final class LabRelayEndpoint implements AutoCloseable {
  private final ServerSocketChannel door;
  private final UnixDomainSocketAddress relay;

  private LabRelayEndpoint(ServerSocketChannel door, UnixDomainSocketAddress relay) {
    this.door = door;
    this.relay = relay;
  }

  /**
   * Opens it inside a lab.
   *
   * @param inside the lab's places
   * @param address the harness's own, at a site
   */
  public static LabRelayEndpoint open(LabEntryPoint.Inside inside, String address, int port) {
    Path socket = inside.disks().resolve(LauncherRelay.SOCKET);
    try {
      ServerSocketChannel door = ServerSocketChannel.open();
      door.bind(new InetSocketAddress(address, port));
      LabRelayEndpoint opened = new LabRelayEndpoint(door, UnixDomainSocketAddress.of(socket));
      Thread.ofVirtual()
          .name("relay's door")
          .start(
              () ->
                  ConnectionPump.serve(
                      door, client -> Thread.ofVirtual().start(() -> opened.handOver(client))));
      return opened;
    } catch (IOException e) {
      throw new HostException(
          "cannot open the relay's door %s:%d: %s".formatted(address, port, e.getMessage()), e);
    }
  }

  /** Where it is. */
  public String address() {
    return door.socket().getInetAddress().getHostAddress();
  }

  private void handOver(SocketChannel client) {
    try (SocketChannel launcher = SocketChannel.open(relay)) {
      ConnectionPump.join(client, launcher);
    } catch (IOException e) {
      ConnectionPump.quietly(client);
    }
  }

  @Override
  public void close() {
    ConnectionPump.quietly(door);
  }
}
