package io.drillyard.repository;

import java.util.Locale;

/** Kinds of object stores; their words are those of {@code type} in a repository's declaration. */
public enum StoreType {
  /** Amazon's protocol. */
  S3,
  /** The same protocol, by MinIO's own client. */
  MINIO,
  /** Google Cloud Storage. */
  GCS,
  /** Azure's blobs. */
  AZURE;

  /** The kind of that word. */
  public static StoreType of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** As in a declaration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
