package io.drillyard.evidence.purge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Records of purges as JSON, and what the labs that plan and purge leave. */
public final class BackupPurgeJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private BackupPurgeJson() {}

  /** As text. */
  public static String write(Object value) {
    return MAPPER.writeValueAsString(value) + "\n";
  }

  /**
   * A record, of a format that is known here.
   *
   * @throws RuntimeException when it is none
   */
  public static BackupPurgeRecord readRecord(Path file) {
    BackupPurgeRecord record = read(file, BackupPurgeRecord.class);
    if (record.format() != BackupPurgeRecord.FORMAT) {
      throw new IllegalArgumentException(file + " has format " + record.format());
    }
    return record;
  }

  /** What {@link #write} wrote of that type. */
  public static <T> T read(Path file, Class<T> type) {
    try {
      return MAPPER.readValue(Files.readString(file), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
