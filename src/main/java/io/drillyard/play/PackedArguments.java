package io.drillyard.play;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;

/** Something long as arguments of a lab's program: JSON, compressed, in words that stay whole. */
public final class PackedArguments {
  /** The kernel takes no argument of 128 KiB; a plan of a thousand drills is longer than that. */
  private static final int PIECE = 64 * 1024;

  private static final JsonMapper JSON = new JsonMapper();

  private PackedArguments() {}

  /** As arguments, none of which is empty. */
  public static List<String> of(Object value) {
    String packed = pack(JSON.writeValueAsBytes(value));
    List<String> arguments = new ArrayList<>();
    for (int at = 0; at < packed.length(); at += PIECE) {
      arguments.add("=" + packed.substring(at, Math.min(packed.length(), at + PIECE)));
    }
    return List.copyOf(arguments);
  }

  /** From arguments that {@link #of} made. */
  public static <T> T read(List<String> arguments, Class<T> type) {
    StringBuilder packed = new StringBuilder();
    arguments.forEach(piece -> packed.append(piece.substring(1)));
    return JSON.readValue(unpack(packed.toString()), type);
  }

  private static String pack(byte[] text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getUrlEncoder().encodeToString(out.toByteArray());
  }

  private static byte[] unpack(String word) {
    byte[] packed = Base64.getUrlDecoder().decode(word);
    try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return zip.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
