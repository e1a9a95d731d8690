package io.drillyard.evidence;

import io.drillyard.evidence.Evidence.Drill;
import io.drillyard.evidence.picture.EventsByKind;
import io.drillyard.evidence.picture.PictureLegend;
import io.drillyard.evidence.picture.TimelinePicture;
import io.drillyard.evidence.text.MarkupWriter;
import io.drillyard.ledger.Event;
import io.qameta.allure.AllureResultsWriter;
import io.qameta.allure.model.Attachment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a run left, attached to Allure's results: ledgers, timelines, what nodes and labs wrote. */
final class AllureAttachments {
  /** A longer log lies in the run's folder. */
  private static final long LOG_BYTES_MAX = 1 << 20;

  private static final String NDJSON = "application/x-ndjson";
  private static final String TEXT = "text/plain";

  private final AllureResultsWriter out;
  private final Path run;
  private @Nullable Drill last;
  private List<Event> lastEvents = List.of();

  /**
   * Of one run.
   *
   * @param run its folder
   */
  AllureAttachments(AllureResultsWriter out, Path run) {
    this.out = out;
    this.run = run;
  }

  /** The events of a drill; none where its ledger cannot be read. */
  @SuppressWarnings("ReferenceEquality")
  List<Event> events(Drill drill, LedgerSource ledgers) {
    if (last != drill) {
      last = drill;
      try {
        lastEvents = ledgers.events(drill);
      } catch (RuntimeException e) {
        // A ledger that cannot be read must not cost the results of the others.
        lastEvents = List.of();
      }
    }
    return lastEvents;
  }

  /** Of a drill: its timeline, its ledger, the logs of its nodes. */
  List<Attachment> of(Drill drill, LedgerSource ledgers) {
    List<Attachment> all = new ArrayList<>();
    List<Event> events = events(drill, ledgers);
    if (!events.isEmpty()) {
      add(all, drill.folder(), "timeline", "text/html", ".html", timeline(drill, events));
    }
    Path folder = run.resolve(drill.folder());
    file(all, "ledger", NDJSON, ".ndjson", folder.resolve("ledger.ndjson"), Long.MAX_VALUE);
    file(all, "lab.log", TEXT, ".txt", folder.resolve("lab.log"), LOG_BYTES_MAX);
    Path nodes = folder.resolve("nodes");
    if (Files.isDirectory(nodes)) {
      try (Stream<Path> files = Files.walk(nodes)) {
        for (Path log : files.filter(f -> f.toString().endsWith(".log")).sorted().toList()) {
          file(all, nodes.relativize(log).toString(), TEXT, ".txt", log, LOG_BYTES_MAX);
        }
      } catch (IOException e) {
        add(all, drill.folder(), "logs of the nodes", TEXT, ".txt", "cannot be read: " + e);
      }
    }
    return all;
  }

  /** Of a restore test: its ledger, and what its lab said. */
  List<Attachment> of(RestoreTest test) {
    List<Attachment> all = new ArrayList<>();
    String path = test.ledger();
    if (path != null) {
      Path ledger = run.resolve(path);
      file(all, "ledger", NDJSON, ".ndjson", ledger, Long.MAX_VALUE);
      Path lab = ledger.resolveSibling("..").normalize();
      file(all, "progress.log", TEXT, ".txt", lab.resolve("progress.log"), LOG_BYTES_MAX);
      file(all, "lab.log", TEXT, ".txt", lab.resolve("lab.log"), LOG_BYTES_MAX);
    }
    int number = 0;
    for (String observation : test.observations()) {
      if (observation.lines().count() > 1) {
        number++;
        add(all, RestoreSection.id(test), "observation " + number, TEXT, ".txt", observation);
      }
    }
    return all;
  }

  private static String timeline(Drill drill, List<Event> events) {
    boolean held = drill.target().objective().servesWhileHeld();
    TimelinePicture picture =
        new TimelinePicture(
            new EventsByKind(events), ResultTable.finding(drill, ResultTable.RECOVERY), held);
    MarkupWriter page = ReportHtml.opening(drill.title());
    String closeUp = picture.closeUp();
    if (closeUp != null) {
      page.leaf("h3", "Timeline, close-up").raw(closeUp);
    }
    page.leaf("h3", "Timeline").raw(picture.whole());
    PictureLegend.write(page);
    return page.raw("</main></body></html>\n").toString();
  }

  private void add(
      List<Attachment> all, String of, String name, String type, String ending, String text) {
    String source = source(of + " " + name, ending);
    out.write(source, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    all.add(new Attachment().setName(name).setType(type).setSource(source));
  }

  private void file(
      List<Attachment> all, String name, String type, String ending, Path file, long most) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) == 0) {
        return;
      }
      if (Files.size(file) > most) {
        add(
            all,
            file.toString(),
            name,
            TEXT,
            ".txt",
            "longer than is attached: " + run.relativize(file));
        return;
      }
      String source = source(run.relativize(file).toString(), ending);
      try (InputStream in = Files.newInputStream(file)) {
        out.write(source, in);
      }
      all.add(new Attachment().setName(name).setType(type).setSource(source));
    } catch (IOException e) {
      add(all, file.toString(), name, TEXT, ".txt", "cannot be read: " + e);
    }
  }

  /** The same file of the same run gets the same name. */
  private String source(String what, String ending) {
    String name = run.getFileName() + " " + what;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)) + "-attachment" + ending;
  }
}
