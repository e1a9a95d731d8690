package io.drillyard.bench;

import io.drillyard.check.LongDrill;
import io.drillyard.host.lab.LabEntryPoint;
import io.drillyard.host.lab.LabLauncher;
import io.drillyard.host.lab.LabSession;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.FileLedger;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Measures the parts that are asked for, prints their table and keeps it in a file. */
public final class Bench {
  private static final List<String> PARTS =
      List.of("hosts", "cluster", "ledger", "judge", "rto", "probes", "continuity", "restore");
  private static final Path FOLDER = Path.of("target", "bench");
  private static final Duration LIMIT = Duration.ofMinutes(25);
  private static final int HEAP_MIB = 256;
  private static final int USUAL_HEAP_MIB = 768;
  private static final int[] SIZES = {125_000, 250_000, 500_000, 1_000_000};
  private static final int[] LARGE = {2_500_000, 5_000_000, 10_000_000};

  private final List<Figure> figures = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  private boolean failed;

  private Bench() {}

  /**
   * Entry point.
   *
   * @param arguments parts, and report folders for {@code rto}; none: everything
   */
  public static void main(String[] arguments) throws Exception {
    Set<String> parts = new LinkedHashSet<>();
    List<Path> reports = new ArrayList<>();
    for (String argument : arguments) {
      if (PARTS.contains(argument)) {
        parts.add(argument);
      } else if (Files.exists(Path.of(argument, "evidence.json"))) {
        reports.add(Path.of(argument));
      } else {
        System.err.println(
            "bench: '" + argument + "' is neither one of " + PARTS + " nor a report folder");
        System.exit(2);
      }
    }
    Files.createDirectories(FOLDER);
    Bench bench = new Bench();
    String before = load();
    for (String part : parts.isEmpty() ? PARTS : parts) {
      System.err.println("bench: " + part);
      try {
        bench.measure(part, reports);
      } catch (IllegalStateException e) {
        // The other parts' figures still count.
        bench.failed = true;
        bench.remarks.add("NOT MEASURED: " + part + ": " + e.getMessage());
      }
    }
    String table = bench.table(before);
    Files.writeString(FOLDER.resolve("figures.md"), table);
    System.out.print(table);
    System.exit(bench.failed ? 4 : 0);
  }

  private void measure(String part, List<Path> reports) throws Exception {
    switch (part) {
      case "hosts" -> hosts();
      case "cluster" -> cluster();
      case "ledger" -> ledger();
      case "judge" -> judge();
      case "rto" -> stored(reports);
      case "continuity" -> figures.add(Continuities.figure());
      case "restore" -> Restores.measure(inLab("restore", RestoresInLab.class), figures, remarks);
      case "probes" -> sideBySide(inLab("probes", ProbesInLab.class), "the probes", false);
      default -> throw new IllegalArgumentException(part);
    }
  }

  private void hosts() throws Exception {
    Told told = inLab("hosts", HostsInLab.class);
    figures.add(Figure.atMost("4 hosts up", "s", 0.3, "0.10", told.of("hosts")));
  }

  private void cluster() throws Exception {
    Told told = inLab("cluster", ClusterInLab.class);
    figures.add(
        Figure.told("etcd and object store answer", "s", told.of("etcd and object store answer")));
    figures.add(Figure.atMost("first acknowledged write", "s", 2.5, "1.8", told.of("first write")));
    figures.add(
        Figure.atMost("both replicas stream", "s", 5, "4.7", told.of("every replica streams")));
    figures.add(Figure.told("stanza created", "s", told.of("stanza created")));
    figures.add(
        Figure.atMost("first full backup", "s", 8.5, "7.6", told.of("first full backup done")));
  }

  private void ledger() throws Exception {
    Told told = inLab("ledger", LedgerInLab.class);
    figures.add(
        Figure.atLeast("ledger, sustained for 10 s", "events/s", 20_000, told.of("carried")));
    figures.add(Figure.told("from due to written, p99", "ms", told.of("delay p99")));
    figures.add(Figure.told("from due to written, longest", "ms", told.of("delay longest")));
    figures.add(Figure.told("ledger at full speed", "events/s", told.of("full speed")));
    sideBySide(told, "the ledger", true);
  }

  private void sideBySide(Told told, String what, boolean limited) {
    figures.add(Figure.told("p99 of a write without " + what, "ms", told.of("p99 without")));
    figures.add(Figure.told("p99 of a write with " + what, "ms", told.of("p99 with")));
    String name = "change of p99 by " + what;
    Spread change = told.of("change");
    figures.add(
        limited ? Figure.provedBelow(name, "%", 2, change) : Figure.told(name, "%", change));
    remarks.add(
        ("The change of p99 by %s lies between %+.1f %% and %+.1f %% (95 %%, bootstrap over %d"
                + " blocks of four windows); over all windows together p99 was %.2f ms without and"
                + " %.2f ms with.")
            .formatted(
                what,
                change.quantile(0.025),
                change.quantile(0.975),
                told.of("p99 with").n(),
                told.of("all without").median(),
                told.of("all with").median()));
    double refused = told.of("not acknowledged").max();
    if (refused > 0) {
      remarks.add("%.0f writes beside %s were not acknowledged.".formatted(refused, what));
    }
  }

  private void judge() throws Exception {
    Told small = judged("512m", SIZES);
    int most = SIZES[SIZES.length - 1];
    figures.add(
        Figure.atMost(
            "1 million events judged in 512 MiB", "s", 3, null, small.of("judged " + most)));
    figures.add(Figure.told("its processor time", "s", small.of("processor " + most)));
    figures.add(Figure.told("the same read from the file before", "s", small.of("read " + most)));
    Told large = judged("1g", LARGE);
    most = LARGE[LARGE.length - 1];
    figures.add(
        Figure.atMost(
            "10 million events judged in 1 GiB", "s", 20, null, large.of("judged " + most)));
    figures.add(Figure.told("their processor time", "s", large.of("processor " + most)));
    figures.add(Figure.told("the same read from the file before", "s", large.of("read " + most)));
  }

  /** Judges forged ledgers of those sizes in a heap of its own. */
  private Told judged(String heap, int[] sizes) throws Exception {
    List<String> files = new ArrayList<>();
    for (int size : sizes) {
      Path file = FOLDER.resolve(String.valueOf(size));
      try (FileLedger ledger =
          new FileLedger(new FileOutputStream(file.toFile()), System.nanoTime())) {
        for (Event event : LongDrill.events(size)) {
          ledger.append(event);
        }
      }
      files.add(file.toString());
    }
    List<String> argv = new ArrayList<>();
    argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As bin/drillyard runs it, in the heap of the target.
    argv.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx" + heap, "-cp"));
    argv.add(System.getProperty("java.class.path"));
    argv.add(JudgeMain.class.getName());
    argv.addAll(files);
    File out = FOLDER.resolve("judge.out").toFile();
    File err = FOLDER.resolve("judge.err").toFile();
    Process process = new ProcessBuilder(argv).redirectOutput(out).redirectError(err).start();
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("judging did not end within " + LIMIT);
    }
    ended("judge", process.exitValue());
    Told told = Told.read(out.toPath());
    for (int size : sizes) {
      String events = String.format(java.util.Locale.ROOT, "%,d", size);
      figures.add(
          Figure.told(
              "judging, ms per million of %s, heap %s".formatted(events, heap),
              "ms",
              told.of("ms per million " + size)));
    }
    for (String file : files) {
      Files.delete(Path.of(file));
    }
    return told;
  }

  private void stored(List<Path> given) throws IOException {
    List<Path> reports = given.isEmpty() ? StoredRuns.newest(Path.of("reports")) : given;
    figures.addAll(StoredRuns.figures(reports));
    remarks.add(
        reports.isEmpty()
            ? "There is no stored run: no RTO's width. Remedy: make drill, then make bench."
            : "RTO widths and the suite's length are those of "
                + String.join(", ", reports.stream().map(r -> r.getFileName().toString()).toList())
                + ".");
  }

  private static Told inLab(String name, Class<? extends LabEntryPoint> program) throws Exception {
    File out = FOLDER.resolve(name + ".out").toFile();
    File err = FOLDER.resolve(name + ".err").toFile();
    Files.deleteIfExists(out.toPath());
    Files.deleteIfExists(err.toPath());
    LabLauncher launcher = LabLauncher.here(Path.of("environments"));
    try (LabSession session =
        launcher.launch(
            "trixie",
            program,
            List.of(),
            name.equals("restore") ? HEAP_MIB : USUAL_HEAP_MIB,
            out,
            err)) {
      ended(name, session.await(LIMIT).orElse(-1));
    }
    return Told.read(out.toPath());
  }

  private static void ended(String name, int status) throws IOException {
    if (status != 0) {
      throw new IllegalStateException(
          "%s ended with status %d (-1: not within %d s):%n%s"
              .formatted(
                  name,
                  status,
                  LIMIT.toSeconds(),
                  Files.readString(FOLDER.resolve(name + ".err"))));
    }
  }

  private static String load() throws IOException {
    String[] words = Files.readString(Path.of("/proc/loadavg")).split(" ");
    return words[0] + " (1 min), " + words[1] + " (5 min)";
  }

  private String table(String loadBefore) throws IOException {
    StringBuilder text = new StringBuilder("# Figures\n\n");
    text.append(
        "%s, %d processors, Java %s; load of the machine before: %s; after: %s.\n\n"
            .formatted(
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                loadBefore,
                load()));
    text.append(Figure.HEADING);
    figures.forEach(figure -> text.append(figure.row()));
    text.append("\nIn brackets: what the shell prototype reached. open: the noise is wider than ");
    text.append("the target, so that this run proves neither.\n");
    remarks.forEach(remark -> text.append("\n- ").append(remark));
    return text.append(remarks.isEmpty() ? "" : "\n").toString();
  }
}
