package io.drillyard.host.lab;

import io.drillyard.host.CommandResult;
import io.drillyard.host.HostException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Looks whether this machine can hold a lab. Changes nothing. */
public final class LabPrerequisites {
  private static final long LEAST_DISK_MIB = 1024;
  private static final long LEAST_MEMORY_MIB = 3072;

  private final BuildCache cache;

  /** Of that user's cache. */
  public LabPrerequisites(BuildCache cache) {
    this.cache = cache;
  }

  /**
   * One look.
   *
   * @param seen what was found
   * @param remedy what helps when it is not well
   */
  public record Look(String what, boolean well, String seen, String remedy) {}

  /** All looks. */
  public List<Look> look() {
    List<Look> looks = new ArrayList<>();
    for (String program : List.of("unshare", "nsenter", "setsid", "ip", "bridge", "newuidmap")) {
      looks.add(program(program));
    }
    looks.add(namespaces());
    looks.add(built("node image trixie", () -> cache.image("trixie")));
    looks.add(built("servers", cache::servers));
    // Only drills on these stores need them.
    for (String type : List.of("minio", "gcs", "azure")) {
      Look look = built("server of " + type + " stores", () -> cache.store(type));
      looks.add(
          look.well()
              ? look
              : new Look(
                  look.what(),
                  true,
                  "not built; where it is needed: make setup STORES=" + type,
                  ""));
    }
    looks.add(disk());
    looks.add(memory());
    return looks;
  }

  private static Look program(String name) {
    CommandResult found =
        LocalProcess.run(
            List.of("bash", "-c", "PATH=$PATH:/usr/sbin:/sbin command -v " + name),
            null,
            Duration.ofSeconds(5));
    return new Look(
        name, found.ok(), found.ok() ? found.stdout().strip() : "not found", "make setup");
  }

  private static Look namespaces() {
    HarnessUser identity = HarnessUser.current();
    List<String> argv = new ArrayList<>(identity.mapped());
    argv.addAll(List.of("unshare", "--mount", "--net", "--pid", "--fork", "true"));
    CommandResult made = LocalProcess.run(argv, null, Duration.ofSeconds(10));
    return new Look(
        "namespaces as " + identity.word(),
        made.ok(),
        made.ok() ? "a user namespace with mount, network and process spaces" : made.tail(),
        "as root: subordinate ids (make setup as root does it), and sysctl"
            + " kernel.unprivileged_userns_clone=1 where that setting exists");
  }

  private static Look built(String what, Supplier<Path> place) {
    try {
      return new Look(what, true, place.get().toString(), "");
    } catch (HostException e) {
      return new Look(what, false, "not built", "make setup");
    }
  }

  private Look disk() {
    try {
      Path place = cache.folder();
      while (!Files.exists(place)) {
        Path parent = place.getParent();
        if (parent == null) {
          break;
        }
        place = parent;
      }
      FileStore store = Files.getFileStore(place);
      long free = store.getUsableSpace() >> 20;
      return new Look(
          "disk",
          free >= LEAST_DISK_MIB,
          free + " MiB free at " + place,
          "free " + LEAST_DISK_MIB + " MiB, or set DRILLYARD_CACHE to another disk");
    } catch (IOException e) {
      return new Look("disk", false, e.toString(), "set DRILLYARD_CACHE to a readable folder");
    }
  }

  private static Look memory() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
        if (line.startsWith("MemAvailable:")) {
          long free = Long.parseLong(line.replaceAll("\\D", "")) >> 10;
          return new Look(
              "memory",
              free >= LEAST_MEMORY_MIB,
              free + " MiB available",
              "free " + LEAST_MEMORY_MIB + " MiB; one lab at a time needs half of it");
        }
      }
      return new Look("memory", false, "/proc/meminfo says nothing", "a newer kernel");
    } catch (IOException e) {
      return new Look("memory", false, e.toString(), "mount /proc");
    }
  }
}
