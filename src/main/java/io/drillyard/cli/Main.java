package io.drillyard.cli;

import io.drillyard.launch.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code drillyard}: chaos tests and disaster-recovery drills for PostgreSQL. */
@Command(
    name = "drillyard",
    mixinStandardHelpOptions = true,
    versionProvider = VersionOutput.class,
    description =
        "Builds PostgreSQL clusters, breaks them in declared ways, and proves what happened.",
    footer = {
      "",
      "Exit codes: 0 targets met, 1 a target missed, 2 usage or configuration,",
      "3 undetermined, 4 harness broken, 5 residue left behind, 130 interrupted."
    },
    subcommands = {
      DoctorCommand.class,
      ListCommand.class,
      ValidateCommand.class,
      AdoptCommand.class,
      MigrateCommand.class,
      PlanCommand.class,
      RunCommand.class,
      SweepCommand.class,
      StormCommand.class,
      KeysCommand.class,
      ApproveCommand.class,
      GateCommand.class,
      WatchCommand.class,
      ShellCommand.class,
      RestoreTestCommand.class,
      StatusCommand.class,
      PurgeCommand.class,
      HeartbeatCommand.class,
      JudgeCommand.class,
      ReportCommand.class,
      CleanCommand.class,
      AutoComplete.GenerateCompletion.class
    })
public final class Main implements Runnable {
  @CommandLine.Spec CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

  /** Entry point. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line, ready to execute. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    // Every verb knows --version; none has one of its own.
    line.getSubcommands()
        .values()
        .forEach(verb -> verb.getCommandSpec().versionProvider(new VersionOutput()));
    line.setExecutionExceptionHandler(new CommandErrors());
    line.setExitCodeExceptionMapper(
        e -> e instanceof CommandLine.ParameterException ? ExitCode.USAGE : ExitCode.BROKEN);
    if (!RunProgress.colourAllowed()) {
      line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    }
    return line;
  }

  /** Without a verb nothing was asked for, and nothing must look like a success. */
  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "drillyard: no verb was named. `drillyard list` is a good beginning.");
    }
  }
}
