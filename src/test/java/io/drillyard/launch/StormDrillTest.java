package io.drillyard.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Verdict;
import io.drillyard.declaration.Declarations;
import io.drillyard.evidence.Evidence;
import io.drillyard.host.lab.LabLauncher;
import io.drillyard.storm.EnvironmentFaultSupport;
import io.drillyard.storm.ScheduleGenerator;
import io.drillyard.storm.ScheduledFault;
import io.drillyard.storm.StormFaults;
import io.drillyard.storm.StormLimits;
import io.drillyard.storm.StormSchedule;
import io.drillyard.storm.StormScheduleText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A short storm of a fixed seed in a real lab, from the schedule to the report. */
@Tag("drill")
class StormDrillTest {
  private static final int AGAIN = 3;
  private static final long SEED = 2;
  private static final List<String> MIX =
      List.of(
          "kill-haproxy",
          "kill-patroni-replica",
          "kill-postmaster",
          "kill-backend",
          "kill-etcd-follower",
          "freeze-walreceiver",
          "long-transaction");

  @Test
  void aShortStormIsMet() {
    Path environments =
        Path.of(System.getProperty("drillyard.environments", "environments")).toAbsolutePath();
    Declarations declarations = Declarations.load(environments);
    EnvironmentFaultSupport ground =
        EnvironmentFaultSupport.of(declarations.environment("onprem-sync").orThrow());
    StormLimits limits =
        new StormLimits(
            Duration.ofSeconds(45),
            2,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5));
    StormSchedule schedule =
        ScheduleGenerator.schedule(
            SEED,
            limits,
            StormFaults.choices().stream().filter(c -> MIX.contains(c.name())).toList(),
            ground);
    assertThat(schedule.entries()).hasSizeGreaterThan(2);
    StormScheduleText storm = new StormScheduleText("onprem-sync", "inventory-tenancy", schedule);
    assertThat(schedule.entries().stream().map(ScheduledFault::name)).doesNotHaveDuplicates();
    int left = AGAIN;
    while (!isMet(environments, declarations, storm, left)) {
      left--;
    }
  }

  /** False when nothing could be determined because the machine stood still, and may not be so. */
  private static boolean isMet(
      Path environments, Declarations declarations, StormScheduleText storm, int left) {
    Run run = new Run(Path.of(System.getProperty("drillyard.reports", "reports")).toAbsolutePath());
    PlannedDrill part = PlannedDrill.of(declarations, "Storm-" + SEED, storm);
    DrillLauncher launcher =
        new DrillLauncher(LabLauncher.here(environments), run.id(), false, DrillWatcher.NONE);
    Evidence evidence =
        new StormRun(run, part, storm, "a short storm", file -> "bin/drillyard storm " + file)
            .play(
                launcher,
                new StormRun.Bound(0, Duration.ofMinutes(1)),
                declarations.contexts().orThrow().values());
    run.write(evidence);
    Evidence.Drill drill = evidence.drills().getFirst();
    if (left > 0 && MachineStallCheck.disturbed(run, drill)) {
      return false;
    }
    assertThat(drill.checks().stream().filter(f -> f.verdict() != Verdict.MET))
        .as("%s %s", drill.folder(), drill.observations())
        .isEmpty();
    assertThat(evidence.verdict()).isEqualTo(Verdict.MET);
    assertThat(launcher.residue()).isEmpty();
    assertThat(
            StoredRunRecord.read(run.folder())
                .differences(StoredRunRecord.read(run.folder()).judgedAgain()))
        .isEmpty();
    return true;
  }
}
