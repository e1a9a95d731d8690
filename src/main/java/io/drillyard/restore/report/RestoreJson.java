package io.drillyard.restore.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Records of restore tests as JSON. */
public final class RestoreJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private RestoreJson() {}

  /** As text. */
  public static String write(Object value) {
    return MAPPER.writeValueAsString(value) + "\n";
  }

  /** One test's record. */
  public static RestoreTest read(Path file) {
    try {
      return MAPPER.readValue(Files.readString(file), RestoreTest.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
