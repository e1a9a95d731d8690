package io.drillyard.check.backup;

import io.drillyard.check.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a logical dump of all databases went.
 *
 * @param said its last lines and its size
 * @param databases that it reads; null when it failed
 * @param unread databases that nobody can read, with the reason
 */
public record DumpLook(
    ProgramOutput said, StepLimit limit, @Nullable List<String> databases, List<String> unread)
    implements RungLook {
  private static final String END = "PostgreSQL database cluster dump complete";

  /** True when a dump's last line was read. */
  public static boolean isWhole(ProgramOutput said) {
    return said.ok() && said.stdout().contains(END);
  }

  @Override
  public Finding judge(RungLooks test) {
    Finding own = limit.ours(Rung.DUMP, "The dump", said);
    if (own != null) {
      return own;
    }
    if (!isWhole(said)) {
      return RungFindings.missed(Rung.DUMP, "The dump did not come to its end.", said.tail());
    }
    if (databases == null) {
      throw new IllegalStateException("nobody asked which databases were dumped");
    }
    String size =
        said.stdout().lines().filter(l -> l.contains("copied")).findFirst().orElse("size unknown");
    return RungFindings.met(
        Rung.DUMP,
        "The rows of %d databases (%s) were read to their end: %s.%s"
            .formatted(
                databases.size(),
                String.join(", ", databases),
                size,
                unread.isEmpty() ? "" : " Not read: " + String.join("; ", unread) + "."),
        unread.stream().map(d -> "not read: database " + d).toList());
  }
}
