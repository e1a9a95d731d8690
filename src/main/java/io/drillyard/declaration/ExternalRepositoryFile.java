package io.drillyard.declaration;

import java.nio.file.Files;
import java.nio.file.Path;

/** Reads where an external repository lies. Files that it names lie relative to it. */
final class ExternalRepositoryFile {
  private ExternalRepositoryFile() {}

  /**
   * Reads and checks; the record is only to be used when no error was found.
   *
   * @param inLab what it names is not to be seen from here, and was looked for outside
   */
  static ExternalRepository read(Path path, DeclarationProblems problems, boolean inLab) {
    YamlNode root = YamlReader.read(path, problems);
    if (root.present()) {
      SchemaCheck.of("external").check(root, problems);
      if (!inLab) {
        named(path, root.get("credentials"), problems);
        named(path, root.get("ca"), problems);
        named(path, root.get("cipher_pass"), problems);
        named(path, root.get("purge_credentials"), problems);
      }
      apart(path, root, problems);
    }
    YamlNode ca = root.get("ca");
    YamlNode cipher = root.get("cipher_pass");
    YamlNode purge = root.get("purge_credentials");
    YamlNode retention = root.get("retention");
    return new ExternalRepository(
        root.file(),
        root.get("type").raw(),
        root.get("endpoint").raw(),
        (int) root.get("port").number(443),
        root.get("address").present() ? root.get("address").raw() : null,
        root.get("region").text(""),
        root.get("account").text(""),
        root.get("bucket").raw(),
        root.get("path").raw(),
        root.get("stanza").raw(),
        beside(path, root.get("credentials").text("")),
        ca.present() ? beside(path, ca.raw()) : null,
        cipher.present() ? beside(path, cipher.raw()) : null,
        retention.present() && !problems.anyError() ? Durations.parse(retention.raw()) : null,
        purge.present() ? beside(path, purge.raw()) : null,
        root.get("control").present() ? root.get("control").raw() : null);
  }

  /** Who restores must not be able to delete. */
  private static void apart(Path path, YamlNode root, DeclarationProblems problems) {
    YamlNode purge = root.get("purge_credentials");
    if (purge.present()
        && beside(path, purge.raw()).equals(beside(path, root.get("credentials").text("")))) {
      problems.error(
          purge,
          "'purge_credentials' is the file of 'credentials': a restore test could delete",
          "Write credentials that may delete into a file of their own");
    }
  }

  private static Path beside(Path path, String name) {
    return path.toAbsolutePath().resolveSibling(name).normalize();
  }

  private static void named(Path path, YamlNode at, DeclarationProblems problems) {
    if (at.present() && !Files.isReadable(beside(path, at.raw()))) {
      problems.error(
          at,
          beside(path, at.raw()) + " cannot be read",
          "Write the path of a file, absolute or relative to this one, that you may read");
    }
  }
}
