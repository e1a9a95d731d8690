package io.drillyard.restore.play;

import io.drillyard.check.Verdict;
import io.drillyard.check.backup.Remembered;
import io.drillyard.cluster.Await;
import io.drillyard.cluster.Secrets;
import io.drillyard.host.HostException;
import io.drillyard.host.lab.LabProgram.Inside;
import io.drillyard.restore.report.RestoreJson;
import io.drillyard.restore.report.RestoreTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tests that one order asks for, one after the other, each with a record of its own. */
final class Series {
  private final Inside inside;
  private final RestoreOrder order;
  private final Progress progress;
  private final Secrets secrets;
  private int number;
  private @Nullable Remembered remembered;

  Series(Inside inside, RestoreOrder order, Secrets secrets, Progress progress) {
    this.secrets = secrets;
    this.inside = inside;
    this.order = order;
    this.progress = progress;
  }

  RestoreOrder order() {
    return order;
  }

  /** Tests of a repository that nobody damaged; the last may leave its sandbox to be looked at. */
  void undamaged(Setting setting) throws IOException {
    // To read every byte of it is no part of a restore; to list it is the first rung.
    @Nullable Map<String, String> before = setting.live() ? null : setting.fingerprints();
    for (int run = 1; run <= order.cleanRuns(); run++) {
      String name = run == 1 ? "clean" : "clean-" + run;
      Trial trial = trial(setting, name, run - 1);
      boolean mayKeep = run == order.cleanRuns() && order.tamperings().isEmpty();
      boolean keep = mayKeep && order.keepSeconds() > 0;
      RestoreTest test = trial.run(before, keep);
      write(test);
      remembered = trial.toRemember();
      if (keep && test.verdict() != Verdict.MET) {
        keep(setting.sandbox());
      }
    }
  }

  /** The same of a repository that is in use: its first rung lists what is there. */
  RestoreTest damaged(Setting setting, String name) {
    return damaged(setting, name, null);
  }

  /** A test of what is there now; what an undamaged one saw is remembered. */
  RestoreTest damaged(Setting setting, String name, @Nullable Map<String, String> before) {
    return trial(setting, name, 0).run(before, false);
  }

  private Trial trial(Setting setting, String name, int shift) {
    if (inside.interrupted()) {
      throw new HostException("interrupted before " + name);
    }
    progress.say(name);
    return new Trial(setting, name, order.seed() + shift, remembered, progress);
  }

  /** The lab stays as it is until somebody ends it, or the time is over. */
  private void keep(Sandbox sandbox) {
    sandbox.reopen();
    progress.say(RestoreProgram.KEPT + sandbox.host().name());
    Await.quietly(Duration.ofSeconds(order.keepSeconds()), inside::interrupted);
  }

  /** Leaves a record for the launcher. */
  void write(RestoreTest test) throws IOException {
    number++;
    Path folder = Files.createDirectories(inside.out().resolve(RestoreProgram.RECORDS));
    Files.writeString(
        folder.resolve("%03d-%s.json".formatted(number, test.name())),
        secrets.redact(RestoreJson.write(test)),
        StandardCharsets.UTF_8);
    RestoreTest.Control control = test.control();
    progress.say(
        "%s: %s".formatted(test.name(), control == null ? test.verdict() : control.result()));
  }
}
