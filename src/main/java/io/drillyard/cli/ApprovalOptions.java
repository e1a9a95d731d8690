package io.drillyard.cli;

import io.drillyard.approval.Approval;
import io.drillyard.play.ApprovalsGiven;
import io.drillyard.signature.SignedEnvelope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What people hand in with a run; without any of it the drill's stand-ins approve. */
final class ApprovalOptions {
  /** Folder among the reports that holds what was handed in, by all that was signed. */
  private static final String USED = "approvals-used";

  @Option(
      names = "--approval",
      paramLabel = "FILE",
      description =
          "An approval by `drillyard approve`; may be given several times. Without one the drill's own stand-ins approve, and the report says so.")
  List<Path> approvals = new ArrayList<>();

  @Option(
      names = "--await-approval",
      paramLabel = "TIME",
      description =
          "Orders wait so long for `drillyard approve RUN`; the time counts as the decision's.")
  @Nullable String await;

  @Option(
      names = "--executor",
      paramLabel = "NAME",
      description = "Who carries orders out (default: the user who runs this).")
  String executor = System.getProperty("user.name", "");

  @Option(
      names = "--break-glass",
      paramLabel = "REASON",
      description =
          "An emergency: orders are carried out without approval and outside windows. Never against a gate that is BLOCKED, and never MET.")
  @Nullable String breakGlass;

  /**
   * Reads them, and marks those that may be used once as handed in.
   *
   * @param drills how many are played
   * @param reports where runs are kept
   * @throws UsageException when one is none, or was handed in before
   */
  ApprovalsGiven handIn(String run, int drills, Path reports) {
    if (breakGlass != null && breakGlass.isBlank()) {
      throw new UsageException("--break-glass: say why.");
    }
    if (executor.isBlank()) {
      throw new UsageException("--executor: say who.");
    }
    double longestMs =
        await == null ? 0 : KeysCommand.duration("--await-approval", await).toMillis();
    List<String> envelopes = new ArrayList<>();
    Map<Path, Path> marks = new LinkedHashMap<>();
    for (Path file : approvals) {
      try {
        String text = Files.readString(file);
        SignedEnvelope envelope = SignedEnvelope.parse(text);
        if (!Approval.of(envelope).standing()) {
          Path mark = reports.resolve(USED).resolve(Approval.use(envelope));
          if (drills > 1 || marks.containsKey(mark)) {
            throw new UsageException(
                "--approval %s may be used once: hand it in once, with one drill.".formatted(file));
          }
          marks.put(mark, file);
        }
        envelopes.add(text);
      } catch (IOException e) {
        throw new UsageException("--approval " + file + " cannot be read.");
      } catch (IllegalArgumentException e) {
        throw new UsageException("--approval %s: %s".formatted(file, e.getMessage()));
      }
    }
    // Only when all of them can be used is one marked.
    marks.forEach((mark, file) -> mark(mark, file, run));
    return new ApprovalsGiven(envelopes, executor, breakGlass, longestMs);
  }

  private static void mark(Path mark, Path file, String run) {
    try {
      Files.createDirectories(mark.getParent());
      Files.writeString(Files.createFile(mark), run + "\n");
    } catch (FileAlreadyExistsException e) {
      throw new UsageException(
          "--approval %s was handed in before, and may be used once: %s says by which run."
              .formatted(file, mark));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
