package io.drillyard.check.backup;

import io.drillyard.check.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What pg_checksums said of all files of the stopped server.
 *
 * @param stopped how the server was stopped
 * @param said null when it was not stopped
 */
public record ChecksumsLook(ProgramOutput stopped, @Nullable ProgramOutput said, StepLimit limit)
    implements RungLook {
  @Override
  public Finding judge(RungLooks test) {
    if (!stopped.ok() || said == null) {
      return RungFindings.undetermined(
          Rung.CHECKSUMS, "The server did not stop cleanly: " + stopped.end());
    }
    if (said.end().contains("checksums are not enabled")) {
      return RungFindings.met(
          Rung.CHECKSUMS,
          "The source's database has no page checksums, as pg_control says: there is none to be wrong, and none that shows damage.",
          List.of(
              "pg_checksums --enable on a stopped source, or initdb --data-checksums, gives it some."));
    }
    Finding own = limit.ours(Rung.CHECKSUMS, "pg_checksums", said);
    if (own != null) {
      return own;
    }
    return said.ok()
        ? RungFindings.met(
            Rung.CHECKSUMS,
            "No page is wrong (%s; %s).".formatted(line("Files"), line("Blocks")),
            List.of())
        : RungFindings.missed(Rung.CHECKSUMS, "Pages are wrong.", said.tail());
  }

  private String line(String beginning) {
    return said == null
        ? ""
        : said.tail().stream()
            .filter(l -> l.startsWith(beginning))
            .findFirst()
            .orElse("")
            .replaceAll(" +", " ");
  }
}
