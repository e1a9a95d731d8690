package io.drillyard.play.restore;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs in an older minor version than Debian's. */
final class OlderPostgres {
  /** The version. */
  static final String VERSION = "17.5";

  private static final List<String> NAMES =
      List.of("/postgres-linux-x86_64.txz", "/postgres-linux-arm_64.txz");

  private OlderPostgres() {}

  /** Copies what was unpacked, as it is. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(
            file,
            to.resolve(from.relativize(file).toString()),
            StandardCopyOption.COPY_ATTRIBUTES,
            LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  /** Unpacks them into a folder, for everybody to run; again only if it is not there. */
  static void unpack(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path fresh = folder.resolveSibling(folder.getFileName() + "-" + ProcessHandle.current().pid());
    into(fresh);
    Files.move(fresh, folder);
  }

  private static void into(Path folder) throws IOException {
    URL packed =
        NAMES.stream()
            .map(OlderPostgres.class::getResource)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow();
    try (InputStream in = packed.openStream();
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(in)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path place = folder.resolve(entry.getName()).normalize();
        if (!place.startsWith(folder)) {
          throw new IOException(entry.getName() + " lies outside the folder");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(place);
          continue;
        }
        Files.createDirectories(Objects.requireNonNull(place.getParent()));
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(place, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, place);
          Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
      }
    }
  }
}
