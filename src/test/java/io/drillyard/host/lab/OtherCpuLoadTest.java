package io.drillyard.host.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.host.lab.OtherCpuLoad.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherCpuLoadTest {
  private static void write(Path proc, String file, String text) throws IOException {
    Path path = proc.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @Test
  void whatNobodyInTheLabUsedWasTakenByOthers() {
    Sample from = new Sample(10_000, 4000, 500L);

    assertThat(Sample.taken(from, new Sample(25_000, 9000, 90_000L)))
        .isEqualTo(Duration.ofSeconds(10));
    // Nobody waited for longer than that.
    assertThat(Sample.taken(from, new Sample(25_000, 9000, 2500L)))
        .isEqualTo(Duration.ofSeconds(2));
    // A kernel that keeps no pressure figures.
    assertThat(Sample.taken(new Sample(0, 0, null), new Sample(25_000, 9000, 2500L)))
        .isEqualTo(Duration.ofSeconds(16));
    // Ticks are coarse: the lab alone may seem to have used more than the machine.
    assertThat(Sample.taken(from, new Sample(10_010, 4030, 900L))).isZero();
  }

  @Test
  void readsWhatTheKernelWrites(@TempDir Path proc) throws IOException {
    // user nice system idle iowait irq softirq steal guest guest_nice
    write(proc, "stat", "cpu  100 20 30 99999 88888 4 5 6 70 8\ncpu0 1 1 1 1 1 1 1 1 1 1\n");
    write(
        proc,
        "pressure/cpu",
        "some avg10=1.00 avg60=0.50 avg300=0.10 total=2500999\nfull total=7\n");
    write(proc, "1/stat", "1 (init) S 0 1 1 0 -1 4 1 2 3 4 11 12 13 14 20 0 1 0 5\n");
    write(proc, "42/stat", "42 (a) b) (c) R 1 1 1 0 -1 4 1 2 3 4 100 200 0 0 20 0 1 0 5\n");
    write(proc, "sys/stat", "no process\n");
    Files.createDirectories(proc.resolve("43"));

    assertThat(OtherCpuLoad.look(proc)).isEqualTo(new Sample(1650, 3500, 2500L));
  }

  @Test
  void aKernelThatTellsNothingTakesNothing(@TempDir Path proc) {
    Sample nothing = OtherCpuLoad.look(proc.resolve("none"));

    assertThat(nothing).isEqualTo(new Sample(0, 0, null));
    assertThat(Sample.taken(nothing, nothing)).isZero();
  }

  @Test
  void thisMachineTellsIt() {
    assertThat(OtherCpuLoad.start().taken()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
    assertThat(OtherCpuLoad.look(Path.of("/proc")).busyMs()).isPositive();
    assertThat(OtherCpuLoad.look(Path.of("/proc")).ownMs()).isPositive();
  }
}
