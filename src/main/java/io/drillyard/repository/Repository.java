package io.drillyard.repository;

import java.util.List;

/** An object store as the harness sees it, independent of the tool that filled it. */
public interface Repository extends AutoCloseable {
  /** Keys of all objects below a prefix, in the store's order. */
  List<String> list(String prefix);

  /** An object's bytes. */
  byte[] read(String key);

  /** True when these credentials may list; false when the store denies them. */
  boolean admits(Credentials credentials);

  @Override
  void close();
}
