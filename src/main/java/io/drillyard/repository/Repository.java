package io.drillyard.repository;

import java.util.List;
import java.util.Optional;

/**
 * An object store as the harness sees it, independent of the tool that filled it. Everything that
 * fails throws {@link RepositoryException} with one of the kinds that all stores share.
 */
public interface Repository extends AutoCloseable {
  /** Keys of all objects below a prefix, in the store's order. */
  default List<String> list(String prefix) {
    return objects(prefix).stream().map(StoredObject::key).toList();
  }

  /** Keys and sizes of all objects below a prefix, in the store's order, whatever their number. */
  List<StoredObject> objects(String prefix);

  /** Size and time of one object. */
  ObjectFacts stat(String key);

  /** SHA-256 of an object's bytes, in hexadecimal; it is never held in memory as a whole. */
  String digest(String key);

  /** An object's bytes. */
  byte[] read(String key);

  /**
   * Some of an object's bytes: those there are of the ones asked for, none behind its end.
   *
   * @param from first byte, 0 or more
   * @param length 1 or more
   */
  byte[] read(String key, long from, int length);

  /** Writes an object whole; one of that key is replaced. Only for repositories of the lab. */
  void put(String key, byte[] content);

  /**
   * Writes an object only where none of that key is: of several who try, exactly one is told true.
   *
   * @return false: there is one already, and it stays as it is
   */
  boolean create(String key, byte[] content);

  /** Copies an object inside the store, where its bytes stay. Only for repositories of the lab. */
  void copy(String from, String to);

  /** Removes an object; one that is not there is no error. Only for repositories of the lab. */
  void delete(String key);

  /**
   * Brings an object back, as it last was, that was deleted in a store that keeps versions; one
   * that is there stays as it is. Only for repositories of the lab. It is not found where no
   * version is kept.
   */
  void revive(String key);

  /** Why the store has not got this, asked of the store itself; empty when it has. */
  Optional<String> lacks(StoreCapability capability);

  /**
   * Every version below a prefix, by key, the current one first. A store that keeps none tells only
   * the current ones.
   */
  List<ObjectVersion> versions(String prefix);

  /** A version's bytes. */
  byte[] readVersion(String key, String id);

  /** What keeps an object from being deleted, where the store says that something does. */
  Optional<ObjectRetention> retention(String key);

  /** Asks for at most one object: returns when the store answers these credentials. */
  void reach();

  /** True when these credentials may list; false when the store denies them. */
  boolean admits(Credentials credentials);

  @Override
  void close();
}
