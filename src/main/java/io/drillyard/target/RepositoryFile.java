package io.drillyard.target;

import io.drillyard.target.Environment.RepositoryState;
import java.nio.file.Path;

/** Reads an object repository: bucket, endpoint, retention. Its schema says it all. */
final class RepositoryFile {
  private RepositoryFile() {}

  /**
   * The root of the file, checked.
   *
   * @return an absent node if it cannot be read
   */
  static YamlNode read(Path path, Problems problems) {
    YamlNode root = YamlReader.read(path, problems);
    if (root.present()) {
      SchemaCheck.of("repository").check(root, problems);
    }
    return root;
  }

  /** The record; only to be used further if no error was found. */
  static RepositoryState record(YamlNode root) {
    return new RepositoryState(
        root.file(),
        root.get("type").raw(),
        root.get("host").raw(),
        root.get("endpoint").raw(),
        (int) root.get("port").number(0),
        root.get("region").raw(),
        root.get("bucket").raw(),
        root.get("path").raw(),
        (int) root.get("retention_full").number(0));
  }
}
