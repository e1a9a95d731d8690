package io.drillyard.host.lab;

import io.drillyard.declaration.Environment;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.host.Testbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The lab: one bridge per site behind a router that is a host of its own, a management bridge whose
 * ports are isolated from each other, and a client address of the harness at every site.
 */
public final class LabTestbed implements Testbed {
  private static final String MANAGEMENT = "198.19.255.";
  private static final Path FOLDER = Path.of("/run/lab/hosts");

  private final Environment environment;
  private final LabDisks disks;
  private final Map<String, LabHost> hosts = new LinkedHashMap<>();
  private final LabHost router;

  private LabTestbed(Environment environment, Path image, Path diskFolder) {
    this.environment = environment;
    this.disks = new LabDisks(environment.storage(), FOLDER, diskFolder);
    List<Environment.SitePlan> sites = environment.inventory().sites();
    LabNetwork.makeBridges(sites);
    List<HostNamespaces.Link> routerLinks = new ArrayList<>();
    for (int i = 0; i < sites.size(); i++) {
      routerLinks.add(
          new HostNamespaces.Link("r" + i, "to-" + sites.get(i).name(), "site" + i, false));
    }
    Path routerFolder = disks.make("router", environment);
    HostNamespaces.Plan routerPlan =
        new HostNamespaces.Plan("router", routerFolder, image, "-", "-", "-", routerLinks);
    router = new LabHost("router", "-", "-", "-", new HostNamespaces(routerPlan));
    int number = 10;
    for (int i = 0; i < sites.size(); i++) {
      for (Environment.HostPlan plan : sites.get(i).hosts()) {
        number++;
        hosts.put(plan.name(), plan(plan, sites.get(i), i, number, image));
      }
    }
  }

  private LabHost plan(
      Environment.HostPlan plan, Environment.SitePlan site, int index, int number, Path image) {
    String management = MANAGEMENT + number;
    HostNamespaces.Plan spaces =
        new HostNamespaces.Plan(
            plan.name(),
            disks.make(plan.name(), environment),
            image,
            plan.address() + "/24",
            LabNetwork.address(site, 1),
            management + "/24",
            List.of(
                new HostNamespaces.Link("d" + number, "eth0", "site" + index, false),
                new HostNamespaces.Link("m" + number, "management", "mgmt", true)));
    return new LabHost(
        plan.name(), site.name(), plan.address(), management, new HostNamespaces(spaces));
  }

  /**
   * Builds the networks and boots every host. Runs inside a lab's namespaces.
   *
   * @param image root file system that all hosts share
   * @param diskFolder where disks lie when the environment says {@code disk}
   */
  public static LabTestbed open(Environment environment, Path image, Path diskFolder) {
    LabTestbed yard = new LabTestbed(environment, image, diskFolder);
    yard.writeNames();
    try (ExecutorService boots = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> booting = new ArrayList<>();
      booting.add(boots.submit(yard::bootRouter));
      for (LabHost host : yard.hosts.values()) {
        booting.add(boots.submit(() -> host.on(() -> {})));
      }
      for (Future<?> boot : booting) {
        boot.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof HostException h
          ? h
          : new HostException("a host did not start: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostException("interrupted while the hosts started", e);
    }
    return yard;
  }

  /** The harness resolves names to management addresses: it must see through every cut. */
  private void writeNames() {
    StringBuilder names = new StringBuilder("127.0.0.1 localhost\n");
    for (LabHost host : hosts.values()) {
      names.append(host.managementAddress()).append(' ').append(host.name()).append('\n');
      for (Environment.RepositoryState repository : environment.repositories()) {
        if (host.name().equals(repository.host())) {
          names.append(host.managementAddress()).append(' ');
          names.append(repository.endpoint()).append('\n');
        }
      }
    }
    try {
      Files.writeString(Path.of("/run/lab/names"), names);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void bootRouter() {
    router.on(() -> {});
    router.run(Command.sh(LabNetwork.routerScript(environment.inventory().sites())));
  }

  @Override
  public Host host(String name) {
    LabHost host = hosts.get(name);
    if (host == null) {
      throw new HostException("no host named " + name + " in " + environment.inventory().file());
    }
    return host;
  }

  @Override
  public List<Host> hosts() {
    return List.copyOf(hosts.values());
  }

  @Override
  public Host router() {
    return router;
  }

  @Override
  public List<String> sites() {
    return environment.clientSites();
  }

  @Override
  public String clientAddress(String site) {
    return environment.inventory().sites().stream()
        .filter(s -> s.name().equals(site))
        .findFirst()
        .map(s -> LabNetwork.address(s, LabNetwork.CLIENT))
        .orElseThrow(() -> new HostException("no site named " + site));
  }

  @Override
  public String storageStatement() {
    return disks.statement();
  }

  /** Kills every host. The namespaces around the lab remove what is left when its process ends. */
  @Override
  public void close() {
    for (LabHost host : hosts.values()) {
      if (host.isOn()) {
        host.off();
      }
    }
    if (router.isOn()) {
      router.off();
    }
    LabNetwork.removeBridges(environment.inventory().sites());
    disks.remove();
  }

  /** The kernel's own word on a path's file system, for the storage statement. */
  static String fileSystem(Path path) {
    try {
      return Files.getFileStore(path).type().toLowerCase(Locale.ROOT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
