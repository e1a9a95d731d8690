package io.drillyard.host.lab;

import io.drillyard.HangLimit;
import io.drillyard.cluster.BoundedWait;
import io.drillyard.cluster.HostService;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Servers and clients that tests run in hosts, to see what passes a network. */
public final class Talk {
  /** A port on which {@link #listen} answers. */
  public static final int PORT = 5432;

  /** Another one. */
  public static final int OTHER_PORT = 7001;

  /** What {@link #reach} returns when everything passes. */
  public static final String ALL = "icmp tcp udp";

  /** What {@link #reach} returns when nothing does. */
  public static final String NOTHING = "";

  private static final HangLimit LIMIT = HangLimit.quietSeconds(1);

  private static final Duration SHORT = Duration.ofMillis(700);

  private static final String SERVER =
      """
      import socket, sys, threading, time
      word = sys.argv[1].encode()
      def tcp(port):
          s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
          s.bind(("0.0.0.0", port)); s.listen(50)
          kept = []
          while True:
              c, _ = s.accept(); c.sendall(word + b"\\n"); kept.append(c)
      def udp(port):
          s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("0.0.0.0", port))
          while True:
              _, peer = s.recvfrom(99); s.sendto(word, peer)
      for port in sys.argv[2:]:
          for serve in (tcp, udp):
              threading.Thread(target=serve, args=(int(port),), daemon=True).start()
      time.sleep(3600)
      """;

  private static final String CLIENT =
      """
      import socket, struct, sys, threading, time
      address, port, source, expected = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
      passed = []
      def patience(way): return float(sys.argv[5]) if way in expected else 0.7
      def bound(way, kind, *more):
          s = socket.socket(socket.AF_INET, kind, *more); s.settimeout(patience(way))
          if source != "-": s.bind((source, 0))
          return s
      def tcp():
          s = bound("tcp", socket.SOCK_STREAM); s.connect((address, port)); return s.recv(9)
      def udp():
          s = bound("udp", socket.SOCK_DGRAM); s.sendto(b"x", (address, port)); return s.recv(9)
      def icmp():
          s = bound("icmp", socket.SOCK_RAW, 1)
          body = struct.pack("!BBHHH", 8, 0, 0, 4711, 1)
          total = sum(struct.unpack("!4H", body)); total = (total >> 16) + (total & 0xffff)
          s.sendto(struct.pack("!BBHHH", 8, 0, ~total & 0xffff, 4711, 1), (address, 0))
          end = time.time() + patience("icmp")
          while time.time() < end:
              packet, (peer, _) = s.recvfrom(999)
              kind, _, _, ident = struct.unpack("!BBHH", packet[20:26])
              if peer == address and kind == 0 and ident == 4711: return True
      def attempt(way):
          try:
              if way(): passed.append(way.__name__)
          except OSError: pass
      threads = [threading.Thread(target=attempt, args=(way,)) for way in (tcp, udp, icmp)]
      for t in threads: t.start()
      for t in threads: t.join()
      print(" ".join(sorted(passed)))
      """;

  private Talk() {}

  /** Installs a server on both ports, TCP and UDP, that greets with a word; it starts on boot. */
  public static HostService listen(Host host, String word) {
    host.write("/opt/server.py", SERVER, "root", "0644");
    List<String> argv = new ArrayList<>(List.of("/usr/bin/python3", "/opt/server.py", word));
    argv.addAll(List.of(Integer.toString(PORT), Integer.toString(OTHER_PORT)));
    HostService service = new HostService(host, "40-server", "root", argv);
    service.install();
    awaitServer(host);
    return service;
  }

  /** Waits until the host's server answers on its own loopback. */
  public static void awaitServer(Host host) {
    BoundedWait.until(
        host.name() + " serves",
        LIMIT.duration(),
        () ->
            host.attempt(
                    Command.sh(
                        "exec 3<>/dev/tcp/127.0.0.1/%d 4<>/dev/tcp/127.0.0.1/%d"
                            .formatted(PORT, OTHER_PORT)))
                .ok(),
        () -> host.read("/var/log/40-server.log"));
  }

  /**
   * Which of ICMP, TCP and UDP reach an address from a host and come back.
   *
   * @param expected what has to: it is waited for as long as a busy machine may need, the others
   *     for 0.7 s
   */
  public static String reach(Host from, String address, int port, String expected) {
    return reach(from, address, port, expected, "-");
  }

  /** The same from a source address of the caller's choice. */
  static String reach(Host from, String address, int port, String expected, String source) {
    String seconds = Long.toString(LIMIT.duration().toSeconds());
    return from.run(
            Command.of(
                    "python3",
                    "-c",
                    CLIENT,
                    address,
                    Integer.toString(port),
                    source,
                    expected,
                    seconds)
                .within(LIMIT.duration().multipliedBy(2)))
        .stdout()
        .strip();
  }

  /** The greeting that the harness gets, bound to one of its addresses; or what went wrong. */
  static String greeting(String ownAddress, String address, int port) {
    return greeting(ownAddress, address, port, LIMIT.duration());
  }

  /** The same where no greeting is expected: asked for 0.7 s. */
  static String noGreeting(String ownAddress, String address, int port) {
    return greeting(ownAddress, address, port, SHORT);
  }

  private static String greeting(String ownAddress, String address, int port, Duration limit) {
    try (Socket socket = connect(ownAddress, address, port, limit)) {
      byte[] word = new byte[99];
      int length = socket.getInputStream().read(word);
      return new String(word, 0, Math.max(0, length), java.nio.charset.StandardCharsets.UTF_8)
          .strip();
    } catch (IOException e) {
      return "no: " + e.getMessage();
    }
  }

  /** A connection of the harness from one of its addresses. */
  static Socket connect(String ownAddress, String address, int port) throws IOException {
    return connect(ownAddress, address, port, LIMIT.duration());
  }

  private static Socket connect(String ownAddress, String address, int port, Duration limit)
      throws IOException {
    Socket socket = new Socket();
    try {
      socket.bind(new InetSocketAddress(ownAddress, 0));
      socket.connect(new InetSocketAddress(address, port), (int) limit.toMillis());
      socket.setSoTimeout((int) limit.toMillis());
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** What the other end of a greeted connection says; an end is expected, and waited for. */
  static String ending(Socket socket) {
    return ending(socket, LIMIT.duration());
  }

  /** The same where silence is expected: for two seconds. */
  static String silence(Socket socket) {
    return ending(socket, Duration.ofSeconds(2));
  }

  private static String ending(Socket socket, Duration limit) {
    try {
      socket.setSoTimeout((int) limit.toMillis());
      InputStream in = socket.getInputStream();
      return in.read() < 0 ? "end of stream" : "data";
    } catch (java.net.SocketTimeoutException e) {
      return "silence";
    } catch (IOException e) {
      return "reset";
    }
  }
}
