package io.drillyard.cli;

import io.drillyard.evidence.EvidenceException;
import io.drillyard.host.HostException;
import io.drillyard.ledger.LedgerException;
import io.drillyard.scenario.launch.ExitCode;
import io.drillyard.target.DeclarationException;
import picocli.CommandLine;

/** Says what went wrong without a stack trace where the message is meant for people. */
final class Failures implements CommandLine.IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    switch (e) {
      case DeclarationException declared -> {
        declared.problems().forEach(p -> line.getErr().println(p));
        return ExitCode.USAGE;
      }
      case UsageException usage -> {
        line.getErr().println("drillyard: " + usage.getMessage());
        return ExitCode.USAGE;
      }
      case EvidenceException stored -> {
        line.getErr().println("drillyard: " + stored.getMessage());
        return ExitCode.USAGE;
      }
      case LedgerException ledger -> {
        line.getErr().println("drillyard: " + ledger.getMessage());
        return ExitCode.USAGE;
      }
      case HostException host -> {
        line.getErr().println("drillyard: " + host.getMessage());
        return ExitCode.BROKEN;
      }
      default -> {
        line.getErr().println("drillyard: the harness failed: " + e);
        e.printStackTrace(line.getErr());
        return ExitCode.BROKEN;
      }
    }
  }
}
