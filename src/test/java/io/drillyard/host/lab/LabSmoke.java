package io.drillyard.host.lab;

import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.target.Environment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Tries things in a lab by hand. */
public final class LabSmoke implements LabProgram {
  static Environment environment(String kind) {
    Environment.Inventory inventory =
        new Environment.Inventory(
            "inventory",
            List.of(
                new Environment.SitePlan(
                    "onprem",
                    "198.18.1.0/24",
                    List.of(
                        new Environment.HostPlan("pg1", "onprem", "198.18.1.11"),
                        new Environment.HostPlan("pg2", "onprem", "198.18.1.12"))),
                new Environment.SitePlan(
                    "cloud",
                    "198.18.2.0/24",
                    List.of(
                        new Environment.HostPlan("dr1", "cloud", "198.18.2.11"),
                        new Environment.HostPlan("repo1", "cloud", "198.18.2.31")))));
    return new Environment(
        "lab",
        "baseline",
        "trixie",
        new Environment.Storage(kind, Map.of()),
        inventory,
        new Environment.RepositoryState(
            "r", "s3", "repo1", "s3.drillyard.test", 9000, "lab", "b", "/p", 2),
        new Environment.ClusterPlan(
            "onprem", List.of(), List.of(), Map.of(), Map.of(), Map.of(), "/p"),
        null,
        new Environment.Route(
            "multi-host",
            List.of(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            1,
            1),
        new Environment.Load(1, 1, 1, Duration.ofSeconds(1), Duration.ofSeconds(1)));
  }

  @Override
  public int run(Inside inside, List<String> arguments) {
    for (int i = 0; i < 1; i++) {
      long start = System.nanoTime();
      LabYard yard = LabYard.open(environment(arguments.get(0)), inside.image(), inside.disks());
      System.out.println("up " + (System.nanoTime() - start) / 1e6 + " ms");
      Host pg1 = yard.host("pg1");
      for (String script : arguments.subList(1, arguments.size())) {
        long t = System.nanoTime();
        var r = pg1.attempt(Command.sh(script));
        System.out.println(
            script
                + " -> "
                + r.exit()
                + "\n"
                + r.stdout()
                + r.stderr()
                + (System.nanoTime() - t) / 1e6
                + " ms");
      }
      long t = System.nanoTime();
      yard.host("dr1").power().off();
      System.out.println("off " + (System.nanoTime() - t) / 1e6 + " ms");
      t = System.nanoTime();
      yard.host("dr1").power().on();
      System.out.println("on " + (System.nanoTime() - t) / 1e6 + " ms");
      yard.close();
    }
    return 0;
  }

  public static void main(String[] args) throws Exception {
    LabSession s =
        LabLauncher.here(Path.of("environments"))
            .launch(
                "trixie",
                LabSmoke.class,
                List.of(args),
                new java.io.File("/dev/stdout"),
                new java.io.File("/dev/stderr"));
    System.out.println(s.await(Duration.ofSeconds(60)));
    s.close();
  }
}
