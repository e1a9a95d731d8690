package io.drillyard.host.lab;

import io.drillyard.HangLimit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a test sees of the machine around its labs: processes, namespaces, interfaces, mounts. */
final class Machine {
  private static final HangLimit LIMIT = HangLimit.quietSeconds(1);

  private Machine() {}

  /** Interfaces, mounts and packet filters of the machine's own namespaces. */
  static List<String> surroundings() throws IOException {
    List<String> all = new ArrayList<>();
    all.add(LocalProcess.run(List.of("ip", "-o", "link"), null, LIMIT.duration()).stdout());
    all.add(LocalProcess.run(List.of("ip", "rule"), null, LIMIT.duration()).stdout());
    all.add(Files.readString(Path.of("/proc/self/mountinfo")));
    for (String place : List.of("/usr/sbin/nft", "/sbin/nft")) {
      if (Files.isExecutable(Path.of(place))) {
        all.add(
            LocalProcess.run(List.of(place, "list", "ruleset"), null, LIMIT.duration()).stdout());
        break;
      }
    }
    return all;
  }

  /** Every process. */
  static List<Long> processes() throws IOException {
    List<Long> pids = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      entries.forEach(e -> pids.add(Long.parseLong(e.getFileName().toString())));
    }
    return pids;
  }

  /** The processes below one, and itself. */
  static List<Long> tree(long root) throws IOException {
    List<Long> tree = new ArrayList<>(List.of(root));
    List<Long> all = processes();
    for (int i = 0; i < tree.size(); i++) {
      for (long pid : all) {
        if (parent(pid) == tree.get(i)) {
          tree.add(pid);
        }
      }
    }
    return tree;
  }

  /** Namespaces of these processes that are not this process's own. */
  static Set<String> namespaces(List<Long> pids) {
    Set<String> spaces = new HashSet<>();
    for (long pid : pids) {
      for (String kind : List.of("pid", "mnt", "net")) {
        String space = namespace(pid, kind);
        if (space != null && !space.equals(namespace(ProcessHandle.current().pid(), kind))) {
          spaces.add(space);
        }
      }
    }
    return spaces;
  }

  /**
   * Processes in one of these namespaces, or with the token among their words. One that has ended
   * and waits for the machine's init to take note holds nothing any more and does not count.
   */
  static List<String> belonging(Set<String> namespaces, String token) throws IOException {
    List<String> belonging = new ArrayList<>();
    for (long pid : processes()) {
      String words = words(pid);
      boolean inside =
          List.of("pid", "mnt", "net").stream().anyMatch(k -> contains(namespaces, pid, k));
      if ((inside || words.contains(token)) && !ended(pid)) {
        belonging.add(pid + " " + words);
      }
    }
    return belonging;
  }

  private static boolean contains(Set<String> namespaces, long pid, String kind) {
    String space = namespace(pid, kind);
    return space != null && namespaces.contains(space);
  }

  private static @Nullable String namespace(long pid, String kind) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/" + kind)).toString();
    } catch (IOException e) {
      return null;
    }
  }

  /** The words of a process; empty when it is gone. */
  static String words(long pid) {
    try {
      byte[] line = Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline"));
      return new String(line, StandardCharsets.UTF_8).replace('\0', ' ');
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * How many process namespaces deep it lives; 1 is the machine's own, as far as seen from here.
   */
  static int depth(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("NSpid:")) {
          return line.split("\\s+").length - 1;
        }
      }
    } catch (IOException e) {
      // It is gone.
    }
    return 0;
  }

  private static long parent(long pid) {
    String stat = stat(pid);
    return stat.isEmpty() ? -1 : Long.parseLong(stat.split(" ")[1]);
  }

  private static boolean ended(long pid) {
    String stat = stat(pid);
    return stat.isEmpty() || stat.startsWith("Z") || stat.startsWith("X");
  }

  /** State, parent and so on; empty when the process is gone. */
  private static String stat(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.substring(stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return "";
    }
  }
}
