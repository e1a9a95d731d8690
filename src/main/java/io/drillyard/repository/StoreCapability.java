package io.drillyard.repository;

/** What not every store has. */
public enum StoreCapability {
  /** What was overwritten or deleted can still be read. */
  VERSIONS,
  /** Objects can be kept from being deleted until a time. */
  RETENTION
}
