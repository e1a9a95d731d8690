package io.drillyard.host.lab;

import io.drillyard.host.HostException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The launcher's end of a socket file in a folder that a lab sees; goes when it is closed. */
record UnixSocketFile(ServerSocketChannel door, Path file) implements AutoCloseable {
  private static final int LONGEST_PATH = 107;

  /**
   * Opens it.
   *
   * @param folder that the lab sees as its disks
   * @param identity that the lab runs under, which may connect
   */
  static UnixSocketFile open(Path folder, String name, HarnessUser identity) {
    Path file = folder.resolve(name);
    if (file.toString().length() > LONGEST_PATH) {
      throw new HostException(
          "%s is too long for a socket's name (%d characters at most). Remedy: set DRILLYARD_CACHE to a shorter folder."
              .formatted(file, LONGEST_PATH));
    }
    try {
      ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      door.bind(UnixDomainSocketAddress.of(file));
      if (identity == HarnessUser.ROOT) {
        Files.setAttribute(file, "unix:uid", HarnessUser.ROOT_LAB_BASE);
      }
      return new UnixSocketFile(door, file);
    } catch (IOException e) {
      throw new HostException("cannot open the socket " + file + ": " + e.getMessage(), e);
    }
  }

  /** Hands on who connects, on a thread of that name. */
  void serve(String thread, Consumer<SocketChannel> each) {
    Thread.ofVirtual().name(thread).start(() -> ConnectionPump.serve(door, each));
  }

  @Override
  public void close() {
    ConnectionPump.quietly(door);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new HostException("cannot remove " + file + ": " + e.getMessage(), e);
    }
  }
}
