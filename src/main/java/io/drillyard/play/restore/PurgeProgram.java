package io.drillyard.play.restore;

import io.drillyard.check.backup.PurgePlan;
import io.drillyard.cluster.Secrets;
import io.drillyard.host.lab.LabProgram;
import io.drillyard.host.lab.LabYard;
import io.drillyard.target.ExternalRepository;
import io.drillyard.target.RestorePolicy;
import io.drillyard.target.RestorePolicyFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plans inside a lab what a purge would remove, and removes it when that very plan was confirmed.
 */
public final class PurgeProgram implements LabProgram {
  /** The plan, in the lab's output. */
  public static final String PLAN = "plan.json";

  /** What was done about it; not there when nothing was. */
  public static final String DONE = "done.json";

  private static final JsonMapper JSON = new JsonMapper();

  /** How the line begins that says why the program failed. */
  public static final String FAILED = "failed: ";

  @Override
  public int run(Inside inside, List<String> arguments) throws IOException {
    PurgeErrand errand = PurgeErrand.of(arguments);
    PrintStream out = System.out;
    System.setOut(System.err);
    RestorePolicy policy =
        RestorePolicyFile.loadInLab(inside.environments(), errand.policy()).orThrow();
    ExternalRepository external = Objects.requireNonNull(policy.external());
    Secrets secrets = new Secrets();
    try (LabYard yard = LabYard.open(policy.environment(), inside.image(), inside.disks());
        Passage passage = Passage.open(policy, external, inside, yard, secrets)) {
      Purge purge = new Purge(policy, external, passage, secrets);
      PurgePlan plan = purge.plan(errand);
      Files.writeString(inside.out().resolve(PLAN), JSON.writeValueAsString(plan));
      boolean confirmed = plan.digest().equals(errand.confirmed()) && plan.refusals().isEmpty();
      if (confirmed) {
        PurgeDone done = purge.remove(plan, inside::interrupted);
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
