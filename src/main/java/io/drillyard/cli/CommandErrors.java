package io.drillyard.cli;

import io.drillyard.declaration.DeclarationException;
import io.drillyard.evidence.EvidenceException;
import io.drillyard.host.HostException;
import io.drillyard.launch.ExitCode;
import io.drillyard.ledger.LedgerException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;

/**
 * Says what went wrong, without a stack trace where the message is meant for people, and with an
 * exit status that is never that of a target: 2 when what was given cannot be used, 4 when the
 * harness failed.
 */
final class CommandErrors implements CommandLine.IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    PrintWriter err = line.getErr();
    if (e instanceof DeclarationException declared) {
      declared.problems().forEach(err::println);
      return ExitCode.USAGE;
    }
    boolean forPeople =
        e instanceof UsageException
            || e instanceof EvidenceException
            || e instanceof LedgerException
            || e instanceof HostException
            || e instanceof UncheckedIOException;
    if (forPeople) {
      err.println("drillyard: " + e.getMessage());
    } else {
      err.println("drillyard: the harness failed: " + e);
      e.printStackTrace(err);
    }
    return status(e, line.getCommandName());
  }

  /** Evidence that a run itself cannot write or read back is its own failure, not the user's. */
  static int status(Exception e, String verb) {
    boolean stored = e instanceof EvidenceException || e instanceof LedgerException;
    boolean given =
        e instanceof UsageException
            || e instanceof DeclarationException
            || (stored && !verb.equals("run") && !verb.equals("storm"));
    return given ? ExitCode.USAGE : ExitCode.BROKEN;
  }
}
