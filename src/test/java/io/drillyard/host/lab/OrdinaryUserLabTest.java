package io.drillyard.host.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.HangLimit;
import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An ordinary user with subordinate ids gets the same lab as root, and no more power. */
@Tag("lab")
class OrdinaryUserLabTest {
  private static final String USER = "drillyard-test";

  /** Boots hosts, cuts and heals, and tries to touch the machine. */
  static final class Program implements LabEntryPoint {
    @Override
    public int run(Inside inside, List<String> arguments) {
      LabTestbed yard = LabTestbed.open(TwoSites.inMemory(), inside.image(), inside.disks());
      Host pg1 = yard.host("pg1");
      Host dr1 = yard.host("dr1");
      Talk.listen(pg1, "pg1");
      TestLab.tell("before", Talk.reach(dr1, pg1.dataAddress(), Talk.PORT, Talk.ALL));
      yard.router().run(Command.of("ip", "link", "set", "to-" + TwoSites.CLOUD, "down"));
      TestLab.tell("during", Talk.reach(dr1, pg1.dataAddress(), Talk.PORT, Talk.NOTHING));
      yard.router().run(Command.of("ip", "link", "set", "to-" + TwoSites.CLOUD, "up"));
      TestLab.tell("after", Talk.reach(dr1, pg1.dataAddress(), Talk.PORT, Talk.ALL));
      pg1.power().off();
      pg1.power().on();
      Talk.awaitServer(pg1);
      TestLab.tell("postgres", pg1.run(Command.of("id", "-un").as("postgres")).stdout());
      TestLab.tell("clock", pg1.attempt(Command.of("date", "-s", "2000-01-01")).tail());
      TestLab.tell("device", pg1.attempt(Command.of("mknod", "/root/d", "b", "254", "0")).tail());
      String map = pg1.read("/proc/self/uid_map");
      TestLab.tell("mapping", map.strip().replaceAll("[ \n]+", " "));
      yard.close();
      return 0;
    }
  }

  @Test
  void theSameLabRunsForAnOrdinaryUser() throws Exception {
    Map<String, String> said = new LinkedHashMap<>();
    String own;
    if (HarnessUser.current() == HarnessUser.ROOT) {
      CommandResult result = asUser();
      assertThat(result.exit())
          .as("a lab of the user " + USER + ": " + result.stdout() + result.stderr())
          .isZero();
      for (String line : result.stdout().lines().filter(l -> l.contains("=")).toList()) {
        said.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
      }
      own =
          LocalProcess.run(List.of("id", "-u", USER), null, HangLimit.quietSeconds(1).duration())
              .stdout()
              .strip();
      assertThat(own).isNotEqualTo("0");
    } else {
      TestLab.check(Program.class, HangLimit.quietSeconds(5), lab -> said.putAll(lab.said()));
      own = String.valueOf(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }
    assertThat(said)
        .containsEntry("before", Talk.ALL)
        .containsEntry("during", Talk.NOTHING)
        .containsEntry("after", Talk.ALL)
        .containsEntry("postgres", "postgres");
    assertThat(said.get("clock")).contains("Operation not permitted");
    assertThat(said.get("device")).contains("Operation not permitted");
    // Inside, user 0 is the user itself; everybody else is one of its subordinate ids.
    assertThat(said.get("mapping")).matches("0 0 1 1 1 65536|0 " + own + " 1 1 \\d+ \\d+");
  }

  private static CommandResult asUser() {
    return LocalProcess.run(
        List.of(
            "src/setup/as-user",
            USER,
            "--",
            "java",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            "target/classes:target/test-classes:target/lib/*",
            TestLab.class.getName(),
            "target/test-labs",
            "target/told",
            Program.class.getName()),
        null,
        HangLimit.quietSeconds(60).duration());
  }
}
