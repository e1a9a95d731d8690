package io.drillyard.restore.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drillyard.check.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Records of restore tests as JSON. */
public final class RestoreJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .addMixIn(Finding.class, WithoutCode.class)
          .build();

  private RestoreJson() {}

  /** Rungs have no code. */
  interface WithoutCode {
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable String code();
  }

  /** As text. */
  public static String write(Object value) {
    return MAPPER.writeValueAsString(value) + "\n";
  }

  /**
   * A run's record, whole and of a format that is known here.
   *
   * @throws RuntimeException when it is neither
   */
  public static RestoreRun readRun(Path file) {
    try {
      RestoreRun run = MAPPER.readValue(Files.readString(file), RestoreRun.class);
      if (run.format() < RestoreRun.OLDEST || run.format() > RestoreRun.FORMAT) {
        throw new IllegalArgumentException(file + " has format " + run.format());
      }
      // Whatever is missing is missed here, and not when it is asked for.
      run.tests().forEach(t -> Instant.parse(t.finished()));
      return run;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The record of a purge, of a format that is known here.
   *
   * @throws RuntimeException when it is none
   */
  public static PurgeRecord readPurge(Path file) {
    PurgeRecord record = read(file, PurgeRecord.class);
    if (record.format() != PurgeRecord.FORMAT) {
      throw new IllegalArgumentException(file + " has format " + record.format());
    }
    return record;
  }

  /** One test's record. */
  public static RestoreTest read(Path file) {
    return read(file, RestoreTest.class);
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
