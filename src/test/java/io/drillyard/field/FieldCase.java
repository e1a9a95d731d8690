package io.drillyard.field;

import io.drillyard.repository.StoreType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One case: a folder with an {@code expect.yaml}, and what makes the case.
 *
 * @param name of its folder
 */
record FieldCase(String name, Path folder, Expectation expected) {
  /** Makes a database and a repository; its absence makes it a case of environments alone. */
  static final String SOURCE = "source.sh";

  /** Done to the store's files before the test. */
  static final String AFTER_FILL = "after-fill.sh";

  /** Goes on beside the test, and is ended with it. */
  static final String DURING = "during.sh";

  /** Keys of empty objects. */
  static final String PUT = "put.txt";

  /** Becomes the policy of the restore test. */
  static final String POLICY = "policy.yaml";

  /** Becomes the repository's declaration. */
  static final String REPOSITORY = "ours.yaml";

  private static final String STORE_TYPE = "store-type";

  /**
   * The cases of a folder, in the order of their names.
   *
   * @param wanted names or beginnings of names; empty: all
   * @throws IllegalArgumentException when there is none, or one cannot be understood
   */
  static List<FieldCase> of(Path folder, List<String> wanted) throws IOException {
    List<FieldCase> cases = new ArrayList<>();
    try (Stream<Path> folders = Files.list(folder)) {
      for (Path each : folders.sorted().toList()) {
        String name = String.valueOf(each.getFileName());
        boolean asked = wanted.isEmpty() || wanted.stream().anyMatch(name::startsWith);
        if (asked && Files.isRegularFile(each.resolve(Expectation.FILE))) {
          cases.add(new FieldCase(name, each.toAbsolutePath(), Expectation.read(each)));
        }
      }
    }
    if (cases.isEmpty()) {
      throw new IllegalArgumentException(
          "%s holds no case %s: a case is a folder with an %s"
              .formatted(folder, wanted.isEmpty() ? "" : wanted, Expectation.FILE));
    }
    return cases;
  }

  boolean has(String file) {
    return Files.isRegularFile(folder.resolve(file));
  }

  /** The store that serves it. */
  StoreType store() throws IOException {
    Path told = folder.resolve(STORE_TYPE);
    return Files.isRegularFile(told)
        ? StoreType.valueOf(Files.readString(told).strip().toUpperCase(Locale.ROOT))
        : StoreType.S3;
  }

  /** Files of its folder that end so, in the order of their names. */
  List<Path> ending(String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(ending)).sorted().toList();
    }
  }

  /** The verb and its options. */
  List<String> command() throws IOException {
    String run = expected.run();
    if (run != null) {
      return List.of(run.strip().split("\\s+"));
    }
    List<Path> scenarios = ending(".java");
    if (!has(SOURCE) && !scenarios.isEmpty()) {
      return List.of(
          "run", String.valueOf(scenarios.getFirst().getFileName()).replace(".java", ""));
    }
    return List.of("restore-test", "ours");
  }
}
