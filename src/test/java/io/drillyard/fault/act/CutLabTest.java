package io.drillyard.fault.act;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.HangLimit;
import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.RunSecrets;
import io.drillyard.declaration.Environment;
import io.drillyard.fault.NetworkFault;
import io.drillyard.fault.NetworkPlane;
import io.drillyard.fault.Who;
import io.drillyard.host.Host;
import io.drillyard.host.lab.LabEntryPoint;
import io.drillyard.host.lab.LabTestbed;
import io.drillyard.host.lab.Talk;
import io.drillyard.host.lab.TestLab;
import io.drillyard.host.lab.TwoSites;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.MemoryLedger;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A cut stops exactly the peers and ports that it names, both ways, and its undo lets all pass. */
@Tag("lab")
public class CutLabTest {
  /** Cuts pg1 off pg2: first everything, then one port. */
  public static final class Program implements LabEntryPoint {
    @Override
    public int run(Inside inside, List<String> arguments) {
      Environment environment = TwoSites.inMemory();
      LabTestbed yard = LabTestbed.open(environment, inside.image(), inside.disks());
      for (Host host : yard.hosts()) {
        Talk.listen(host, host.name());
      }
      Cluster cluster = new Cluster(yard, environment, environment.serving(), new RunSecrets());
      FaultTargetHosts parts = new FaultTargetHosts(yard, cluster, environment, "postgres", "pg1");
      MemoryLedger ledger = new MemoryLedger();
      Injector injector = new Injector(ledger);
      look(yard, "before");
      injector.inject("whole", NetworkFault.Cut.between(Who.PRIMARY, Who.REPLICAS), parts);
      injector.witness("whole", true);
      look(yard, "whole");
      injector.heal("whole");
      injector.inject(
          "port",
          NetworkFault.Cut.between(Who.PRIMARY, Who.REPLICAS).on(NetworkPlane.REPLICATION),
          parts);
      injector.witness("port", true);
      look(yard, "port");
      injector.heal("port");
      injector.inject(
          "oneway",
          NetworkFault.Cut.between(Who.PRIMARY, Who.REPLICAS).oneWay(NetworkFault.Way.TOWARDS),
          parts);
      injector.witness("oneway", true);
      injector.healAll();
      look(yard, "after");
      for (Event.Witnessed sight : ledger.events(Event.Witnessed.class)) {
        TestLab.tell(
            "sight of " + sight.fault() + " expected " + sight.expected(),
            sight.holds() + " " + sight.detail());
      }
      yard.close();
      return 0;
    }

    private static void look(LabTestbed yard, String when) {
      List.of("pg1 to pg2", "pg2 to pg1", "pg1 to dr1", "dr1 to pg2").parallelStream()
          .forEach(
              pair -> {
                String[] ends = pair.split(" to ");
                Host from = yard.host(ends[0]);
                String address = yard.host(ends[1]).dataAddress();
                String key = when + ": " + pair;
                TestLab.tell(key, Talk.reach(from, address, Talk.PORT, expected(when, pair, true)));
                TestLab.tell(
                    key + ", other port",
                    Talk.reach(from, address, Talk.OTHER_PORT, expected(when, pair, false)));
              });
    }
  }

  /** A cut of ports is one of TCP ports: UDP and ICMP are not in it. */
  private static String expected(String when, String pair, boolean replicationPort) {
    boolean cut = pair.contains("pg1") && pair.contains("pg2");
    if (!cut || when.equals("before") || when.equals("after")) {
      return Talk.ALL;
    }
    if (when.equals("whole")) {
      return Talk.NOTHING;
    }
    return replicationPort ? "icmp udp" : Talk.ALL;
  }

  @Test
  void aCutStopsTheNamedPeersAndPortsOnly() {
    TestLab.check(
        Program.class,
        HangLimit.quietSeconds(15),
        lab -> {
          for (String when : List.of("before", "whole", "port", "after")) {
            for (String pair : List.of("pg1 to pg2", "pg2 to pg1", "pg1 to dr1", "dr1 to pg2")) {
              String key = when + ": " + pair;
              assertThat(lab.get(key)).as(key).isEqualTo(expected(when, pair, true));
              assertThat(lab.get(key + ", other port"))
                  .as(key + ", other port")
                  .isEqualTo(expected(when, pair, false));
            }
          }
          for (String fault : List.of("whole", "port", "oneway")) {
            assertThat(lab.get("sight of " + fault + " expected true")).startsWith("true ");
            assertThat(lab.get("sight of " + fault + " expected false")).startsWith("false ");
          }
        });
  }
}
