package io.drillyard.cli;

import io.drillyard.launch.DrillLauncher;
import io.drillyard.ledger.LedgerReader;
import io.drillyard.ledger.LedgerTail;
import io.drillyard.ledger.PacedWait;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code watch}: shows the drills of a run as they happen, from their ledgers. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = {
      "Shows a running drill live: load, leader, members, faults.",
      "It only reads the ledgers: as many may watch as like to."
    })
final class WatchCommand implements Callable<Integer> {
  private static final Duration PACE = Duration.ofMillis(250);
  private static final String FINISHED = "evidence.json";

  @Mixin FolderOptions places = new FolderOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "Folder of a run; left out: the newest one.")
  @Nullable Path run;

  @Option(names = "--once", description = "Shows how things stand, and ends.")
  boolean once;

  @Override
  public Integer call() throws InterruptedException {
    Path folder = run == null ? newest(places.reports()) : run;
    if (!Files.isDirectory(folder)) {
      throw new UsageException(folder + " is no folder of a run. Remedy: name one below reports/.");
    }
    boolean terminal = Boolean.getBoolean("drillyard.terminal") && !once;
    int columns = Integer.getInteger("drillyard.columns", 80);
    try (Following following = new Following(folder)) {
      Screen screen = new Screen(System.out, terminal);
      boolean finished = false;
      while (!finished) {
        // Asked before reading: what was written before the end is still read.
        finished = once || Files.exists(folder.resolve(FINISHED));
        following.poll();
        if (terminal || finished) {
          screen.show(following.lines(columns));
        }
        if (!finished) {
          PacedWait.pause(PACE);
        }
      }
    }
    return 0;
  }

  /** By name: a run's name begins with its time. */
  static Path newest(Path reports) {
    if (!Files.isDirectory(reports)) {
      throw new UsageException(reports + " does not exist: nothing was ever played here.");
    }
    try (Stream<Path> runs = Files.list(reports)) {
      return runs.filter(r -> Files.isDirectory(r.resolve("drills")))
          .filter(r -> !Files.isSymbolicLink(r))
          .max(Comparator.comparing(r -> started(r)))
          .orElseThrow(() -> new UsageException("no run in " + reports));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String started(Path run) {
    String name = String.valueOf(run.getFileName());
    return name.startsWith("2") ? name : "";
  }

  /** The ledgers of a run, those too that are begun later. */
  private static final class Following implements AutoCloseable {
    private final Path drills;
    private final Map<String, LedgerTail> tails = new TreeMap<>();
    private final Map<String, WatchPanel> panels = new TreeMap<>();

    Following(Path run) {
      drills = run.resolve("drills");
    }

    void poll() {
      for (String name : names()) {
        LedgerTail tail =
            tails.computeIfAbsent(
                name, n -> LedgerReader.tail(drills.resolve(n).resolve(DrillLauncher.LEDGER)));
        WatchPanel panel = panels.computeIfAbsent(name, WatchPanel::new);
        tail.poll().forEach(panel::saw);
      }
    }

    private List<String> names() {
      try (Stream<Path> folders = Files.list(drills)) {
        return folders.map(f -> String.valueOf(f.getFileName())).sorted().toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Those that run; when none does, all of them. */
    List<String> lines(int columns) {
      List<WatchPanel> shown = panels.values().stream().filter(p -> !p.ended()).toList();
      List<String> lines = new ArrayList<>();
      for (WatchPanel panel : shown.isEmpty() ? List.copyOf(panels.values()) : shown) {
        lines.addAll(panel.lines(columns));
      }
      return lines;
    }

    @Override
    public void close() {
      tails.values().forEach(LedgerTail::close);
    }
  }

  /** Lines that replace those shown before. */
  private static final class Screen {
    private final PrintStream out;
    private final boolean terminal;
    private int drawn;

    Screen(PrintStream out, boolean terminal) {
      this.out = out;
      this.terminal = terminal;
    }

    void show(List<String> lines) {
      StringBuilder text = new StringBuilder();
      if (terminal && drawn > 0) {
        text.append("\u001b[").append(drawn).append("A\u001b[J");
      }
      lines.forEach(line -> text.append(line).append('\n'));
      out.print(text);
      out.flush();
      drawn = lines.size();
    }
  }
}
