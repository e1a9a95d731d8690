package io.drillyard.fault.act;

import io.drillyard.fault.NetworkPlane;
import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.host.Testbed;
import io.drillyard.ledger.Event;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who reaches whose server over the data network, tried for real from every end at once. */
public final class Reachability {
  private static final String SCRIPT = ShellSnippets.text("reach.py");
  private static final Duration LIMIT = Duration.ofSeconds(6);
  private static final int CONNECT_MS = 800;

  private Reachability() {}

  /**
   * One conversation that could be.
   *
   * @param from its client's name
   * @param host the client's host; null: the harness itself, at a client address
   * @param source the client address; null for a host
   * @param to the server's host
   */
  public record Path(
      String from, @Nullable Host host, @Nullable String source, Host to, String plane, int port) {
    /** From one host to another's server. */
    static Path between(Host from, Host to, String plane, int port) {
      return new Path(from.name(), from, null, to, plane, port);
    }

    private String target() {
      return to.dataAddress() + ":" + port;
    }
  }

  /** Every conversation of a cluster, on every plane, both directions. */
  public static List<Path> all(FaultTargetHosts parts) {
    List<Path> paths = new ArrayList<>();
    List<Host> members = parts.cluster().members();
    List<Host> etcd = parts.cluster().etcd().hosts();
    int store = parts.environment().repository().port();
    for (Host from : members) {
      each(paths, from, etcd, NetworkPlane.ETCD_CLIENT, NetworkPlane.ETCD_CLIENT.port());
      each(paths, from, members, NetworkPlane.REPLICATION, NetworkPlane.REPLICATION.port());
      each(paths, from, members, NetworkPlane.PATRONI_REST, NetworkPlane.PATRONI_REST.port());
      each(paths, from, parts.store(), NetworkPlane.ARCHIVE, store);
    }
    for (Host from : etcd) {
      each(paths, from, etcd, NetworkPlane.ETCD_PEER, NetworkPlane.ETCD_PEER.port());
    }
    for (Host from : parts.route()) {
      each(paths, from, members, NetworkPlane.PATRONI_REST, NetworkPlane.PATRONI_REST.port());
      each(paths, from, members, NetworkPlane.SQL, NetworkPlane.SQL.port());
    }
    paths.addAll(
        fromClients(parts.yard(), members, NetworkPlane.SQL.words(), NetworkPlane.SQL.port()));
    return paths;
  }

  private static void each(
      List<Path> paths, Host from, List<Host> to, NetworkPlane plane, int port) {
    to.stream()
        .filter(t -> !t.name().equals(from.name()))
        .forEach(t -> paths.add(Path.between(from, t, plane.words(), port)));
  }

  /** From the client address of every site. */
  static List<Path> fromClients(Testbed yard, List<Host> to, String plane, int port) {
    return yard.sites().stream()
        .flatMap(
            site ->
                to.stream()
                    .map(
                        t ->
                            new Path(
                                "clients@" + site, null, yard.clientAddress(site), t, plane, port)))
        .toList();
  }

  /** Tries every path once, each for at most 0.8 s, all ends at once; results in their order. */
  public static List<Event.Reached> measure(List<Path> paths) {
    Map<String, List<Path>> byEnd = new LinkedHashMap<>();
    paths.forEach(p -> byEnd.computeIfAbsent(p.from(), end -> new ArrayList<>()).add(p));
    Map<Path, ConnectionResult> results = new ConcurrentHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (List<Path> own : byEnd.values()) {
        Host host = own.get(0).host();
        if (host == null) {
          own.forEach(path -> threads.execute(() -> results.put(path, fromHarness(path))));
        } else {
          threads.execute(() -> results.putAll(from(host, own)));
        }
      }
    }
    return paths.stream()
        .map(
            p ->
                new Event.Reached(
                    p.from(),
                    p.to().name(),
                    p.plane(),
                    results.getOrDefault(p, ConnectionResult.UNKNOWN).name()))
        .toList();
  }

  private static Map<Path, ConnectionResult> from(Host host, List<Path> paths) {
    Map<Path, ConnectionResult> results = new LinkedHashMap<>();
    if (!host.power().isOn()) {
      paths.forEach(path -> results.put(path, ConnectionResult.SILENT));
      return results;
    }
    String[] argv =
        Stream.concat(Stream.of("python3", "-", "-"), paths.stream().map(Path::target).distinct())
            .toArray(String[]::new);
    try {
      CommandResult said = host.attempt(Command.of(argv).reading(SCRIPT).within(LIMIT));
      Map<String, String> words = new LinkedHashMap<>();
      said.stdout()
          .lines()
          .map(line -> line.split(" ", 3))
          .filter(line -> line.length > 1)
          .forEach(line -> words.put(line[0], line[1]));
      paths.forEach(path -> results.put(path, reach(words.getOrDefault(path.target(), "UNKNOWN"))));
    } catch (HostException e) {
      // It may have lost its power meanwhile; what is not known stays so.
      paths.forEach(path -> results.put(path, ConnectionResult.UNKNOWN));
    }
    return results;
  }

  /**
   * Whether a path counts as cut: what is not known is whichever of the two the drill cannot use.
   */
  static boolean cut(Event.Reached reached, boolean expected) {
    boolean silent = reached.result().equals(ConnectionResult.SILENT.name());
    return silent || (!reached.passes() && !expected);
  }

  private static ConnectionResult reach(String word) {
    return Stream.of(ConnectionResult.values())
        .filter(r -> r.name().equals(word))
        .findFirst()
        .orElse(ConnectionResult.UNKNOWN);
  }

  private static ConnectionResult fromHarness(Path path) {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(path.source(), 0));
      socket.connect(new InetSocketAddress(path.to().dataAddress(), path.port()), CONNECT_MS);
      return ConnectionResult.CONNECTED;
    } catch (SocketTimeoutException | NoRouteToHostException e) {
      return ConnectionResult.SILENT;
    } catch (ConnectException e) {
      String said = String.valueOf(e.getMessage());
      return said.contains("refused")
          ? ConnectionResult.REFUSED
          : said.contains("timed out") || said.contains("unreachable")
              ? ConnectionResult.SILENT
              : ConnectionResult.UNKNOWN;
    } catch (IOException e) {
      return ConnectionResult.UNKNOWN;
    }
  }
}
