package io.drillyard.host.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the rest of the machine took from a lab while something was timed in it: the processor time
 * that nobody in the lab used (a hypervisor's steal is among it), but never more than the time for
 * which somebody on the machine waited for a processor, where the kernel tells that.
 *
 * <p>Sources: {@code /proc/stat} (ticks of all processors), {@code /proc/PID/stat} of every process
 * of the lab with its ended and awaited children, {@code /proc/pressure/cpu} (proc(5); the kernel's
 * Documentation/accounting/psi.rst). A lab sees its own processes alone.
 */
public final class OtherCpuLoad {
  /** The kernel's USER_HZ, which is 100 on every architecture that runs here. */
  private static final long TICK_MS = 10;

  /** Fields of {@code /proc/PID/stat} behind the name, from 0: utime, stime, cutime, cstime. */
  private static final int UTIME = 11;

  private static final int OWN_FIELDS = 4;

  /** Fields of the line "cpu" that are no work: idle and waiting for a disk. */
  private static final List<Integer> IDLE = List.of(3, 4);

  /** Behind them stand guests' times, which are counted in "user" already. */
  private static final int BUSY_FIELDS = 8;

  private final Sample start;

  private OtherCpuLoad(Sample start) {
    this.start = start;
  }

  /** One look. Milliseconds since some beginning; no pressure where the kernel keeps none. */
  record Sample(long busyMs, long ownMs, @Nullable Long waitedMs) {
    /** What was taken between two looks: a bound, never negative. */
    static Duration taken(Sample from, Sample to) {
      long foreign = Math.max(0, (to.busyMs - from.busyMs) - (to.ownMs - from.ownMs));
      Long before = from.waitedMs;
      Long after = to.waitedMs;
      return Duration.ofMillis(
          before == null || after == null ? foreign : Math.min(foreign, after - before));
    }
  }

  /** Begins to count. */
  public static OtherCpuLoad start() {
    return new OtherCpuLoad(look(Path.of("/proc")));
  }

  /** By how much, at the most, what ran in the lab since the start was held up by others. */
  public Duration taken() {
    return Sample.taken(start, look(Path.of("/proc")));
  }

  /** Looks below a folder that is laid out as {@code /proc}; what cannot be read counts as 0. */
  static Sample look(Path proc) {
    long own;
    try (Stream<Path> all = Files.list(proc)) {
      own =
          all.filter(p -> p.getFileName().toString().chars().allMatch(Character::isDigit))
              .flatMap(p -> read(p.resolve("stat")).stream())
              .mapToLong(OtherCpuLoad::ownTicks)
              .sum();
    } catch (IOException e) {
      own = 0;
    }
    long busy = read(proc.resolve("stat")).map(OtherCpuLoad::busyTicks).orElse(0L);
    return new Sample(
        busy * TICK_MS,
        own * TICK_MS,
        read(proc.resolve("pressure/cpu")).map(OtherCpuLoad::waitedMs).orElse(null));
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException gone) {
      // A process that ended since it was listed; a kernel without pressure figures.
      return Optional.empty();
    }
  }

  /** The name may hold blanks and parentheses: the last one ends it. */
  private static long ownTicks(String stat) {
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).strip().split(" "));
    return fields.stream().skip(UTIME).limit(OWN_FIELDS).mapToLong(Long::parseLong).sum();
  }

  private static long busyTicks(String stat) {
    List<String> fields =
        List.of(stat.lines().findFirst().orElse("cpu").strip().split("\\s+")).stream()
            .skip(1)
            .toList();
    long sum = 0;
    for (int i = 0; i < Math.min(BUSY_FIELDS, fields.size()); i++) {
      sum += IDLE.contains(i) ? 0 : Long.parseLong(fields.get(i));
    }
    return sum;
  }

  private static @Nullable Long waitedMs(String pressure) {
    return pressure
        .lines()
        .filter(line -> line.startsWith("some "))
        .map(line -> Long.parseLong(line.substring(line.indexOf("total=") + 6).strip()) / 1000)
        .findFirst()
        .orElse(null);
  }
}
