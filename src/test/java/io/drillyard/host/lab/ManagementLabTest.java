package io.drillyard.host.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.HangLimit;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The harness reaches every host over management; no host reaches another there. */
@Tag("lab")
class ManagementLabTest {
  /** Tries every way around that a host's own root has. */
  static final class Program implements LabEntryPoint {
    @Override
    public int run(Inside inside, List<String> arguments) {
      LabTestbed yard = LabTestbed.open(TwoSites.inMemory(), inside.image(), inside.disks());
      for (Host host : yard.hosts()) {
        Talk.listen(host, host.name());
        TestLab.tell(
            "harness to " + host.name(),
            Talk.greeting("198.19.255.1", host.managementAddress(), Talk.PORT));
      }
      Host pg1 = yard.host("pg1");
      Host pg2 = yard.host("pg2");
      Host dr1 = yard.host("dr1");
      TestLab.tell("control: data", Talk.reach(pg1, pg2.dataAddress(), Talk.PORT, Talk.ALL));
      tryAll(pg1, pg2, "as it stands");
      tryAll(pg1, dr1, "as it stands, other site");
      Map<String, String> detours =
          Map.of(
              "by the harness", "via 198.19.255.1 dev management",
              "by the router", "via 198.18.1.1 dev eth0",
              "by the peer's data address", "via 198.18.1.12 dev eth0",
              "on the data link", "dev eth0 onlink",
              "on the management link", "dev management onlink");
      detours.forEach(
          (name, way) -> {
            String route = "ip route %s " + pg2.managementAddress() + "/32 " + way;
            TestLab.tell(
                "route " + name, pg1.attempt(Command.sh(route.formatted("replace"))).exit());
            tryAll(pg1, pg2, name);
            pg1.attempt(Command.sh(route.formatted("del")));
          });
      String link =
          pg2.run(Command.sh("ip -6 -o addr show scope link | awk '{print $2, $4}'")).stdout();
      TestLab.tell("link-local addresses", link);
      yard.close();
      return 0;
    }

    private static void tryAll(Host from, Host to, String way) {
      String address = to.managementAddress();
      List.of("-", from.dataAddress(), from.managementAddress()).parallelStream()
          .forEach(
              source ->
                  TestLab.tell(
                      "way " + way + ", bound to " + source,
                      Talk.reach(from, address, Talk.PORT, Talk.NOTHING, source)));
    }
  }

  @Test
  void managementJoinsTheHarnessToHostsAndNoHostToAnother() {
    TestLab.check(
        Program.class,
        HangLimit.quietSeconds(15),
        lab -> {
          for (String host : List.of("pg1", "pg2", "dr1", "repo1")) {
            assertThat(lab.get("harness to " + host)).isEqualTo(host);
          }
          assertThat(lab.get("control: data")).isEqualTo(Talk.ALL);
          assertThat(lab.get("route by the peer's data address")).isEqualTo("0");
          // An IPv6 link-local address would pass every cut, because the inventory knows no IPv6.
          assertThat(lab.get("link-local addresses")).isEmpty();
          lab.said()
              .forEach(
                  (key, passed) -> {
                    if (key.startsWith("way ")) {
                      assertThat(passed).as(key).isEqualTo(Talk.NOTHING);
                    }
                  });
          assertThat(lab.said().keySet()).filteredOn(k -> k.startsWith("way ")).hasSize(21);
        });
  }
}
