package io.drillyard.evidence;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.drillyard.check.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code restore.json}: what runs of restore tests left before they stood in {@code evidence.json}
 * beside drills. It is read as if it were one.
 */
public final class FormerRestoreRecord {
  /** Its name in the folder of a run. */
  public static final String FILE = "restore.json";

  /** The first of its formats, whose tests left no ledgers. */
  public static final int WITHOUT_LEDGERS = 1;

  /** The last. */
  private static final int NEWEST = 2;

  private static final JsonMapper MAPPER = new JsonMapper();

  private FormerRestoreRecord() {}

  /** What stood in it. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Former(
      int format,
      String run,
      String description,
      Verdict verdict,
      String started,
      String finished,
      String end,
      Map<String, String> machine,
      List<RestoreTest> tests) {}

  /** True of a folder whose record is of that kind. */
  public static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(FILE))
        && !Files.exists(folder.resolve(ReportFolder.EVIDENCE));
  }

  /**
   * As evidence: of format 1 where the tests left no ledgers, else of format 3, the last before
   * restore tests were in evidence.
   *
   * @throws EvidenceException when it cannot be read, or is of no format that is known
   */
  public static Evidence read(Path file) {
    Former former;
    try {
      former = MAPPER.readValue(Files.readString(file), Former.class);
    } catch (IOException | JacksonException e) {
      throw new EvidenceException(
          file.toString(), "cannot be read: " + e.getMessage(), "Name a whole run", e);
    }
    if (former.format() < WITHOUT_LEDGERS
        || former.format() > NEWEST
        || former.tests() == null
        || former.machine() == null
        || former.description() == null
        || former.end() == null) {
      throw new EvidenceException(
          file.toString(),
          "is no record of restore tests of a format that is known: " + former.format(),
          "Read it with the Drillyard that wrote it");
    }
    former.tests().forEach(t -> EvidenceJson.whole(t, file.toString()));
    Map<String, String> harness = new LinkedHashMap<>(former.machine());
    harness.put("description", former.description());
    return new Evidence(
        former.format() == WITHOUT_LEDGERS ? 1 : Evidence.FORMAT - 1,
        former.run(),
        former.verdict(),
        former.started(),
        former.finished(),
        former.end(),
        harness,
        List.of(),
        List.of(),
        null,
        Map.of(),
        former.tests(),
        List.of());
  }
}
