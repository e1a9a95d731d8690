package io.drillyard.play.restore;

import io.drillyard.check.backup.AcknowledgedLook;
import io.drillyard.check.backup.FreshnessLook;
import io.drillyard.check.backup.InformationLook;
import io.drillyard.check.backup.ProgramOutput;
import io.drillyard.check.backup.RestoreChoice;
import io.drillyard.check.backup.RestoreLook;
import io.drillyard.check.backup.SqlAssertionsLook;
import io.drillyard.check.backup.StepLimit;
import io.drillyard.check.backup.StoreSilence;
import io.drillyard.check.backup.VerifyLook;
import io.drillyard.declaration.Durations;
import io.drillyard.declaration.RestorePolicy;
import io.drillyard.host.CommandResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the questions of single rungs to the sandbox; what it answers is judged elsewhere. */
final class SandboxChecks {
  private final RepositoryUnderTest setting;
  private final Sandbox sandbox;
  private final ProgressLines progress;

  SandboxChecks(RepositoryUnderTest setting, ProgressLines progress) {
    this.setting = setting;
    this.sandbox = setting.sandbox();
    this.progress = progress;
  }

  /** What a program said. */
  static ProgramOutput said(CommandResult result) {
    return new ProgramOutput(result.exit(), result.stdout(), result.stderr());
  }

  /** How a step that ended just now stands to the test's limit. */
  static StepLimit limit(Sandbox sandbox) {
    return new StepLimit(sandbox.over(), Durations.format(sandbox.whole()));
  }

  /** Asks beside a store that did not answer a program; null: it did. */
  private @Nullable StoreSilence silence(ProgramOutput said) {
    return !said.ok() && StoreSilence.in(said.lastError()) ? setting.silence().ask() : null;
  }

  VerifyLook verify() {
    ProgramOutput said =
        said(
            LongStepProgress.watched(
                progress, "pgbackrest verify", LongStepProgress.UNKNOWN, sandbox::verify));
    StepLimit limit = limit(sandbox);
    return new VerifyLook(said, limit, silence(said));
  }

  RestoreLook restored(InformationLook what, RestoreChoice choice) {
    String here = sandbox.version();
    long free = sandbox.freeBytes();
    if (what.backups() == null
        || RestoreLook.unfit(what.backups(), choice.backup(), here, free) != null) {
      return new RestoreLook(here, free, null, limit(sandbox), null, null);
    }
    long bytes = choice.backup().bytes();
    ProgramOutput said =
        said(
            LongStepProgress.watched(
                progress,
                "the copy",
                () -> bytes == 0 ? -1 : sandbox.bytes() / (double) bytes,
                () -> sandbox.restore(choice.backup().label())));
    StepLimit limit = limit(sandbox);
    return new RestoreLook(
        here, free, said, limit, silence(said), said.ok() ? sandbox.systemIdentifier() : null);
  }

  AcknowledgedLook acknowledged() {
    return setting.writes().isEmpty()
        ? new AcknowledgedLook(List.of(), null)
        : new AcknowledgedLook(
            setting.writes(), said(sandbox.sql("app", "select id from shop.orders")));
  }

  SqlAssertionsLook assertions() {
    List<SqlAssertionsLook.Answer> answers = new ArrayList<>();
    for (RestorePolicy.Assertion each : setting.policy().assertions()) {
      CommandResult said = sandbox.client().ask(each.database(), each.query());
      answers.add(new SqlAssertionsLook.Answer(each.name(), each.expect(), said(said)));
      if (sandbox.over()) {
        break;
      }
    }
    return new SqlAssertionsLook(answers, setting.policy().assertions().size(), limit(sandbox));
  }

  FreshnessLook heartbeat() {
    RestorePolicy.Heartbeat marker = setting.policy().heartbeat();
    if (marker == null) {
      return new FreshnessLook(null);
    }
    CommandResult said =
        sandbox
            .client()
            .ask(
                marker.database(),
                "select to_char(max(%s) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') from %s"
                    .formatted(marker.column(), marker.table()));
    String text = said.stdout().strip();
    return new FreshnessLook(said.ok() && !text.isEmpty() ? Instant.parse(text) : null);
  }

  String logTail() {
    List<String> lines = sandbox.logText().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
  }
}
