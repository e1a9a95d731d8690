package io.drillyard.host.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.HangLimit;
import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A command ends at its limit, inside the host too, and runs as whom it should. */
@Tag("lab")
class CommandLabTest {
  /** Runs commands that end well, badly, and never. */
  static final class Program implements LabEntryPoint {
    @Override
    public int run(Inside inside, List<String> arguments) {
      LabTestbed yard = LabTestbed.open(TwoSites.inMemory(), inside.image(), inside.disks());
      Host pg1 = yard.host("pg1");
      long start = System.nanoTime();
      CommandResult late =
          pg1.attempt(
              Command.sh("echo said; sleep 4711 & sleep 4711").within(Duration.ofSeconds(3)));
      TestLab.tell("late exit", late.exit());
      TestLab.tell("late said", late.stdout());
      TestLab.tell("late ms", (System.nanoTime() - start) / 1_000_000);
      TestLab.tell("left running", pg1.attempt(Command.of("pgrep", "-f", "^sleep 4711")).exit());
      TestLab.tell("status", pg1.attempt(Command.sh("exit 7")).exit());
      TestLab.tell(
          "as postgres", pg1.run(Command.sh("id -un; echo $HOME").as("postgres")).stdout());
      TestLab.tell("environment", pg1.run(Command.of("env")).stdout());
      pg1.write("/etc/secret/key", "a 'quoted' $word\n", "postgres", "0600");
      TestLab.tell("written", pg1.read("/etc/secret/key"));
      TestLab.tell("mode", pg1.run(Command.of("stat", "-c", "%U %a", "/etc/secret/key")).stdout());
      String long1 = "x".repeat(1 << 20);
      TestLab.tell(
          "echo of a MiB", pg1.run(Command.of("cat").reading(long1)).stdout().equals(long1));
      try {
        pg1.run(Command.of("ls", "/nowhere"));
      } catch (io.drillyard.host.HostException e) {
        TestLab.tell("message", String.valueOf(e.getMessage()));
      }
      yard.close();
      return 0;
    }
  }

  @Test
  void aCommandNeverOutlivesItsLimit() {
    TestLab.check(
        Program.class,
        HangLimit.quietSeconds(3),
        lab -> {
          assertThat(lab.get("late exit")).isEqualTo("137");
          assertThat(lab.get("late said")).isEqualTo("said");
          // The command would take 4711 s; a busy machine may need a while to end it.
          assertThat(Long.parseLong(lab.get("late ms")))
              .isBetween(2_950L, HangLimit.quietSeconds(1).duration().toMillis());
          assertThat(lab.get("left running")).isEqualTo("1");
          assertThat(lab.get("status")).isEqualTo("7");
          assertThat(lab.get("as postgres")).isEqualTo("postgres|/var/lib/postgresql");
          assertThat(lab.get("environment").split("\\|"))
              .allSatisfy(line -> assertThat(line).matches("(PATH|HOME|USER|LANG|_)=.*"));
          assertThat(lab.get("written")).isEqualTo("a 'quoted' $word");
          assertThat(lab.get("mode")).isEqualTo("postgres 600");
          assertThat(lab.get("echo of a MiB")).isEqualTo("true");
          assertThat(lab.get("message")).contains("pg1", "ls /nowhere", "status 2", "No such file");
        });
  }
}
