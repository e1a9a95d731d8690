package io.drillyard.field;

import io.drillyard.HangLimit;
import io.drillyard.host.lab.LabEntryPoint;
import io.drillyard.play.restore.PlainSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/** A case's own source: its script lies beside the declarations that the lab was given. */
public final class FieldSource implements LabEntryPoint {
  @Override
  public int run(Inside inside, List<String> arguments) throws Exception {
    String script =
        Files.readString(inside.environments().resolve(FieldCase.SOURCE), StandardCharsets.UTF_8);
    // On disk: nobody's segments of 1 GB are refused for want of room.
    PlainSource.make(inside, "vault-disk", script, HangLimit.quietSeconds(90), arguments);
    return 0;
  }
}
