package io.drillyard.fault;

import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.host.Yard;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
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
    Runnable last = last(hosts.size(), inForce);
    each(hosts, h -> h.power().off(last));
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
      each(off, h -> h.power().on(last));
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

  /**
   * Acts on all hosts at once and returns when all are done, also when one fails: a power-off that
   * is still under way would outlive the undo of the others. (A parallel stream throws at once.)
   */
  private static void each(List<Host> hosts, Consumer<Host> act) {
    Queue<HostException> failures = new ConcurrentLinkedQueue<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Host host : hosts) {
        threads.execute(
            () -> {
              try {
                act.accept(host);
              } catch (HostException e) {
                failures.add(e);
              } catch (RuntimeException e) {
                failures.add(new HostException(host.name() + ": " + e.getMessage(), e));
              }
            });
      }
    }
    HostException first = failures.poll();
    if (first != null) {
      failures.forEach(first::addSuppressed);
      throw first;
    }
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
