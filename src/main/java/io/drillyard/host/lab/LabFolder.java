package io.drillyard.host.lab;

import io.drillyard.host.HostException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A lab's folder on the machine: what it hands out, and disks that are not in memory.
 *
 * <p>Its owner holds a lock on it. A folder without a holder is a dead lab's, and goes at the next
 * start or by {@code drillyard clean}.
 */
public final class LabFolder {
  private final Path folder;
  private final HarnessUser identity;
  private final FileChannel lock;

  /**
   * Folders that this process holds. Their lock files must not even be opened here: closing any
   * descriptor of a file gives up all of the process's POSIX locks on it (fcntl(2)).
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private LabFolder(Path folder, HarnessUser identity, FileChannel lock) {
    this.folder = folder;
    this.identity = identity;
    this.lock = lock;
  }

  static LabFolder create(Path labs, HarnessUser identity) {
    removeDead(labs);
    // A folder just made is not locked yet: without the door somebody's removeDead could take it.
    return behindDoor(labs, () -> make(labs, identity));
  }

  private static LabFolder make(Path labs, HarnessUser identity) {
    Path folder = labs.resolve(UUID.randomUUID().toString().substring(0, 13));
    try {
      Files.createDirectories(folder);
      FileChannel lock = lock(folder);
      if (lock == null) {
        throw new HostException(folder + " is held by somebody else already");
      }
      LabFolder made = new LabFolder(folder, identity, lock);
      for (Path inner : List.of(made.out(), made.disks())) {
        Files.createDirectories(inner);
        if (identity == HarnessUser.ROOT) {
          Files.setAttribute(inner, "unix:uid", HarnessUser.ROOT_LAB_BASE);
          Files.setAttribute(inner, "unix:gid", HarnessUser.ROOT_LAB_BASE);
        }
        Files.setPosixFilePermissions(inner, PosixFilePermissions.fromString("rwx------"));
      }
      return made;
    } catch (IOException e) {
      throw new HostException("cannot make a lab's folder in " + labs + ": " + e.getMessage(), e);
    }
  }

  /** The folder itself. */
  Path path() {
    return folder;
  }

  /** Where the lab leaves files for its launcher. */
  public Path out() {
    return folder.resolve("out");
  }

  Path disks() {
    return folder.resolve("disks");
  }

  private static @Nullable FileChannel lock(Path folder) throws IOException {
    if (!HELD.add(folder)) {
      return null;
    }
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock held = channel.tryLock();
    if (held != null) {
      return channel;
    }
    channel.close();
    HELD.remove(folder);
    return null;
  }

  /** Removes folders of labs whose launcher is gone; returns them. */
  public static List<Path> removeDead(Path labs) {
    List<Path> removed = new ArrayList<>();
    if (!Files.isDirectory(labs)) {
      return removed;
    }
    List<LabFolder> dead = behindDoor(labs, () -> dead(labs));
    for (LabFolder folder : dead) {
      folder.remove();
      removed.add(folder.folder);
    }
    return removed;
  }

  /** Takes the locks of folders that nobody holds: whoever has a lock may remove. */
  private static List<LabFolder> dead(Path labs) {
    List<LabFolder> dead = new ArrayList<>();
    try (var folders = Files.newDirectoryStream(labs)) {
      for (Path folder : folders) {
        FileChannel lock = lock(folder);
        if (lock != null) {
          dead.add(new LabFolder(folder, HarnessUser.current(), lock));
        }
      }
      return dead;
    } catch (IOException e) {
      throw new HostException("cannot look into " + labs + ": " + e.getMessage(), e);
    }
  }

  /** One at a time, over all processes: making folders, and judging which are dead. */
  private static <T> T behindDoor(Path labs, Supplier<T> act) {
    synchronized (LabFolder.class) {
      try {
        Files.createDirectories(labs);
        Path door = labs.resolveSibling(labs.getFileName() + ".lock");
        try (FileChannel channel =
                FileChannel.open(door, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock held = channel.lock()) {
          if (!held.isValid()) {
            throw new HostException(door + " cannot be locked");
          }
          return act.get();
        }
      } catch (IOException e) {
        throw new HostException("cannot lock " + labs + ": " + e.getMessage(), e);
      }
    }
  }

  /** Removes the folder. Files of a lab's users are removed inside a namespace that maps them. */
  void remove() {
    List<String> argv =
        new ArrayList<>(identity == HarnessUser.ROOT ? List.of() : identity.mapped());
    argv.addAll(List.of("rm", "-rf", "--one-file-system", folder.toString()));
    var result = LocalProcess.run(argv, null, Duration.ofMinutes(2));
    try {
      lock.close();
      HELD.remove(folder);
    } catch (IOException e) {
      throw new HostException("cannot release " + folder, e);
    }
    if (!result.ok()) {
      throw new HostException("cannot remove " + folder + ":\n" + result.tail());
    }
  }
}
