package io.drillyard.host.lab;

import io.drillyard.declaration.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The hosts' disks: they are made once and outlive every power cut. */
final class LabDisks {
  /** Volumes of their own, so that each can fill up alone. */
  private static final Map<String, String> VOLUMES =
      Map.of("data", "/var/lib/postgresql", "etcd", "/var/lib/etcd", "objects", "/srv/objects");

  /** Volumes that only exist where they are declared. */
  private static final Map<String, String> ON_DEMAND =
      Map.of("wal", "/var/lib/pgwal", "spool", "/var/spool/pgbackrest");

  private static final long DEFAULT_LIMIT = 512L << 20;

  private final Environment.Storage storage;
  private final Path mounts;
  private final Path diskFolder;

  LabDisks(Environment.Storage storage, Path mounts, Path diskFolder) {
    this.storage = storage;
    this.mounts = mounts;
    this.diskFolder = diskFolder;
  }

  private boolean inMemory() {
    return storage.kind().equals("memory");
  }

  /** Makes a host's disk with name resolution by files already on it; returns its folder. */
  Path make(String host, Environment environment) {
    Path folder = mounts.resolve(host);
    try {
      Files.createDirectories(folder.resolve("merged"));
      volume(folder, host, "root");
      Files.createDirectories(folder.resolve("root/upper/etc"));
      Files.createDirectories(folder.resolve("root/work"));
      Map<String, String> volumes = new HashMap<>(VOLUMES);
      ON_DEMAND.forEach(
          (name, at) -> {
            if (storage.limits().containsKey(name)) {
              volumes.put(name, at);
            }
          });
      for (Map.Entry<String, String> volume : volumes.entrySet()) {
        volume(folder.resolve("volumes"), host, volume.getKey());
        Files.writeString(
            folder.resolve("volumes/" + volume.getKey() + ".path"), volume.getValue());
      }
      Path etc = folder.resolve("root/upper/etc");
      Files.writeString(etc.resolve("hosts"), names(environment));
      Files.writeString(etc.resolve("hostname"), host + "\n");
      Files.writeString(etc.resolve("resolv.conf"), "");
      Files.writeString(
          etc.resolve("nsswitch.conf"),
          "passwd: files\ngroup: files\nshadow: files\nhosts: files\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  private void volume(Path parent, String host, String name) throws IOException {
    Path place = parent.resolve(name);
    Files.createDirectories(place);
    if (inMemory()) {
      long limit = storage.limits().getOrDefault(name, DEFAULT_LIMIT);
      LabResources.must(
          List.of(
              "mount", "-t", "tmpfs", "-o", "mode=755,size=" + limit, "tmpfs", place.toString()),
          null);
    } else {
      Path disk = diskFolder.resolve(host).resolve(name);
      Files.createDirectories(disk);
      LabResources.must(List.of("mount", "--bind", disk.toString(), place.toString()), null);
    }
  }

  private static String names(Environment environment) {
    return "127.0.0.1 localhost\n"
        + environment.repositories().stream()
            .map(r -> environment.inventory().host(r.host()).address() + " " + r.endpoint() + "\n")
            .collect(Collectors.joining())
        + environment.inventory().sites().stream()
            .flatMap(s -> s.hosts().stream())
            .map(h -> h.address() + " " + h.name() + "\n")
            .collect(Collectors.joining());
  }

  /** Takes the volumes of all hosts away, and their files where they are not in memory. */
  void remove() {
    LabResources.must(
        List.of(
            "bash",
            "-c",
            "awk -v at=\"$0/\" 'index($2, at) == 1 {print $2}' /proc/mounts | tac | xargs -r umount -l; rm -rf \"$0\"",
            mounts.toString()),
        null);
    if (!inMemory()) {
      LocalProcess.run(
          List.of("rm", "-rf", "--one-file-system", diskFolder.toString() + "/"),
          null,
          Duration.ofMinutes(1));
    }
  }

  String statement() {
    String where;
    if (inMemory()) {
      String limits =
          storage.limits().entrySet().stream()
              .sorted(Map.Entry.comparingByKey())
              .map(e -> e.getKey() + " " + (e.getValue() >> 20) + " MiB")
              .collect(Collectors.joining(", "));
      where = "memory (tmpfs; limits per volume and host: " + limits + ")";
    } else {
      where = "a disk of the machine (" + LabTestbed.fileSystem(diskFolder) + ", no size limits)";
    }
    return "Nodes and repository lie on "
        + where
        + ", all on one machine. A host's power-off kills its processes and silences its links; what"
        + " they had written to the page cache survives. This proves failover, recovery and the"
        + " order of events; it does not prove the durability of fsync, nor the speed of real disks,"
        + " nor that sites fail independently.";
  }
}
