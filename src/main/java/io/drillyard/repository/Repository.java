package io.drillyard.repository;

import java.util.List;

/** An object store as the harness sees it, independent of the tool that filled it. */
public interface Repository extends AutoCloseable {
  /** Keys of all objects below a prefix, in the store's order. */
  List<String> list(String prefix);

  /** Keys and sizes of all objects below a prefix, in the store's order, whatever their number. */
  List<StoredObject> objects(String prefix);

  /** SHA-256 of an object's bytes, in hexadecimal; it is never held in memory as a whole. */
  String digest(String key);

  /** Writes an object whole; one of that key is replaced. Only for repositories of the lab. */
  void put(String key, byte[] content);

  /** Removes an object; one that is not there is no error. Only for repositories of the lab. */
  void delete(String key);

  /** An object's bytes. */
  byte[] read(String key);

  /** True when these credentials may list; false when the store denies them. */
  boolean admits(Credentials credentials);

  @Override
  void close();
}
