package io.drillyard.fault;

import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.Yard;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Power-off of hosts, with the link of a site when all of it goes. */
final class PowerInjection implements Injection {
  private static final int PROBED_PORT = 5432;

  private final Yard yard;
  private final List<Host> hosts;
  private final @Nullable String site;

  PowerInjection(Yard yard, List<Host> hosts, @Nullable String site) {
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
    AtomicInteger noisy = new AtomicInteger(hosts.size());
    hosts.parallelStream()
        .forEach(
            h ->
                h.power()
                    .off(
                        () -> {
                          if (noisy.decrementAndGet() == 0) {
                            inForce.run();
                          }
                        }));
  }

  private void link(String state) {
    yard.router().run(Command.of("ip", "link", "set", "to-" + site, state));
  }

  @Override
  public void heal() {
    if (site != null) {
      link("up");
    }
    hosts.parallelStream().filter(h -> !h.power().isOn()).forEach(h -> h.power().on());
  }

  @Override
  public List<Sight> look(boolean expected) {
    List<Sight> sights = new ArrayList<>();
    for (Host host : hosts) {
      Reach reach = Reach.of(yard.router(), host.dataAddress(), PROBED_PORT);
      sights.add(
          new Sight(
              !reach.passes(),
              "router",
              "TCP from the router to " + host.name() + ": " + reach.name()));
    }
    return sights;
  }
}
