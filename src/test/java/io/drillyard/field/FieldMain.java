package io.drillyard.field;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Plays a folder of cases, several at once, and prints a table; ends with status 1 if any came out
 * otherwise than it expects, and with 2 if a case cannot be understood.
 */
public final class FieldMain {
  private static final Path WORK = Path.of("target", "field");

  private FieldMain() {}

  /** One row of the table. */
  private record Row(FieldCase one, String came, List<String> differ, double seconds) {
    String words() {
      return "| %s | %s | %s | %s | %.0f |"
          .formatted(
              one.name(),
              String.join(" or ", one.expected().verdicts().stream().map(Enum::name).toList()),
              came,
              differ.isEmpty() ? "" : String.join("; ", differ).replace("|", "\\|"),
              seconds);
    }
  }

  /**
   * Begins.
   *
   * @param arguments the folder, then names of cases or their beginnings; none: all
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 0) {
      System.err.println("usage: make field CASES=DIR [ONLY=\"NAME …\"]");
      System.exit(2);
    }
    List<FieldCase> cases;
    try {
      cases = FieldCase.of(Path.of(arguments[0]), List.of(arguments).subList(1, arguments.length));
    } catch (IllegalArgumentException | IOException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    // Whoever ends this ends what it started.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
    Path work = fresh();
    List<Row> rows = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      List<Future<Row>> playing = new ArrayList<>();
      for (FieldCase each : cases) {
        playing.add(threads.submit(played(each, Files.createDirectory(work.resolve(each.name())))));
      }
      for (Future<Row> row : playing) {
        rows.add(row.get());
        System.err.println(rows.getLast().words());
      }
    }
    long wrong = rows.stream().filter(r -> !r.differ().isEmpty()).count();
    StringBuilder table = new StringBuilder();
    table.append("| case | expected | came out | differs | seconds |\n|---|---|---|---|---|\n");
    rows.forEach(r -> table.append(r.words()).append('\n'));
    table.append("%n%d of %d cases came out right.%n".formatted(rows.size() - wrong, rows.size()));
    Files.writeString(work.resolve("field.md"), table.toString());
    System.out.print(table);
    System.exit(wrong == 0 ? 0 : 1);
  }

  private static Callable<Row> played(FieldCase one, Path work) {
    return () -> {
      try {
        Outcome outcome = new FieldRunner(one, work).play();
        return new Row(
            one, outcome.word().name(), one.expected().differences(outcome), outcome.seconds());
      } catch (Exception | AssertionError e) {
        String why =
            String.valueOf(e.getMessage())
                .lines()
                .filter(l -> !l.strip().startsWith("at "))
                .reduce((a, b) -> b)
                .orElse("");
        return new Row(one, "not made", List.of("the case could not be made: " + why), 0);
      }
    };
  }

  /** An empty folder; what an earlier run left there goes. */
  private static Path fresh() throws IOException {
    if (Files.exists(WORK)) {
      try (var files = Files.walk(WORK)) {
        for (Path each : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
    return Files.createDirectories(WORK);
  }
}
