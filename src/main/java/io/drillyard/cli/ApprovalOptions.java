package io.drillyard.cli;

import io.drillyard.approval.Approval;
import io.drillyard.play.ApprovalsGiven;
import io.drillyard.signature.SignedEnvelope;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What people hand in with a run; without any of it the drill's stand-ins approve. */
final class ApprovalOptions {
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
   * @throws UsageException when one is none, or was handed in before
   */
  ApprovalsGiven handIn(String run) {
    List<String> envelopes = new ArrayList<>();
    for (Path file : approvals) {
      try {
        String text = Files.readString(file);
        Approval approval = Approval.of(SignedEnvelope.parse(text));
        if (!approval.standing()) {
          Files.writeString(Files.createFile(used(file)), run + "\n");
        }
        envelopes.add(text);
      } catch (FileAlreadyExistsException e) {
        throw new UsageException(
            "--approval %s was handed in before, and may be used once: %s says by which run."
                .formatted(file, used(file)));
      } catch (IOException e) {
        throw new UsageException("--approval " + file + " cannot be read.");
      } catch (IllegalArgumentException e) {
        throw new UsageException("--approval %s: %s".formatted(file, e.getMessage()));
      }
    }
    if (breakGlass != null && breakGlass.isBlank()) {
      throw new UsageException("--break-glass: say why.");
    }
    return new ApprovalsGiven(
        envelopes,
        executor,
        breakGlass,
        await == null ? 0 : KeysCommand.duration("--await-approval", await).toMillis());
  }

  private static Path used(Path file) {
    return file.resolveSibling(file.getFileName() + ".used");
  }
}
