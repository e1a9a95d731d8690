package io.drillyard.repository;

import io.drillyard.HangLimit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own inside a lab, told where a store lies. What is secret goes over its standard
 * input or stands in its environment, never on its command line.
 */
final class StoreJvm {
  private static final HangLimit LIMIT = HangLimit.quietSeconds(10);

  private final Process process;

  private StoreJvm(Process process) {
    this.process = process;
  }

  /**
   * Starts a program.
   *
   * @param heapMib of its heap, at most
   * @param environment all that it has
   * @param input for {@link System#in}
   * @param more arguments, behind the place
   */
  static StoreJvm start(
      Class<?> program,
      int heapMib,
      RepositoryLocation at,
      Map<String, String> environment,
      String input,
      String... more) {
    List<String> argv =
        new ArrayList<>(
            List.of(
                "/mnt/jdk/bin/java",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx" + heapMib + "m",
                "-Djdk.net.hosts.file=/run/lab/names",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                at.type().word(),
                at.endpoint().toString(),
                at.region().isEmpty() ? "-" : at.region(),
                at.bucket()));
    argv.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(argv).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().close();
      return new StoreJvm(process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The place that the program was told. */
  static RepositoryLocation place(String[] arguments, String ca) {
    return new RepositoryLocation(
        StoreType.of(arguments[0]), URI.create(arguments[1]), arguments[2], arguments[3], ca);
  }

  /** Everything it said, once it ended; it says less than a pipe holds. */
  String said() {
    try {
      if (!process.waitFor(LIMIT.duration().toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return LIMIT.struck("the JVM");
      }
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
