package io.drillyard.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Files that pgBackRest 2.55 and PostgreSQL 17 wrote, of a source with two timelines. */
public final class Sample {
  private Sample() {}

  /** A file's text. */
  public static String text(String name) {
    try (InputStream in = Sample.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no sample " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sample's backups. */
  public static BackupInfo backups() {
    return BackupInfo.of(InfoFile.parse("backup.info", text("backup.info")));
  }
}
