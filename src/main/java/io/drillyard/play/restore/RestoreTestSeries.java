package io.drillyard.play.restore;

import io.drillyard.check.Verdict;
import io.drillyard.check.backup.EarlierRepositoryState;
import io.drillyard.check.backup.Rung;
import io.drillyard.cluster.BoundedWait;
import io.drillyard.cluster.RunSecrets;
import io.drillyard.host.HostException;
import io.drillyard.host.lab.LabEntryPoint.Inside;
import io.drillyard.ledger.LedgerException;
import io.drillyard.ledger.RestoreControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tests that one order asks for, one after the other, each with a ledger of its own. */
final class RestoreTestSeries {
  private final Inside inside;
  private final RestoreOrder order;
  private final ProgressLines progress;
  private final RunSecrets secrets;
  private final Map<String, RestoreTestLedger> open = new LinkedHashMap<>();
  private int number;
  private @Nullable EarlierRepositoryState remembered;

  RestoreTestSeries(Inside inside, RestoreOrder order, RunSecrets secrets, ProgressLines progress) {
    this.secrets = secrets;
    this.inside = inside;
    this.order = order;
    this.progress = progress;
  }

  RestoreOrder order() {
    return order;
  }

  /** Tests of a repository that nobody damaged; the last may leave its sandbox to be looked at. */
  void undamaged(RepositoryUnderTest setting) throws IOException {
    // To read every byte of it is no part of a restore; to list it is the first rung.
    @Nullable Map<String, String> before = setting.live() ? null : setting.fingerprints();
    for (int run = 1; run <= order.cleanRuns(); run++) {
      String name = RestoreOrder.clean(run);
      RestoreTestExecution trial =
          new RestoreTestExecution(
              setting, name, order.seed() + run - 1, remembered, open(setting, name), progress);
      boolean mayKeep = run == order.cleanRuns() && order.scenarios().isEmpty();
      boolean keep = mayKeep && order.keepSeconds() > 0;
      RestoreTestOutcome test = trial.run(before, keep);
      write(test);
      remembered = trial.toRemember();
      if (keep && test.verdict() != Verdict.MET) {
        keep(setting.sandbox());
      }
    }
  }

  /**
   * A test of what is there now; what an undamaged one saw is remembered.
   *
   * @param file its ledger, on which what befell the repository stands already
   * @param before what every object is like now; null: the first rung asks
   */
  RestoreTestOutcome test(
      RepositoryUnderTest setting,
      String name,
      RestoreTestLedger file,
      @Nullable Map<String, String> before) {
    return new RestoreTestExecution(setting, name, order.seed(), remembered, file, progress)
        .run(before, false);
  }

  /** Opens the ledger of a test, before anything is done for it; {@link #write} ends it. */
  RestoreTestLedger open(RepositoryUnderTest setting, String name) throws IOException {
    if (inside.interrupted()) {
      throw new HostException("interrupted before " + name);
    }
    progress.say(name);
    number++;
    Path folder = Files.createDirectories(inside.out().resolve(RestoreProgram.TESTS));
    RestoreTestLedger file =
        RestoreTestLedger.open(
            folder.resolve("%03d-%s%s".formatted(number, name, RestoreTestLedger.ENDING)),
            order.names(),
            order.plan(),
            secrets::redact);
    file.begin(order.runId(), setting, Instant.now(Clock.systemUTC()));
    open.put(name, file);
    return file;
  }

  /** The lab stays as it is until somebody ends it, or the time is over. */
  private void keep(Sandbox sandbox) {
    sandbox.reopen();
    progress.say(RestoreProgram.KEPT + sandbox.host().name());
    BoundedWait.quietly(Duration.ofSeconds(order.keepSeconds()), inside::interrupted);
  }

  /** Ends the ledgers of tests that broke off. */
  void end() {
    for (RestoreTestLedger file : open.values()) {
      try {
        file.close(null, "failed");
      } catch (LedgerException e) {
        progress.say(file.name() + " was not ended: " + e.getMessage());
      }
    }
    open.clear();
  }

  /** Ends a test's ledger: what came of it is judged from there. */
  void write(RestoreTestOutcome test) {
    RestoreTestLedger file = open.remove(test.name());
    if (file == null) {
      throw new IllegalStateException("no ledger was opened for " + test.name());
    }
    RestoreTestOutcome.Control control = test.control();
    test.observations().forEach(file::note);
    file.close(
        control == null
            ? null
            : new RestoreControl(
                file.now(),
                control.words(),
                control.rung().check(),
                control.by().stream().map(Rung::check).toList(),
                control.result().word()),
        test.broken() ? "failed" : "complete");
    progress.say(
        "%s: %s"
            .formatted(test.name(), control == null ? test.verdict() : control.result().word()));
  }
}
