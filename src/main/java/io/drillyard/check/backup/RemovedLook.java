package io.drillyard.check.backup;

import io.drillyard.check.Finding;
import java.util.List;

/**
 * What is left of the sandbox.
 *
 * @param left files, processes and sockets, one to a line
 */
public record RemovedLook(String host, String left) implements RungLook {
  @Override
  public Finding judge(RungLooks test) {
    return left.isEmpty()
        ? RungFindings.met(
            Rung.REMOVED,
            "No file, process or socket of the restored server is left on %s.".formatted(host),
            List.of())
        : RungFindings.missed(
            Rung.REMOVED, "Something of the sandbox is left.", left.lines().toList());
  }
}
