package io.drillyard.fault.act;

import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.host.ParallelHostActions;
import io.drillyard.host.Testbed;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Power-off of hosts, with the link of a site when all of it goes. */
final class PowerInjection implements Injection {
  private static final int PROBED_PORT = 5432;

  private final Testbed yard;
  private final List<Host> hosts;
  private final @Nullable String site;

  PowerInjection(Testbed yard, List<Host> hosts, @Nullable String site) {
    this.yard = yard;
    this.hosts = hosts;
    this.site = site;
  }

  @Override
  public List<String> targets() {
    return hosts.stream().map(Host::name).toList();
  }

  @Override
  public String undo() {
    return "power on "
        + String.join(", ", targets())
        + (site == null ? "" : "; link up at " + site);
  }

  @Override
  public void apply(Runnable inForce) {
    if (site != null) {
      link("down");
    }
    Runnable last = last(hosts.size(), inForce);
    ParallelHostActions.each(hosts, h -> h.power().off(last));
  }

  /** Tells of the last of so many. */
  private static Runnable last(int many, Runnable told) {
    AtomicInteger left = new AtomicInteger(many);
    return () -> {
      if (left.decrementAndGet() == 0) {
        told.run();
      }
    };
  }

  private void link(String state) {
    yard.router().run(Command.of("ip", "link", "set", "to-" + site, state));
  }

  @Override
  public void heal(Runnable gone) {
    HostException link = null;
    if (site != null) {
      try {
        link("up");
      } catch (HostException e) {
        link = e;
      }
    }
    try {
      List<Host> off = hosts.stream().filter(h -> !h.power().isOn()).toList();
      Runnable last = last(off.size(), gone);
      ParallelHostActions.each(off, h -> h.power().on(last));
    } catch (HostException e) {
      if (link != null) {
        e.addSuppressed(link);
      }
      throw e;
    }
    if (link != null) {
      throw link;
    }
  }

  @Override
  public List<Sight> look(boolean expected) {
    List<Reachability.Path> paths =
        hosts.stream()
            .map(h -> Reachability.Path.between(yard.router(), h, "any", PROBED_PORT))
            .toList();
    return Reachability.measure(paths).stream()
        .map(
            r ->
                new Sight(
                    r.result().equals(ConnectionResult.SILENT.name()) || (!r.passes() && !expected),
                    "router",
                    "TCP from the router to " + r.to() + ": " + r.result()))
        .toList();
  }
}
