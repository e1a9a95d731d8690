package io.drillyard.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where results for Allure Report go, of the verbs that can write them. */
final class AllureOption {
  @Option(
      names = "--allure",
      paramLabel = "DIR",
      description =
          "Also writes results for Allure Report into this folder, beside those that are there.")
  @Nullable Path results;
}
