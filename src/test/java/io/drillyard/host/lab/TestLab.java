package io.drillyard.host.lab;

import io.drillyard.HangLimit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

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
   * What a program told.
   *
   * @param said what it told with {@link #tell}
   * @param stderr everything it wrote there, for messages
   */
  public record Told(Map<String, String> said, String stderr) {
    /** What it told under a key. */
    public String get(String key) {
      String value = said.get(key);
      if (value == null) {
        throw new NeverTold(key, this);
      }
      return value;
    }
  }

  /** An answer that did not come: the program broke on the way, or its limit struck. */
  private static final class NeverTold extends AssertionError {
    private static final long serialVersionUID = 1;

    private final String key;

    NeverTold(String key, Told told) {
      super("'%s' was never told: %s".formatted(key, told));
      this.key = key;
    }
  }

  /** Called inside a lab: tells the test outside. */
  public static synchronized void tell(String key, Object value) {
    System.out.println(key + "=" + String.valueOf(value).strip().replace('\n', '|'));
    System.out.flush();
  }

  /**
   * Runs a program in a lab of its own and looks at its answers.
   *
   * <p>When the limit strikes, the answers until then are looked at all the same: a wrong one is
   * what the test says, and otherwise that none was wrong.
   *
   * @param answers asserts what the program has to tell, in the order of telling
   */
  public static void check(
      Class<? extends LabEntryPoint> program,
      HangLimit limit,
      Consumer<Told> answers,
      String... arguments) {
    check(launcher(), program, limit, answers, arguments);
  }

  /** The same by a launcher of the caller's. */
  static void check(
      LabLauncher launcher,
      Class<? extends LabEntryPoint> program,
      HangLimit limit,
      Consumer<Told> answers,
      String... arguments) {
    try {
      Path stdout = Files.createTempFile(Files.createDirectories(FOLDER), "lab", ".out");
      Path stderr = Files.createTempFile(FOLDER, "lab", ".err");
      OptionalInt exit;
      try (LabSession session = launch(launcher, program, stdout, stderr, arguments)) {
        exit = session.await(limit.duration());
      }
      Told told = new Told(said(stdout), Files.readString(stderr));
      Files.delete(stdout);
      Files.delete(stderr);
      check(limit, exit, told, answers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Holds what a program told, and how it ended, against what it has to tell. */
  public static void check(HangLimit limit, OptionalInt exit, Told told, Consumer<Told> answers) {
    if (exit.isPresent() && exit.getAsInt() != 0) {
      throw new AssertionError("the lab ended with %d: %s".formatted(exit.getAsInt(), told));
    }
    String missing;
    try {
      answers.accept(told);
      missing = "its end";
    } catch (NeverTold never) {
      if (exit.isPresent()) {
        throw never;
      }
      missing = "'" + never.key + "'";
    }
    if (exit.isEmpty()) {
      throw new AssertionError(
          "%s. It told %d answers until then, and none that was looked at is wrong; what did not come is %s: %s"
              .formatted(limit.struck("the lab"), told.said().size(), missing, told));
    }
  }

  /** Launches a program and leaves it to the caller. */
  static LabSession launch(
      LabLauncher launcher,
      Class<? extends LabEntryPoint> program,
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
    return new LabLauncher(new BuildCache(cacheFolder), here.application(), here.environments());
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
    Class<? extends LabEntryPoint> program =
        Class.forName(arguments[2]).asSubclass(LabEntryPoint.class);
    String[] rest = List.of(arguments).subList(3, arguments.length).toArray(String[]::new);
    LabLauncher launcher = launcher(Path.of(arguments[0]).toAbsolutePath());
    int exit;
    try (LabSession session = launch(launcher, program, stdout, stderr, rest)) {
      exit = session.await(HangLimit.quietSeconds(5).duration()).orElse(-1);
    }
    System.out.print(Files.readString(stdout));
    System.err.print(Files.readString(stderr));
    System.exit(exit);
  }
}
