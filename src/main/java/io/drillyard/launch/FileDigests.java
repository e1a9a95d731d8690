package io.drillyard.launch;

import io.drillyard.ledger.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** SHA-256 of files. */
public final class FileDigests {
  private FileDigests() {}

  /** Hexadecimal SHA-256 of a file; empty when there is no such file. */
  public static String sha256(Path file) {
    if (!Files.exists(file)) {
      return "";
    }
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
