package io.drillyard.host.lab;

import io.drillyard.host.HostException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A lab that somebody runs, as seen from outside, to look around in its hosts.
 *
 * @param pid the machine's process id of its outermost process
 * @param program what is played in it
 */
public record RunningLab(long pid, String program) {
  private static final String FILE = "running";

  /** Variable of a host's first process that tells which host it is. */
  private static final String HOST = "DRILLYARD_HOST=";

  /** Tells the world about a lab; the file goes with the lab's folder. */
  static void write(Path folder, long pid, String program) throws IOException {
    Files.writeString(folder.resolve(FILE), pid + " " + program + "\n");
  }

  /** Labs of this user that run now, the oldest first. */
  public static List<RunningLab> all(BuildCache cache) {
    List<RunningLab> labs = new ArrayList<>();
    if (!Files.isDirectory(cache.labs())) {
      return labs;
    }
    try (Stream<Path> folders = Files.list(cache.labs())) {
      for (Path folder : folders.toList()) {
        read(folder).filter(lab -> lab.handle().isPresent()).ifPresent(labs::add);
      }
    } catch (IOException e) {
      throw new HostException("cannot look into " + cache.labs() + ": " + e.getMessage(), e);
    }
    labs.sort(Comparator.comparingLong(RunningLab::pid));
    return labs;
  }

  private static java.util.Optional<RunningLab> read(Path folder) throws IOException {
    try {
      String[] words = Files.readString(folder.resolve(FILE)).strip().split(" ", 2);
      return java.util.Optional.of(new RunningLab(Long.parseLong(words[0]), words[1]));
    } catch (NoSuchFileException e) {
      // It is being made, or being removed.
      return java.util.Optional.empty();
    }
  }

  private java.util.Optional<ProcessHandle> handle() {
    return ProcessHandle.of(pid);
  }

  /** Hosts that have power, with the machine's process id of their first process. */
  public Map<String, Long> hosts() {
    Map<String, Long> hosts = new TreeMap<>();
    handle().stream()
        .flatMap(ProcessHandle::descendants)
        .sorted(Comparator.comparing(ProcessHandle::pid))
        .forEach(p -> name(p.pid()).ifPresent(name -> hosts.putIfAbsent(name, p.pid())));
    return hosts;
  }

  /** The host of which a process is the first one. */
  private static java.util.Optional<String> name(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    try {
      String status = Files.readString(process.resolve("status"));
      boolean first =
          status.lines().anyMatch(line -> line.startsWith("NSpid:") && line.endsWith("\t1"));
      if (!first) {
        return java.util.Optional.empty();
      }
      String environment =
          new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.UTF_8);
      return Arrays.stream(environment.split("\0"))
          .filter(v -> v.startsWith(HOST))
          .map(v -> v.substring(HOST.length()))
          .findFirst();
    } catch (IOException e) {
      // It ended meanwhile, or belongs to another user of the lab, which a first process never
      // does.
      return java.util.Optional.empty();
    }
  }

  /**
   * The command line that runs something in a host as its root, on the caller's terminal.
   *
   * @param first the machine's process id of the host's first process
   * @param words the command; empty: a shell
   */
  public static List<String> entering(long first, List<String> words) {
    List<String> argv = new ArrayList<>(List.of("nsenter", "-t", Long.toString(first)));
    if (HarnessUser.current() == HarnessUser.USER) {
      argv.add("--preserve-credentials");
    } else {
      argv.addAll(List.of("-S", "0", "-G", "0"));
    }
    argv.addAll(List.of("-U", "-m", "-n", "-u", "-i", "-p", "-r", "-w", "--"));
    argv.addAll(
        List.of("/usr/bin/env", "-i", "TERM=" + System.getenv().getOrDefault("TERM", "dumb")));
    argv.addAll(
        List.of(
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin",
            "HOME=/root",
            "LANG=C.UTF-8"));
    argv.addAll(words.isEmpty() ? List.of("bash") : words);
    return argv;
  }
}
