package io.drillyard.play.restore;

import io.drillyard.check.backup.UnchangedLook.Listing;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.FileLedger;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.Ledger;
import io.drillyard.ledger.LedgerFormat;
import io.drillyard.ledger.ObjectListing;
import io.drillyard.ledger.RunPlan;
import io.drillyard.ledger.RungLooked;
import io.drillyard.ledger.RungUntried;
import io.drillyard.ledger.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The ledger of one restore test, from the first thing that is done for it, with the listings that
 * lie beside it. No secret gets into the file.
 */
final class RestoreTestLedger {
  /** What its file's name ends with. */
  static final String ENDING = ".ndjson";

  private static final JsonMapper JSON = new JsonMapper();

  private final @Nullable Path file;
  private final Ledger ledger;
  private final List<String> planned;
  private final @Nullable RunPlan plan;
  private final UnaryOperator<String> redact;
  private final Map<Listing, Map<String, String>> listings = new ConcurrentHashMap<>();

  private RestoreTestLedger(
      @Nullable Path file,
      Ledger ledger,
      List<String> planned,
      @Nullable RunPlan plan,
      UnaryOperator<String> redact) {
    this.file = file;
    this.planned = planned;
    this.plan = plan;
    this.ledger = ledger;
    this.redact = redact;
  }

  /**
   * Opens one.
   *
   * @param file that must not be there
   * @param planned names of all tests of the order
   * @param plan what the whole run is to be
   * @param redact takes every secret out of a text
   */
  static RestoreTestLedger open(
      Path file, List<String> planned, RunPlan plan, UnaryOperator<String> redact) {
    try {
      OutputStream out = new RedactedLines(Files.newOutputStream(file), redact);
      return new RestoreTestLedger(
          file, new FileLedger(out, System.nanoTime()), planned, plan, redact);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The part of a drill's ledger that tells of a restore test in it. It keeps no listings: the
   * drill's own checks compare what the repository holds.
   *
   * @param ledger of the drill
   * @param name of the test
   */
  static RestoreTestLedger within(Ledger ledger, String name, UnaryOperator<String> redact) {
    return new RestoreTestLedger(
        null, new RedactedLooks(ledger, redact), List.of(name), null, redact);
  }

  /** Its first event. */
  void begin(String runId, RepositoryUnderTest setting, Instant ordered) {
    ledger.append(
        new Event.Opened(
            now(),
            LedgerFormat.VERSION,
            runId,
            "restore-test",
            setting.policy().name(),
            String.join(", ", setting.policy().serves()),
            "restore",
            ordered.toString(),
            setting.versions()));
  }

  /** When it is now. */
  Interval now() {
    long now = ledger.now();
    return new Interval(now, now);
  }

  /** Names of all tests of the order. */
  List<String> planned() {
    return planned;
  }

  /** What the whole run is to be; null: the drill's own ledger tells it. */
  @Nullable RunPlan plan() {
    return plan;
  }

  /** A remark of the record. */
  void note(String remark) {
    ledger.append(new Event.Note(now(), "remark", remark));
  }

  /** Where to write. */
  Ledger ledger() {
    return ledger;
  }

  /** Keeps what every object is like in a file beside the ledger. */
  Listing keep(String what, Map<String, String> objects) {
    Path own = Objects.requireNonNull(file);
    String name = own.getFileName().toString().replace(ENDING, "") + "." + what + ".gz";
    Path beside = own.resolveSibling(name);
    try {
      byte[] bytes = ObjectListing.write(objects, redact);
      Files.write(beside, bytes);
      Listing listing = new Listing(name, Sha256.of(bytes));
      listings.put(listing, objects);
      return listing;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was kept, without reading it again. */
  Map<String, String> kept(Listing listing) {
    Map<String, String> objects = listings.get(listing);
    if (objects == null) {
      throw new IllegalStateException("no listing of that name was kept: " + listing.file());
    }
    return objects;
  }

  /**
   * Ends it.
   *
   * @param control how a test of a damaged repository came out; null: it was none
   * @param end {@code complete} or {@code failed}
   */
  void close(@Nullable Event control, String end) {
    if (control != null) {
      ledger.append(control);
    }
    ledger.append(new Event.Closed(now(), end, null));
    if (ledger instanceof FileLedger whole) {
      whole.close();
    }
  }

  /** The file's name. */
  String name() {
    return Objects.requireNonNull(file).getFileName().toString();
  }

  /**
   * Takes secrets out of what rungs looked at, on its way to a ledger that others write to, too.
   */
  private record RedactedLooks(Ledger to, UnaryOperator<String> redact) implements Ledger {
    @Override
    public long now() {
      return to.now();
    }

    @Override
    public void append(Event event) {
      to.append(
          switch (event) {
            case RungLooked looked ->
                new RungLooked(
                    looked.at(),
                    looked.rung(),
                    JSON.readTree(redact.apply(looked.look().toString())));
            case RungUntried untried ->
                new RungUntried(
                    untried.at(), untried.rung(), untried.broke(), redact.apply(untried.why()));
            default -> event;
          });
    }
  }

  /** Takes secrets out, line by line. */
  private static final class RedactedLines extends FilterOutputStream {
    private final UnaryOperator<String> redact;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    RedactedLines(OutputStream out, UnaryOperator<String> redact) {
      super(out);
      this.redact = redact;
    }

    @Override
    public void write(int b) throws IOException {
      line.write(b);
      if (b == '\n') {
        out.write(
            redact.apply(line.toString(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
        line.reset();
      }
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      for (int i = from; i < from + length; i++) {
        write(bytes[i]);
      }
    }
  }
}
