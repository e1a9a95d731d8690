package io.drillyard.host.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.HangLimit;
import io.drillyard.cluster.BoundedWait;
import io.drillyard.cluster.HostService;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Power-off is silent, the disk survives it, and services start on boot unless told not to. */
@Tag("lab")
class PowerLabTest {
  private static final HangLimit SOON = HangLimit.quietSeconds(1);

  /** Cuts one host's power while peers are connected; kills a mere process as the control. */
  static final class PowerProgram implements LabEntryPoint {
    @Override
    public int run(Inside inside, List<String> arguments) throws Exception {
      LabTestbed yard = LabTestbed.open(TwoSites.inMemory(), inside.image(), inside.disks());
      Host pg1 = yard.host("pg1");
      Host pg2 = yard.host("pg2");
      HostService server = Talk.listen(pg1, "pg1");
      HostService other = Talk.listen(pg2, "pg2");
      pg1.run(
          Command.sh(
              "for d in /etc /var/lib/postgresql /var/lib/etcd /tmp /run; do : > $d/m; done"));
      killOne(yard, pg2, other);
      cutPower(yard, pg1);
      pg1.power().on();
      Talk.awaitServer(pg1);
      TestLab.tell("server after boot", server.pid().isPresent());
      TestLab.tell(
          "marks",
          pg1.attempt(Command.sh("ls /etc/m /var/lib/*/m /tmp/m /run/m 2>/dev/null")).stdout());
      TestLab.tell("reach", Talk.reach(pg2, pg1.dataAddress(), Talk.PORT, Talk.ALL));
      pg1.power().off();
      pg1.power().maintenanceBoot(true);
      pg1.power().on();
      // A service that would start does so at once; the process table is looked at after a while.
      Thread.sleep(300);
      TestLab.tell(
          "processes in maintenance",
          pg1.run(Command.sh("pgrep -fc '[s]erver.py'; true")).stdout());
      pg1.power().off();
      pg1.power().maintenanceBoot(false);
      pg1.power().on();
      Talk.awaitServer(pg1);
      TestLab.tell("server after maintenance", server.pid().isPresent());
      yard.close();
      return 0;
    }

    private static void killOne(LabTestbed yard, Host host, HostService service) throws Exception {
      String client = yard.clientAddress(TwoSites.ONPREM);
      try (Socket socket = greeted(client, host.dataAddress())) {
        host.run(Command.of("kill", "-KILL", Integer.toString(service.pid().orElseThrow())));
        TestLab.tell("control: killed process", Talk.ending(socket));
      }
    }

    private static void cutPower(LabTestbed yard, Host host) throws Exception {
      String client = yard.clientAddress(TwoSites.ONPREM);
      try (var threads = Executors.newVirtualThreadPerTaskExecutor();
          Socket overData = greeted(client, host.dataAddress());
          Socket overManagement = greeted("198.19.255.1", host.managementAddress())) {
        String script =
            "exec 3<>/dev/tcp/%s/%d; read -u 3; echo ready > /run/ready; read -t 2.5 -u 3; echo $?"
                .formatted(host.dataAddress(), Talk.PORT);
        Host peer = yard.host("pg2");
        Future<String> byPeer = threads.submit(() -> peer.run(Command.sh(script)).stdout().strip());
        while (!peer.attempt(Command.of("test", "-e", "/run/ready")).ok()) {
          Thread.onSpinWait();
        }
        host.power().off();
        Future<String> byData = threads.submit(() -> Talk.silence(overData));
        Future<String> byManagement = threads.submit(() -> Talk.silence(overManagement));
        TestLab.tell("off over data", byData.get());
        TestLab.tell("off over management", byManagement.get());
        TestLab.tell("off seen by peer", byPeer.get());
        TestLab.tell("command while off", attempt(host));
      }
    }

    private static Socket greeted(String own, String address) throws Exception {
      Socket socket = Talk.connect(own, address, Talk.PORT);
      int next = socket.getInputStream().read();
      while (next >= 0 && next != '\n') {
        next = socket.getInputStream().read();
      }
      return socket;
    }

    private static String attempt(Host host) {
      try {
        return "ran: " + host.attempt(Command.of("true"));
      } catch (io.drillyard.host.HostException e) {
        return String.valueOf(e.getMessage());
      }
    }
  }

  @Test
  void aPowerCutIsSilentAndTheDiskSurvives() {
    TestLab.check(
        PowerProgram.class,
        HangLimit.quietSeconds(10),
        lab -> {
          assertThat(lab.get("control: killed process")).isIn("end of stream", "reset");
          assertThat(lab.get("off over data")).isEqualTo("silence");
          assertThat(lab.get("off over management")).isEqualTo("silence");
          // bash's read ends with more than 128 when its time is over, and with 1 at an end of
          // stream.
          assertThat(Integer.parseInt(lab.get("off seen by peer"))).isGreaterThan(128);
          assertThat(lab.get("command while off")).startsWith("pg1 is off");
          assertThat(lab.get("server after boot")).isEqualTo("true");
          assertThat(lab.get("marks").split("\\|"))
              .containsExactlyInAnyOrder("/etc/m", "/var/lib/postgresql/m", "/var/lib/etcd/m");
          assertThat(lab.get("reach")).isEqualTo(Talk.ALL);
          assertThat(lab.get("processes in maintenance")).isEqualTo("0");
          assertThat(lab.get("server after maintenance")).isEqualTo("true");
        });
  }

  /** Pauses a host that works, with a command under way in it. */
  static final class PauseProgram implements LabEntryPoint {
    private static final String COUNT = "while :; do echo $((++n)) > /run/count; sleep 0.02; done";

    @Override
    public int run(Inside inside, List<String> arguments) throws Exception {
      LabTestbed yard = LabTestbed.open(TwoSites.inMemory(), inside.image(), inside.disks());
      Host pg1 = yard.host("pg1");
      new HostService(pg1, "40-count", "root", List.of("/bin/bash", "-c", COUNT)).install();
      BoundedWait.until(
          "it counts",
          SOON.duration(),
          () -> pg1.attempt(Command.of("test", "-s", "/run/count")).ok(),
          () -> "it does not");
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<Integer> underWay =
            threads.submit(() -> pg1.attempt(Command.sh("sleep 0.4; exit 7")).exit());
        Thread.sleep(100);
        long start = System.nanoTime();
        pg1.power().pause();
        TestLab.tell("pause ms", (System.nanoTime() - start) / 1_000_000);
        String first = pg1.read("/run/count");
        Thread.sleep(500);
        TestLab.tell("stood still", first.equals(pg1.read("/run/count")));
        TestLab.tell("on while paused", pg1.power().isOn());
        TestLab.tell(
            "icmp while paused", Talk.reach(yard.host("pg2"), pg1.dataAddress(), 1, "icmp"));
        start = System.nanoTime();
        pg1.power().resume();
        TestLab.tell("resume ms", (System.nanoTime() - start) / 1_000_000);
        TestLab.tell(
            "goes on",
            BoundedWait.quietly(SOON.duration(), () -> !first.equals(pg1.read("/run/count"))));
        TestLab.tell("command under way", underWay.get());
      }
      pg1.power().pause();
      long start = System.nanoTime();
      pg1.power().off();
      TestLab.tell("off while paused ms", (System.nanoTime() - start) / 1_000_000);
      pg1.power().on();
      TestLab.tell("on again", pg1.attempt(Command.of("true")).ok());
      yard.close();
      return 0;
    }
  }

  @Test
  void aPausedHostStandsStillAndGoesOn() {
    TestLab.check(
        PauseProgram.class,
        HangLimit.quietSeconds(10),
        lab -> {
          assertThat(lab.get("stood still")).isEqualTo("true");
          assertThat(lab.get("on while paused")).isEqualTo("true");
          assertThat(lab.get("icmp while paused")).isEqualTo("icmp");
          assertThat(lab.get("goes on")).isEqualTo("true");
          assertThat(lab.get("command under way")).isEqualTo("7");
          assertThat(lab.get("on again")).isEqualTo("true");
          for (String step : List.of("pause ms", "resume ms", "off while paused ms")) {
            assertThat(Long.parseLong(lab.get(step)))
                .as(step)
                .isLessThan(SOON.duration().toMillis());
          }
        });
  }
}
