package io.drillyard.declaration;

import io.drillyard.declaration.Environment.RepositoryState;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Reads an object repository: bucket, endpoint, retention. What its kind needs its schema says. */
final class RepositoryDeclarationFile {
  private static final Set<String> TYPES = Set.of("s3", "minio", "gcs", "azure");

  private RepositoryDeclarationFile() {}

  /**
   * The root of the file, checked.
   *
   * @return an absent node if it cannot be read
   */
  static YamlNode read(Path path, DeclarationProblems problems) {
    YamlNode root = YamlReader.read(path, problems);
    if (root.present()) {
      SchemaCheck.of("repository").check(root, problems);
      unfit(root, problems);
    }
    return root;
  }

  /** What stands there and means nothing for this kind would be believed to do something. */
  private static void unfit(YamlNode root, DeclarationProblems problems) {
    String type = root.get("type").raw();
    for (String key : List.of("region", "account")) {
      boolean azure = type.equals("azure");
      boolean fits = key.equals("account") ? azure : type.equals("s3") || type.equals("minio");
      if (root.get(key).present() && TYPES.contains(type) && !fits) {
        problems.error(
            root.get(key),
            "a repository of type " + type + " has no '" + key + "'",
            "Delete it, or write another type");
      }
    }
    if (type.equals("azure") && root.get("versions").raw().equals("true")) {
      problems.error(
          root.get("versions"),
          "the lab's Azure server keeps no versions",
          "Delete it, or use a repository of type s3, minio or gcs");
    }
  }

  /** The record; only to be used further if no error was found. */
  static RepositoryState record(YamlNode root) {
    return new RepositoryState(
        root.file(),
        root.get("type").raw(),
        root.get("host").raw(),
        root.get("endpoint").raw(),
        (int) root.get("port").number(0),
        root.get("region").text(""),
        root.get("account").text(""),
        root.get("bucket").raw(),
        root.get("path").raw(),
        (int) root.get("retention_full").number(0),
        root.get("versions").text("false").equals("true"));
  }
}
