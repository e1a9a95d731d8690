package io.drillyard.host.lab;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/** Carries bytes between two connections, both ways, until both ends said all. */
final class ConnectionPump {
  private static final int BYTES = 64 << 10;

  private ConnectionPump() {}

  /** Hands every connection that comes to a door on, until the door is closed. */
  static void serve(ServerSocketChannel door, Consumer<SocketChannel> each) {
    while (door.isOpen()) {
      try {
        each.accept(door.accept());
      } catch (IOException e) {
        // Closed; or one connection that came to nothing, which its own end notices.
      }
    }
  }

  /** Returns when both directions came to their end; both connections are closed then. */
  static void join(SocketChannel one, SocketChannel other) {
    Thread back = Thread.ofVirtual().start(() -> copy(other, one));
    copy(one, other);
    try {
      back.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    quietly(one);
    quietly(other);
  }

  /** An end of the stream is handed on; a broken connection breaks the other one too. */
  private static void copy(SocketChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocate(BYTES);
    try {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
      to.shutdownOutput();
    } catch (IOException e) {
      quietly(from);
      quietly(to);
    }
  }

  static void quietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      // It is gone already.
    }
  }
}
