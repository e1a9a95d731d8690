package io.drillyard.repository;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** A store that lies in memory; what is deleted can be revived. */
public final class MemoryRepository implements Repository {
  private final Map<String, byte[]> objects = new TreeMap<>();
  private final Map<String, byte[]> deleted = new TreeMap<>();

  /** Of these objects. */
  public static MemoryRepository of(Map<String, String> texts) {
    MemoryRepository made = new MemoryRepository();
    texts.forEach((key, text) -> made.put(key, text.getBytes(StandardCharsets.UTF_8)));
    return made;
  }

  /** All objects as texts. */
  public Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    objects.forEach((key, bytes) -> texts.put(key, new String(bytes, StandardCharsets.UTF_8)));
    return texts;
  }

  private byte[] there(String key) {
    byte[] bytes = objects.get(key);
    if (bytes == null) {
      throw RepositoryException.absent(key, "read");
    }
    return bytes;
  }

  @Override
  public List<StoredObject> objects(String prefix) {
    return objects.entrySet().stream()
        .filter(e -> e.getKey().startsWith(prefix))
        .map(e -> new StoredObject(e.getKey(), e.getValue().length, digest(e.getKey())))
        .toList();
  }

  @Override
  public ObjectFacts stat(String key) {
    return new ObjectFacts(key, there(key).length, Instant.EPOCH);
  }

  @Override
  public String digest(String key) {
    return Integer.toHexString(Arrays.hashCode(there(key)));
  }

  @Override
  public byte[] read(String key) {
    return there(key).clone();
  }

  @Override
  public byte[] read(String key, long from, int length) {
    byte[] all = there(key);
    return Arrays.copyOfRange(all, (int) from, (int) Math.min(all.length, from + length));
  }

  @Override
  public void put(String key, byte[] content) {
    objects.put(key, content.clone());
  }

  @Override
  public boolean create(String key, byte[] content) {
    return objects.putIfAbsent(key, content.clone()) == null;
  }

  @Override
  public void copy(String from, String to) {
    put(to, there(from));
  }

  @Override
  public void delete(String key) {
    byte[] bytes = objects.remove(key);
    if (bytes != null) {
      deleted.put(key, bytes);
    }
  }

  @Override
  public void revive(String key) {
    if (!objects.containsKey(key)) {
      objects.put(key, Objects.requireNonNull(deleted.get(key)));
    }
  }

  @Override
  public Optional<String> lacks(StoreCapability capability) {
    return Optional.of("it is a fake");
  }

  @Override
  public List<ObjectVersion> versions(String prefix) {
    return List.of();
  }

  @Override
  public byte[] readVersion(String key, String id) {
    return read(key);
  }

  @Override
  public Optional<ObjectRetention> retention(String key) {
    return Optional.empty();
  }

  @Override
  public void reach() {
    // It is there.
  }

  @Override
  public boolean admits(Credentials credentials) {
    return true;
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
