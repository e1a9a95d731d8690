package io.drillyard.ledger;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * What every object of a repository is like, as a file beside a ledger: one JSON array of key and
 * print to a line, in the keys' order, compressed.
 */
public final class ObjectListing {
  private static final JsonMapper JSON = new JsonMapper();

  private ObjectListing() {}

  /**
   * As the file's bytes.
   *
   * @param redact takes every secret out of a line
   */
  public static byte[] write(Map<String, String> objects, UnaryOperator<String> redact)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Writer out = new OutputStreamWriter(new GZIPOutputStream(bytes), StandardCharsets.UTF_8)) {
      // A repository may hold hundreds of thousands: what is in order already is not copied.
      Map<String, String> sorted =
          objects instanceof SortedMap<String, String> ? objects : new TreeMap<>(objects);
      for (Map.Entry<String, String> each : sorted.entrySet()) {
        String line = JSON.writeValueAsString(new String[] {each.getKey(), each.getValue()});
        out.write(redact.apply(line) + "\n");
      }
    }
    return bytes.toByteArray();
  }

  /**
   * From the file's bytes.
   *
   * @throws IOException when they are none of such a file
   */
  public static Map<String, String> read(byte[] bytes) throws IOException {
    Map<String, String> objects = new TreeMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(new ByteArrayInputStream(bytes)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] pair = JSON.readValue(line, String[].class);
        objects.put(pair[0], pair[1]);
      }
    }
    return objects;
  }
}
