package io.drillyard.evidence;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A run's folder: {@code evidence.json}, {@code junit.xml}, {@code drillyard.prom} and {@code
 * report.html}.
 *
 * <p>Each file appears whole or not at all: it is written beside its place and renamed into it, so
 * that a reader (or a run that is killed) never leaves half a report that looks like one.
 */
public final class ReportFolder {
  /** The machine's copy. */
  public static final String EVIDENCE = "evidence.json";

  /** For build servers. */
  public static final String JUNIT = "junit.xml";

  /** For Prometheus' node exporter. */
  public static final String METRICS = "drillyard.prom";

  /** For people. */
  public static final String REPORT = "report.html";

  private ReportFolder() {}

  /**
   * Writes all of them; the evidence first, since the others can be made from it again.
   *
   * @param folder of the run; made when missing
   * @param ledgers gives the events of a drill; asked once per drill
   * @return where the report is
   * @throws EvidenceException when the folder cannot be written
   */
  public static Path write(Path folder, Evidence evidence, LedgerSource ledgers) {
    try {
      Files.createDirectories(folder);
      replace(folder.resolve(EVIDENCE), out -> out.write(EvidenceJson.write(evidence)));
    } catch (IOException e) {
      throw unwritten(folder, e);
    }
    return rewrite(folder, evidence, ledgers);
  }

  /**
   * Writes what people and build servers read, and leaves the record as it is.
   *
   * @param evidence judged from the ledgers just now, with its sentences
   * @return where the report is
   * @throws EvidenceException when the folder cannot be written
   */
  public static Path rewrite(Path folder, Evidence evidence, LedgerSource ledgers) {
    try {
      replace(folder.resolve(JUNIT), out -> out.write(JunitXml.write(evidence)));
      replace(folder.resolve(METRICS), out -> out.write(PrometheusText.write(evidence)));
      Path report = folder.resolve(REPORT);
      replace(report, out -> ReportHtml.write(out, evidence, ledgers));
      return report;
    } catch (IOException e) {
      throw unwritten(folder, e);
    }
  }

  private static EvidenceException unwritten(Path folder, IOException e) {
    return new EvidenceException(
        folder.toString(),
        "the report cannot be written: " + e,
        "Files that were there are unchanged; make room or the folder writable, then run"
            + " drillyard report",
        e);
  }

  /** What a file is to hold. */
  public interface Content {
    /** Writes it. */
    void to(Writer out) throws IOException;
  }

  /** Writes a file so that it appears whole or not at all. */
  public static void replace(Path file, Content content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path temporary = Files.createTempFile(folder, "." + file.getFileName(), ".tmp");
    try {
      try (Writer out = Files.newBufferedWriter(temporary)) {
        content.to(out);
      }
      readable(temporary);
      try {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Temporary files are private by default; a report is meant to be handed on. */
  private static void readable(Path file) throws IOException {
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(
          file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
    }
  }
}
