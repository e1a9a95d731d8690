package io.drillyard.host.lab;

import io.drillyard.host.HostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The processes of one host, signalled from the lab around it.
 *
 * <p>From inside it cannot be done: {@code kill -STOP -1} also stops what would have to report that
 * it is done.
 */
final class HostProcesses {
  private static final Path PROC = Path.of("/proc");
  private static final int ROUNDS = 200;

  private final long init;
  private final Path namespace;

  /** Of the host with that init. */
  HostProcesses(long init) {
    this.init = init;
    Path own = link(init, "pid");
    if (own == null) {
      throw new HostException("process " + init + " is gone: its host is off");
    }
    this.namespace = own;
  }

  /** Stops all but init, and returns when none runs: what forks meanwhile is caught by a round. */
  void stop() {
    for (int round = 0; round < ROUNDS; round++) {
      List<String> running = new ArrayList<>();
      for (long pid : all()) {
        if (pid != init && Objects.equals(link(pid, "pid"), namespace) && runs(pid)) {
          running.add(Long.toString(pid));
        }
      }
      if (running.isEmpty()) {
        return;
      }
      signal("STOP", running);
    }
    throw new HostException("processes of the host of init " + init + " could not all be stopped");
  }

  /**
   * Lets all go on, also the ends outside of commands that were under way in the host: they stopped
   * themselves when they saw their child stop.
   */
  void goOn() {
    List<String> pids = new ArrayList<>();
    for (long pid : all()) {
      if (pid != init
          && (Objects.equals(link(pid, "pid"), namespace)
              || Objects.equals(link(pid, "pid_for_children"), namespace))) {
        pids.add(Long.toString(pid));
      }
    }
    signal("CONT", pids);
  }

  private static void signal(String name, List<String> pids) {
    if (!pids.isEmpty()) {
      List<String> argv = new ArrayList<>(List.of("kill", "-" + name));
      argv.addAll(pids);
      // Its status tells only that one of them has ended meanwhile: the next round looks again.
      LocalProcess.run(argv, null, Duration.ofSeconds(5));
    }
  }

  private static List<Long> all() {
    List<Long> pids = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      entries.forEach(e -> pids.add(Long.parseLong(e.getFileName().toString())));
    } catch (IOException e) {
      throw new HostException("cannot read /proc of the lab", e);
    }
    return pids;
  }

  private static @Nullable Path link(long pid, String kind) {
    try {
      return Files.readSymbolicLink(PROC.resolve(pid + "/ns/" + kind));
    } catch (IOException e) {
      return null; // It ended meanwhile.
    }
  }

  private static boolean runs(long pid) {
    try {
      String stat = Files.readString(PROC.resolve(pid + "/stat"));
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      return state != 'T' && state != 'Z' && state != 'X';
    } catch (IOException e) {
      return false;
    }
  }
}
