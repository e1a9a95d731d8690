package io.drillyard.cli;

import io.drillyard.declaration.BoundedContext;
import io.drillyard.declaration.Declarations;
import io.drillyard.declaration.RestorePolicy;
import io.drillyard.host.HostException;
import io.drillyard.host.lab.LabLauncher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where declarations and reports are; shared by the verbs. */
final class FolderOptions {
  @Option(
      names = "--environments",
      paramLabel = "DIR",
      description = "Folder of the declarations (default: environments/ here, else the build's).")
  @Nullable Path environments;

  @Option(
      names = "--reports",
      paramLabel = "DIR",
      description = "Folder that receives the runs (default: reports/ beside the declarations).")
  @Nullable Path reports;

  /** Folder of the declarations, absolute. */
  Path declarations() {
    Path chosen = environments;
    if (chosen == null) {
      Path here = Path.of("environments");
      chosen = Files.exists(here.resolve("contexts.yaml")) ? here : home().resolve("environments");
    }
    if (!Files.isDirectory(chosen)) {
      throw new UsageException(
          chosen
              + " is no folder of declarations. Remedy: --environments DIR, or run in a checkout.");
    }
    return chosen.toAbsolutePath().normalize();
  }

  /** Folder of the reports, absolute. */
  Path reports() {
    Path chosen = reports;
    if (chosen == null) {
      chosen = declarations().resolveSibling("reports");
    }
    return chosen.toAbsolutePath().normalize();
  }

  /** What starts the labs of a restore test's repository; all that they need is built. */
  LabLauncher labs(RestorePolicy policy) {
    try {
      LabLauncher labs = LabLauncher.here(declarations());
      labs.cache().image(policy.environment().image());
      labs.cache().servers();
      if (policy.external() == null) {
        policy.environment().repositories().forEach(r -> labs.cache().store(r.type()));
      }
      return labs;
    } catch (HostException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** The declared contexts; none where they cannot be read, which a restore test does not need. */
  Collection<BoundedContext> contexts() {
    Map<String, BoundedContext> declared =
        Declarations.load(declarations()).contexts().toOptional().orElse(Map.of());
    return declared.values();
  }

  private static Path home() {
    return Path.of(System.getProperty("drillyard.home", "."));
  }
}
