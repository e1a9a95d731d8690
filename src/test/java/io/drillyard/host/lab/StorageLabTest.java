package io.drillyard.host.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.HangLimit;
import io.drillyard.declaration.Environment;
import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A volume in memory fills up alone; a disk of the machine is cleared when the lab ends. */
@Tag("lab")
class StorageLabTest {
  private static final int MEBIBYTE = 1 << 20;

  /** Fills the data volume of one host in memory. */
  static final class MemoryProgram implements LabEntryPoint {
    @Override
    public int run(Inside inside, List<String> arguments) {
      Environment environment =
          TwoSites.with(
              new Environment.Storage(
                  "memory", Map.of("data", 32L * MEBIBYTE, "etcd", 16L * MEBIBYTE)));
      LabTestbed yard = LabTestbed.open(environment, inside.image(), inside.disks());
      Host pg1 = yard.host("pg1");
      CommandResult filled = fill(pg1, "/var/lib/postgresql/fill", 48);
      TestLab.tell("fill data", filled.exit() + " " + filled.tail());
      TestLab.tell(
          "size of data",
          pg1.run(Command.of("stat", "-c", "%s", "/var/lib/postgresql/fill")).stdout());
      TestLab.tell("etcd after that", fill(pg1, "/var/lib/etcd/fill", 8).exit());
      TestLab.tell("root after that", fill(pg1, "/etc/fill", 8).exit());
      TestLab.tell("another host", fill(yard.host("pg2"), "/var/lib/postgresql/fill", 8).exit());
      TestLab.tell("statement", yard.storageStatement());
      yard.close();
      return 0;
    }
  }

  /** Writes to a disk of the machine, and closes the yard. */
  static final class DiskProgram implements LabEntryPoint {
    @Override
    public int run(Inside inside, List<String> arguments) throws Exception {
      Environment environment = TwoSites.with(new Environment.Storage("disk", Map.of()));
      LabTestbed yard = LabTestbed.open(environment, inside.image(), inside.disks());
      Host pg1 = yard.host("pg1");
      TestLab.tell("fill data", fill(pg1, "/var/lib/postgresql/fill", 48).exit());
      pg1.run(Command.sh("echo here > /etc/mark; chown postgres /var/lib/postgresql/fill"));
      TestLab.tell("on the disk", Files.size(inside.disks().resolve("pg1/data/fill")));
      TestLab.tell("roots", roots(pg1));
      TestLab.tell("mark after power", pg1.read("/etc/mark"));
      TestLab.tell("statement", yard.storageStatement());
      if (arguments.contains("close")) {
        yard.close();
        try (var left = Files.list(inside.disks())) {
          TestLab.tell("left behind", left.toList());
        }
      }
      return 0;
    }
  }

  /** Where init's root is as soon as a host is said to be on, at a few boots. */
  private static Set<String> roots(Host host) throws IOException {
    Set<String> roots = new HashSet<>();
    for (int boot = 0; boot < 5; boot++) {
      host.power().off();
      host.power().on();
      long init = Objects.requireNonNull(((LabHost) host).pid());
      roots.add(Files.readSymbolicLink(Path.of("/proc/" + init + "/root")).toString());
    }
    return roots;
  }

  private static CommandResult fill(Host host, String file, int mebibytes) {
    return host.attempt(
        Command.of("dd", "if=/dev/zero", "of=" + file, "bs=1M", "count=" + mebibytes));
  }

  @Test
  void aFullDataVolumeLeavesTheOthersWritable() {
    TestLab.check(
        MemoryProgram.class,
        HangLimit.quietSeconds(3),
        lab -> {
          assertThat(lab.get("fill data")).startsWith("1 ").contains("No space left on device");
          assertThat(Long.parseLong(lab.get("size of data"))).isLessThanOrEqualTo(32L * MEBIBYTE);
          assertThat(lab.get("etcd after that")).isEqualTo("0");
          assertThat(lab.get("root after that")).isEqualTo("0");
          assertThat(lab.get("another host")).isEqualTo("0");
          assertThat(lab.get("statement")).contains("data 32 MiB, etcd 16 MiB").contains("tmpfs");
        });
  }

  @Test
  void aDiskSurvivesPowerAndIsRemovedWithItsYard() {
    TestLab.check(
        DiskProgram.class,
        HangLimit.quietSeconds(3),
        lab -> {
          assertThat(lab.get("fill data")).isEqualTo("0");
          assertThat(lab.get("on the disk")).isEqualTo(Integer.toString(48 * MEBIBYTE));
          // Whoever entered while it is the lab's would read and write there.
          assertThat(lab.get("roots")).isEqualTo("[/run/lab/hosts/pg1/merged]");
          assertThat(lab.get("mark after power")).isEqualTo("here");
          assertThat(lab.get("statement")).contains("a disk of the machine");
          assertThat(lab.get("left behind")).isEqualTo("[]");
        },
        "close");
  }

  @Test
  void aDiskIsRemovedWithItsLabAlsoWhenNobodyClosedTheYard(@TempDir Path folder) {
    LabLauncher launcher = TestLab.launcher(folder);
    TestLab.check(
        launcher,
        DiskProgram.class,
        HangLimit.quietSeconds(3),
        lab -> assertThat(lab.get("fill data")).isEqualTo("0"),
        "leave");
    assertThat(launcher.cache().labs()).isEmptyDirectory();
  }
}
