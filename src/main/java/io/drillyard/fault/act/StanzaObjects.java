package io.drillyard.fault.act;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A stanza's objects as a tampering sees them: it reads, and writes down what it would change.
 *
 * @param keys of all objects, sorted
 */
public record StanzaObjects(
    List<String> keys,
    Function<String, byte[]> reader,
    Map<String, byte[]> past,
    Map<String, byte @Nullable []> changes) {

  /**
   * Of a repository.
   *
   * @param past the objects as they were at an earlier time
   */
  public static StanzaObjects of(
      List<String> keys, Function<String, byte[]> reader, Map<String, byte[]> past) {
    return new StanzaObjects(keys.stream().sorted().toList(), reader, past, new LinkedHashMap<>());
  }

  /** The one key that ends so, or an error. */
  public String ending(String end) {
    return keys.stream()
        .filter(k -> k.endsWith(end))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no object ends in " + end));
  }

  /** Every key that matches the whole expression; an error when there is none. */
  public List<String> matching(String expression) {
    List<String> found = keys.stream().filter(k -> k.matches(expression)).toList();
    if (found.isEmpty()) {
      throw new NoSuchElementException("no object matches " + expression);
    }
    return found;
  }

  /** Whole WAL segments, oldest first. */
  public List<String> segments() {
    return keys.stream()
        .filter(k -> k.matches(".*/[0-9A-F]{24}-[0-9a-f]{40}(\\.\\w+)?"))
        .sorted((a, b) -> order(a).compareTo(order(b)))
        .toList();
  }

  /** By position, then timeline. */
  private static String order(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    return name.substring(8, 24) + name.substring(0, 8);
  }

  /** Backups' bundles, oldest backup first. */
  public List<String> bundles() {
    return keys.stream().filter(k -> k.matches(".*/bundle/\\d+")).toList();
  }

  /** An object's bytes. */
  public byte[] read(String key) {
    return reader.apply(key);
  }

  /** Takes an object away. */
  public void remove(String key) {
    changes.put(key, null);
  }

  /** Gives an object other bytes. */
  public void write(String key, byte[] bytes) {
    changes.put(key, bytes);
  }

  /** Cuts an object to a part of its length. */
  public void truncate(String key, double share) {
    byte[] bytes = read(key);
    write(key, Arrays.copyOf(bytes, (int) (bytes.length * share)));
  }

  /** Flips one bit in the middle of an object. */
  public void flip(String key) {
    byte[] bytes = read(key).clone();
    bytes[bytes.length / 2] ^= 4;
    write(key, bytes);
  }

  /** Replaces a text in an information file and gives it the checksum that then fits. */
  public void rewrite(String key, String old, String replacement) {
    String text = new String(read(key), StandardCharsets.UTF_8);
    if (!text.contains(old)) {
      throw new NoSuchElementException(key + " does not contain " + old);
    }
    String altered = InfoFileChecksum.signed(text.replace(old, replacement));
    write(key, altered.getBytes(StandardCharsets.UTF_8));
  }
}
