package io.drillyard.field;

import io.drillyard.declaration.EnvironmentMigration;
import io.drillyard.play.restore.ExternalStore;
import io.drillyard.play.restore.PlainSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Plays one case as its user would: files are laid where they belong, and the command is run. */
final class FieldRunner {
  private static final Duration SCRIPT_LIMIT = Duration.ofMinutes(5);
  private static final Duration COMMAND_LIMIT = Duration.ofMinutes(30);
  private static final Duration END_LIMIT = Duration.ofSeconds(30);

  private final FieldCase one;
  private final Path work;

  /**
   * Of one case.
   *
   * @param work an empty folder of its own
   */
  FieldRunner(FieldCase one, Path work) {
    this.one = one;
    this.work = work.toAbsolutePath();
  }

  /**
   * Plays it.
   *
   * @throws IllegalStateException when the case itself could not be made
   */
  Outcome play() throws Exception {
    ExternalStore store = null;
    try {
      Path environments = work.resolve("environments");
      if (one.has(FieldCase.SOURCE)) {
        store = open();
      } else {
        PlainSource.copy(Path.of("environments"), environments);
      }
      lay(environments);
      return command(environments);
    } finally {
      if (store != null) {
        store.away();
      }
    }
  }

  private ExternalStore open() throws Exception {
    ExternalStore store = ExternalStore.open(one.store(), work, made());
    for (String key : lines(FieldCase.PUT)) {
      store.put(key, new byte[0]);
    }
    if (one.has(FieldCase.AFTER_FILL)) {
      Process filled = script(FieldCase.AFTER_FILL, "after-fill.log");
      if (!filled.waitFor(SCRIPT_LIMIT.toSeconds(), TimeUnit.SECONDS) || filled.exitValue() != 0) {
        end(filled);
        throw new IllegalStateException(
            FieldCase.AFTER_FILL + ": " + Files.readString(work.resolve("after-fill.log")));
      }
    }
    return store;
  }

  private Path made() throws Exception {
    Path given = work.resolve("source");
    PlainSource.copy(Path.of("environments"), given);
    Files.copy(one.folder().resolve(FieldCase.SOURCE), given.resolve(FieldCase.SOURCE));
    return ExternalStore.make(work, given, FieldSource.class, List.of());
  }

  private List<String> lines(String file) throws IOException {
    return one.has(file)
        ? Files.readString(one.folder().resolve(file)).lines().filter(l -> !l.isBlank()).toList()
        : List.of();
  }

  /** Declarations take the place of those that are shipped. */
  private void lay(Path environments) throws IOException {
    lay(FieldCase.POLICY, environments.resolve("restore").resolve("ours.yaml"));
    lay(FieldCase.REPOSITORY, environments.resolve("repositories").resolve("ours.yaml"));
    Path credentials = environments.resolve("repositories").resolve("ours.credentials");
    if (one.has(FieldCase.REPOSITORY) && !Files.exists(credentials)) {
      // Of a case that is only validated: nobody made a store, and credentials for it.
      Files.writeString(credentials, "of no store\n");
    }
    for (Path file : one.ending(".yaml")) {
      String name = String.valueOf(file.getFileName());
      if (name.startsWith("my-")) {
        Path laid = environments.resolve(name);
        lay(name, laid);
        // A case may be older than the form of environments: it means what it meant.
        Optional<String> today = EnvironmentMigration.moved(Files.readString(laid));
        if (today.isPresent()) {
          Files.writeString(laid, today.get());
        }
      }
    }
  }

  private void lay(String file, Path to) throws IOException {
    if (one.has(file)) {
      // Not a copy of the file: of cases that may only be read nothing could be written over it.
      Files.deleteIfExists(to);
      Files.write(to, Files.readAllBytes(one.folder().resolve(file)));
    }
  }

  private Outcome command(Path environments) throws Exception {
    Path reports = work.resolve("reports");
    List<String> argv =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                "io.drillyard.cli.Main"));
    List<String> words = one.command();
    boolean validates = words.getFirst().equals("validate");
    argv.addAll(words);
    argv.addAll(List.of("--environments", environments.toString()));
    if (!validates) {
      argv.addAll(List.of("--reports", reports.toString()));
    }
    Path log = work.resolve("test.log");
    Process beside = one.has(FieldCase.DURING) ? script(FieldCase.DURING, "during.log") : null;
    long start = System.nanoTime();
    try {
      Process process =
          new ProcessBuilder(argv).redirectErrorStream(true).redirectOutput(log.toFile()).start();
      boolean ended = process.waitFor(COMMAND_LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (!ended) {
        end(process);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      int status = ended ? process.exitValue() : -1;
      return new Outcome(Outcome.word(status, validates), said(log, reports), seconds);
    } finally {
      end(beside);
    }
  }

  /** What the terminal says, and what the records say; not what the ledger or the logs hold. */
  private static String said(Path log, Path reports) throws IOException {
    StringBuilder said = new StringBuilder(Files.readString(log));
    if (Files.isDirectory(reports)) {
      try (Stream<Path> files = Files.walk(reports)) {
        for (Path file : files.filter(FieldRunner::isRecord).sorted().toList()) {
          said.append('\n').append(plain(Files.readString(file)));
        }
      }
    }
    // A terminal breaks lines where a sentence goes on.
    return said + "\n" + said.toString().replaceAll("\\s+", " ");
  }

  private static boolean isRecord(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.equals("evidence.json") || name.equals("junit.xml");
  }

  /** Sentences in XML are written otherwise than people read them. */
  private static String plain(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  /** The build; with scenarios of the case's own, a copy of it that holds them. */
  private String classPath() throws IOException {
    Path build = Path.of("target").toAbsolutePath();
    List<Path> scenarios = one.ending(".java");
    if (scenarios.isEmpty()) {
      return build.resolve("classes") + ":" + build.resolve("lib") + "/*";
    }
    Path own = work.resolve("build");
    PlainSource.copy(build.resolve("classes"), own.resolve("classes"));
    Files.createDirectories(own.resolve("lib"));
    try (Stream<Path> jars = Files.list(build.resolve("lib"))) {
      for (Path jar : jars.toList()) {
        Files.createLink(own.resolve("lib").resolve(jar.getFileName()), jar);
      }
    }
    String classes = own.resolve("classes").toString();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Path said = work.resolve("javac.log");
    try (var out = Files.newOutputStream(said)) {
      List<String> arguments =
          new ArrayList<>(List.of("-nowarn", "-proc:none", "-d", classes, "-cp", classes));
      scenarios.forEach(s -> arguments.add(s.toString()));
      if (compiler.run(null, out, out, arguments.toArray(String[]::new)) != 0) {
        throw new IllegalStateException(
            "a scenario of the case does not compile: "
                + Files.readString(said, StandardCharsets.UTF_8));
      }
    }
    return classes + ":" + own.resolve("lib") + "/*";
  }

  private Process script(String name, String log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", one.folder().resolve(name).toString())
            .redirectErrorStream(true)
            .redirectOutput(work.resolve(log).toFile());
    builder.environment().put("FOLDER", work.toString());
    builder.environment().put("STORE", ExternalStore.bucket(work).toString());
    return builder.start();
  }

  private static void end(@Nullable Process process) throws InterruptedException {
    if (process != null) {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      if (!process.waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }
}
