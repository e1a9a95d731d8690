package io.drillyard.host.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.HangLimit;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A site's link that goes down stops traffic between the sites, and clients on the wrong side. */
@Tag("lab")
class SiteCutLabTest {
  private static final List<String> CROSSING = List.of("dr1 to pg1", "pg1 to dr1");

  /** Looks before, during and after a cut. */
  static final class Program implements LabEntryPoint {
    @Override
    public int run(Inside inside, List<String> arguments) {
      LabTestbed yard = LabTestbed.open(TwoSites.inMemory(), inside.image(), inside.disks());
      for (Host host : yard.hosts()) {
        Talk.listen(host, host.name());
      }
      look(yard, "before");
      yard.router().run(Command.of("ip", "link", "set", "to-" + TwoSites.CLOUD, "down"));
      look(yard, "during");
      yard.router().run(Command.of("ip", "link", "set", "to-" + TwoSites.CLOUD, "up"));
      look(yard, "after");
      yard.close();
      return 0;
    }

    private static String across(boolean cut, String client, String address) {
      return cut
          ? Talk.noGreeting(client, address, Talk.PORT)
          : Talk.greeting(client, address, Talk.PORT);
    }

    private static void look(LabTestbed yard, String when) {
      boolean cut = when.equals("during");
      String pg1 = yard.host("pg1").dataAddress();
      String dr1 = yard.host("dr1").dataAddress();
      String onprem = yard.clientAddress(TwoSites.ONPREM);
      String cloud = yard.clientAddress(TwoSites.CLOUD);
      List.of("dr1 to pg1", "pg1 to dr1", "pg2 to pg1", "repo1 to dr1").parallelStream()
          .forEach(
              pair -> {
                String[] ends = pair.split(" to ");
                String address = yard.host(ends[1]).dataAddress();
                String expected = cut && CROSSING.contains(pair) ? Talk.NOTHING : Talk.ALL;
                TestLab.tell(
                    when + " " + pair,
                    Talk.reach(yard.host(ends[0]), address, Talk.PORT, expected));
              });
      TestLab.tell(when + " onprem client to pg1", Talk.greeting(onprem, pg1, Talk.PORT));
      TestLab.tell(when + " cloud client to pg1", across(cut, cloud, pg1));
      TestLab.tell(when + " onprem client to dr1", across(cut, onprem, dr1));
      TestLab.tell(when + " cloud client to dr1", Talk.greeting(cloud, dr1, Talk.PORT));
      for (Host host : yard.hosts()) {
        TestLab.tell(when + " management of " + host.name(), host.read("/etc/hostname"));
      }
    }
  }

  @Test
  void aCutBetweenSitesStopsExactlyWhatCrossesIt() {
    TestLab.check(
        Program.class,
        HangLimit.quietSeconds(6),
        lab -> {
          for (String when : List.of("before", "after")) {
            for (String pair : List.of("dr1 to pg1", "pg1 to dr1", "pg2 to pg1", "repo1 to dr1")) {
              assertThat(lab.get(when + " " + pair)).as(when + " " + pair).isEqualTo(Talk.ALL);
            }
            for (String client : List.of("onprem client", "cloud client")) {
              assertThat(lab.get(when + " " + client + " to pg1")).isEqualTo("pg1");
              assertThat(lab.get(when + " " + client + " to dr1")).isEqualTo("dr1");
            }
          }
          assertThat(lab.get("during dr1 to pg1")).isEqualTo(Talk.NOTHING);
          assertThat(lab.get("during pg1 to dr1")).isEqualTo(Talk.NOTHING);
          assertThat(lab.get("during cloud client to pg1")).startsWith("no:");
          assertThat(lab.get("during onprem client to dr1")).startsWith("no:");
          assertThat(lab.get("during pg2 to pg1")).isEqualTo(Talk.ALL);
          assertThat(lab.get("during repo1 to dr1")).isEqualTo(Talk.ALL);
          assertThat(lab.get("during onprem client to pg1")).isEqualTo("pg1");
          assertThat(lab.get("during cloud client to dr1")).isEqualTo("dr1");
          assertThat(lab.get("during management of dr1")).isEqualTo("dr1");
          assertThat(lab.get("during management of pg1")).isEqualTo("pg1");
        });
  }
}
