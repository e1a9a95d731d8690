package io.drillyard.fault.act;

import io.drillyard.cluster.Etcd;
import io.drillyard.fault.NetworkFault.Cut;
import io.drillyard.fault.NetworkFault.Way;
import io.drillyard.fault.NetworkPlane;
import io.drillyard.fault.Who;
import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import io.drillyard.ledger.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Packets dropped at one part's hosts; both ends try to reach each other as its witnesses. */
final class CutInjection implements Injection {
  private static final int POSTGRESQL = 5432;
  private static final int UNUSED_PORT = 9;
  private static final String DATAGRAM = ShellSnippets.text("datagram.py");
  private static final Duration LIMIT = Duration.ofSeconds(6);

  private final Cut cut;
  private final ShellInjection shell;
  private final List<Reachability.Path> cutPaths = new ArrayList<>();
  private final List<Reachability.Path> openPaths = new ArrayList<>();
  private final List<Host> hosts;
  private final List<Host> others;

  CutInjection(String name, Cut cut, FaultTargetHosts parts) {
    this.cut = cut;
    this.hosts = parts.hosts(cut.one());
    Set<Host> far = new LinkedHashSet<>();
    List<String> addresses = new ArrayList<>();
    cut.others().stream()
        .sorted()
        .forEach(
            who -> {
              if (who.equals(Who.CLIENTS)) {
                addresses.addAll(parts.addresses(who));
              } else {
                far.addAll(parts.hosts(who));
              }
            });
    hosts.forEach(far::remove);
    this.others = List.copyOf(far);
    far.forEach(h -> addresses.add(h.dataAddress()));
    List<Integer> ports =
        cut.planes().stream().map(NetworkPlane::port).distinct().sorted().toList();
    String table = ShellSnippets.safe(name);
    List<HostScript> acts = new ArrayList<>();
    for (Host host : hosts) {
      NftablesFilter filter = new NftablesFilter(table, Set.copyOf(addresses), cut.way(), ports);
      acts.add(HostScript.passing(host, filter.apply(), filter.undo(), "", ""));
    }
    this.shell = new ShellInjection(acts);
    paths(parts, addresses.size() > far.size());
  }

  /** What must be silent, and what of the other direction must not be. */
  private void paths(FaultTargetHosts parts, boolean clients) {
    List<String> etcd =
        parts.environment().clusters().stream().flatMap(c -> c.etcd().stream()).toList();
    for (Host host : hosts) {
      for (Host other : others) {
        if (cut.planes().isEmpty()) {
          int there = etcd.contains(other.name()) ? Etcd.CLIENT_PORT : POSTGRESQL;
          cutPaths.add(Reachability.Path.between(host, other, "any", there));
          cutPaths.add(Reachability.Path.between(other, host, "any", POSTGRESQL));
        }
        for (NetworkPlane plane : cut.planes()) {
          var towards = Reachability.Path.between(host, other, plane.words(), plane.port());
          var from = Reachability.Path.between(other, host, plane.words(), plane.port());
          (cut.way() == Way.FROM ? openPaths : cutPaths).add(towards);
          (cut.way() == Way.TOWARDS ? openPaths : cutPaths).add(from);
        }
      }
    }
    if (clients) {
      cutPaths.addAll(
          Reachability.fromClients(parts.yard(), hosts, NetworkPlane.SQL.words(), POSTGRESQL));
    }
  }

  @Override
  public List<String> targets() {
    List<String> names = new ArrayList<>(shell.targets());
    others.forEach(o -> names.add(o.name()));
    return names;
  }

  @Override
  public String undo() {
    return shell.undo();
  }

  @Override
  public void apply(Runnable inForce) {
    shell.apply(inForce);
  }

  @Override
  public void heal(Runnable gone) {
    shell.heal(gone);
  }

  @Override
  public List<Sight> look(boolean expected) {
    List<Sight> sights = new ArrayList<>();
    for (Event.Reached reached : Reachability.measure(cutPaths)) {
      sights.add(sight(Reachability.cut(reached, expected), reached));
    }
    if (expected) {
      for (Event.Reached reached : Reachability.measure(openPaths)) {
        // Cut as well, or not known: it is another fault than the one that was declared.
        sights.add(sight(reached.passes(), reached));
      }
    }
    if (cut.way() != Way.BOTH && cut.planes().isEmpty() && !others.isEmpty()) {
      sights.addAll(directions(expected));
    }
    return sights;
  }

  private static Sight sight(boolean holds, Event.Reached reached) {
    return new Sight(
        holds,
        reached.from(),
        "%s from %s on %s: %s"
            .formatted(reached.to(), reached.from(), reached.plane(), reached.result()));
  }

  /** TCP needs both directions; a datagram shows which of them is left. */
  private List<Sight> directions(boolean expected) {
    List<Sight> sights = new ArrayList<>();
    Host host = hosts.get(0);
    Host other = others.get(0);
    boolean towards = passes(host, other);
    boolean from = passes(other, host);
    boolean holds = cut.way() == Way.TOWARDS ? !towards && from : towards && !from;
    boolean gone = towards && from;
    sights.add(
        new Sight(
            expected ? holds : !gone,
            host.name() + " and " + other.name(),
            "datagrams to %s %s, back they %s"
                .formatted(
                    other.name(),
                    towards ? "arrive" : "do not arrive",
                    from ? "arrive" : "do not arrive")));
    return sights;
  }

  private static boolean passes(Host from, Host to) {
    String port = Integer.toString(UNUSED_PORT);
    CompletableFuture<CommandResult> received =
        CompletableFuture.supplyAsync(
            () -> to.attempt(datagram("receive", to.dataAddress(), port)),
            command -> Thread.ofVirtual().start(command));
    from.attempt(datagram("send", to.dataAddress(), port));
    return received.join().stdout().contains("GOT");
  }

  private static Command datagram(String what, String address, String port) {
    return Command.of("python3", "-", what, address, port).reading(DATAGRAM).within(LIMIT);
  }
}
