package io.drillyard.cli;

import io.drillyard.declaration.EnvironmentMigration;
import io.drillyard.launch.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migrate}: files of declarations of former forms, made into those of today. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = "Makes environments of a former form into those of today, comments kept.")
final class MigrateCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Files of environments, or folders of them.")
  List<Path> paths = List.of();

  @Option(
      names = "--dry-run",
      description = "Only say which files would change; status 1 if any would.")
  boolean dryRun;

  @Override
  public Integer call() {
    int changed = 0;
    try {
      for (Path file : files()) {
        Optional<String> moved = EnvironmentMigration.moved(Files.readString(file));
        if (moved.isEmpty()) {
          continue;
        }
        changed++;
        if (!dryRun) {
          Files.writeString(file, moved.get());
        }
        System.out.println((dryRun ? "would change " : "changed ") + file);
      }
    } catch (IOException e) {
      throw new UsageException("cannot be read or written: " + e.getMessage());
    }
    if (changed == 0) {
      System.out.println("No file of a former form.");
    }
    return dryRun && changed > 0 ? 1 : ExitCode.MET;
  }

  private List<Path> files() throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.isDirectory(path)) {
        all.add(path);
        continue;
      }
      try (Stream<Path> files = Files.list(path)) {
        files.filter(f -> f.toString().endsWith(".yaml")).sorted().forEach(all::add);
      }
    }
    return all;
  }
}
