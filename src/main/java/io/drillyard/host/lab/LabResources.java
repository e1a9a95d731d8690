package io.drillyard.host.lab;

import io.drillyard.host.CommandResult;
import io.drillyard.host.HostException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lab's scripts, and commands in its own namespaces that must succeed. */
final class LabResources {
  private LabResources() {}

  /** Text of a script of this package. */
  static String script(String name) {
    try (InputStream in = LabResources.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the script " + name + " is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command in the lab's namespaces; any status but 0 is an error. */
  static String must(List<String> argv, @Nullable String stdin) {
    CommandResult result = LocalProcess.run(argv, stdin, Duration.ofSeconds(10));
    if (!result.ok()) {
      throw new HostException(
          "in the lab `%s` ended with %d:\n%s\n%s"
              .formatted(
                  String.join(" ", argv),
                  result.exit(),
                  result.tail(),
                  stdin == null ? "" : "given:\n" + stdin));
    }
    return result.stdout();
  }
}
