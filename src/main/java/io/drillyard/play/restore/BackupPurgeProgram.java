package io.drillyard.play.restore;

import io.drillyard.check.backup.BackupPurgePlan;
import io.drillyard.cluster.RunSecrets;
import io.drillyard.declaration.ExternalRepository;
import io.drillyard.declaration.RestorePolicy;
import io.drillyard.declaration.RestorePolicyFile;
import io.drillyard.host.lab.LabEntryPoint;
import io.drillyard.host.lab.LabTestbed;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plans inside a lab what a purge would remove, and removes it when that very plan was confirmed.
 */
public final class BackupPurgeProgram implements LabEntryPoint {
  /** The plan, in the lab's output. */
  public static final String PLAN = "plan.json";

  /** What was done about it; not there when nothing was. */
  public static final String DONE = "done.json";

  private static final JsonMapper JSON = new JsonMapper();

  /** How the line begins that says why the program failed. */
  public static final String FAILED = "failed: ";

  @Override
  public int run(Inside inside, List<String> arguments) throws IOException {
    BackupPurgeOrder errand = BackupPurgeOrder.of(arguments);
    PrintStream out = System.out;
    System.setOut(System.err);
    RestorePolicy policy =
        RestorePolicyFile.loadInLab(inside.environments(), errand.policy()).orThrow();
    ExternalRepository external = Objects.requireNonNull(policy.external());
    RunSecrets secrets = new RunSecrets();
    try (LabTestbed yard = LabTestbed.open(policy.environment(), inside.image(), inside.disks());
        ExternalRepositoryAccess passage =
            ExternalRepositoryAccess.open(policy, external, inside, yard, secrets)) {
      BackupPurge purge = new BackupPurge(policy, external, passage, secrets);
      BackupPurgePlan plan = purge.plan(errand);
      Files.writeString(inside.out().resolve(PLAN), JSON.writeValueAsString(plan));
      boolean confirmed = plan.digest().equals(errand.confirmed()) && plan.refusals().isEmpty();
      if (confirmed) {
        BackupPurgeResult done = purge.remove(plan, inside::interrupted);
        Files.writeString(inside.out().resolve(DONE), JSON.writeValueAsString(done));
      }
      return 0;
    } catch (RuntimeException e) {
      out.println(FAILED + secrets.redact(String.valueOf(e.getMessage())).replace('\n', ' '));
      out.flush();
      System.err.println(secrets.redact(e));
      return RestoreProgram.BROKEN;
    }
  }
}
