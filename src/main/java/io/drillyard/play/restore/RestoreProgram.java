package io.drillyard.play.restore;

import io.drillyard.cluster.RunSecrets;
import io.drillyard.declaration.RestorePolicy;
import io.drillyard.declaration.RestorePolicyFile;
import io.drillyard.host.lab.LabEntryPoint;
import io.drillyard.host.lab.LabTestbed;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/**
 * Restore tests inside a lab: of the demonstration's own source, or of an external repository.
 * Writes one ledger per test; its standard output is progress.
 */
public final class RestoreProgram implements LabEntryPoint {
  /** Folder of the ledgers, below the lab's output. */
  public static final String TESTS = "tests";

  /** How the line begins that names a sandbox that is kept. */
  public static final String KEPT = "kept: ";

  /** How the line begins that says how many seconds a test may take, where its size decides. */
  public static final String ALLOWED = "the whole test may take ";

  /** As a lab ends whose program failed. */
  static final int BROKEN = 4;

  @Override
  public int run(Inside inside, List<String> arguments) throws IOException {
    RestoreOrder order = RestoreOrder.of(arguments);
    PrintStream out = System.out;
    System.setOut(System.err);
    RunSecrets secrets = new RunSecrets();
    ProgressLines progress =
        line -> {
          synchronized (out) {
            out.println(secrets.redact(line));
            out.flush();
          }
        };
    RestorePolicy policy =
        RestorePolicyFile.loadInLab(inside.environments(), order.policy())
            .orThrow()
            .choosing(order.backup(), order.target());
    try (LabTestbed yard = LabTestbed.open(policy.environment(), inside.image(), inside.disks())) {
      RestoreTestSeries series = new RestoreTestSeries(inside, order, secrets, progress);
      try {
        if (policy.external() == null) {
          new LabRestoreTests(policy, yard, secrets, progress).run(series);
        } else {
          new ExternalRepositoryTests(policy, policy.external(), inside, yard, secrets).run(series);
        }
      } finally {
        series.end();
      }
      return 0;
    } catch (RuntimeException e) {
      progress.say("failed: " + e.getMessage());
      System.err.println(secrets.redact(e));
      return BROKEN;
    }
  }
}
