package io.drillyard.host.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Launches lab programs from tests. Images and servers are the user's; folders of labs are not, so
 * that labs of somebody else on this machine never enter a test's picture.
 *
 * <p>Needs neither JUnit nor AssertJ: it also runs from a plain command line.
 */
public final class TestLab {
  private static final Path FOLDER = Path.of("target", "test-labs").toAbsolutePath();

  private TestLab() {}

  /**
   * What a program told, and how it ended.
   *
   * @param exit status of the lab; -1 when it was still running at its limit
   * @param said what it told with {@link #tell}
   * @param stderr everything it wrote there, for messages
   */
  public record Ended(int exit, Map<String, String> said, String stderr) {
    /** What it told under a key; a program that told nothing broke on the way. */
    public String get(String key) {
      return Objects.requireNonNull(said.get(key), () -> "'" + key + "' was never told: " + this);
    }
  }

  /** Called inside a lab: tells the test outside. */
  public static synchronized void tell(String key, Object value) {
    System.out.println(key + "=" + String.valueOf(value).strip().replace('\n', '|'));
    System.out.flush();
  }

  /** Runs a program in a lab of its own, for so long at most. */
  public static Ended run(
      Class<? extends LabProgram> program, Duration limit, String... arguments) {
    try {
      Path stdout = Files.createTempFile(Files.createDirectories(FOLDER), "lab", ".out");
      Path stderr = Files.createTempFile(FOLDER, "lab", ".err");
      int exit;
      try (LabSession session = launch(launcher(), program, stdout, stderr, arguments)) {
        exit = session.await(limit).orElse(-1);
      }
      Ended ended = new Ended(exit, said(stdout), Files.readString(stderr));
      Files.delete(stdout);
      Files.delete(stderr);
      return ended;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Launches a program and leaves it to the caller. */
  static LabSession launch(
      LabLauncher launcher,
      Class<? extends LabProgram> program,
      Path stdout,
      Path stderr,
      String... arguments) {
    return launcher.launch("trixie", program, List.of(arguments), stdout.toFile(), stderr.toFile());
  }

  /** What a program has told so far. */
  static Map<String, String> said(Path stdout) throws IOException {
    Map<String, String> said = new LinkedHashMap<>();
    for (String line : Files.readAllLines(stdout)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        said.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return said;
  }

  /** A launcher whose labs lie in the tests' own folder. */
  static LabLauncher launcher() {
    return launcher(FOLDER.resolve("cache"));
  }

  /** A launcher whose labs lie in a folder of the caller's. */
  static LabLauncher launcher(Path cacheFolder) {
    LabLauncher here = LabLauncher.here(Path.of("environments"));
    try {
      Files.createDirectories(cacheFolder);
      for (String kind : List.of("images", "servers")) {
        Path link = cacheFolder.resolve(kind);
        if (!Files.isSymbolicLink(link)) {
          Files.createSymbolicLink(link, here.cache().folder().resolve(kind).toAbsolutePath());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new LabLauncher(new Cache(cacheFolder), here.application(), here.environments());
  }

  /**
   * Launches a lab from a process of its own, waits for its end and prints what it told.
   *
   * @param arguments folder of the cache, file for what the program tells, class name of the
   *     program, its arguments
   */
  public static void main(String[] arguments) throws Exception {
    Path stdout = Path.of(arguments[1]);
    Path stderr = Path.of(arguments[1] + ".err");
    Class<? extends LabProgram> program = Class.forName(arguments[2]).asSubclass(LabProgram.class);
    String[] rest = List.of(arguments).subList(3, arguments.length).toArray(String[]::new);
    LabLauncher launcher = launcher(Path.of(arguments[0]).toAbsolutePath());
    int exit;
    try (LabSession session = launch(launcher, program, stdout, stderr, rest)) {
      exit = session.await(Duration.ofSeconds(60)).orElse(-1);
    }
    System.out.print(Files.readString(stdout));
    System.err.print(Files.readString(stderr));
    System.exit(exit);
  }
}
