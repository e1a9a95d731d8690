package io.drillyard.evidence;

import io.drillyard.evidence.Evidence.Drill;

/** The command that plays a drill of a stored run again, from the project's folder. */
final class ReplayCommand {
  private ReplayCommand() {}

  /** Scenario, environment and context are all named: the scenario's own may change later. */
  static String command(Evidence evidence, Drill drill) {
    StringBuilder command = new StringBuilder("bin/drillyard run ").append(drill.scenario());
    if (isVariant(evidence, drill.environment())) {
      command.append(" --environments reports/").append(evidence.run()).append("/environments");
    }
    return command
        .append(" --environment ")
        .append(drill.environment())
        .append(" --context ")
        .append(drill.context())
        .toString();
  }

  /** True for an environment that a sweep made: it lies in the run's folder. */
  private static boolean isVariant(Evidence evidence, String environment) {
    RunStudy study = evidence.study();
    SettingsSweep sweep = study == null ? null : study.sweep();
    return sweep != null
        && sweep.grid().points().stream().anyMatch(p -> p.environment().equals(environment));
  }
}
